using System.Text;
using HealthMcp.Sandbox.Faults;
using Microsoft.AspNetCore.Http;

namespace HealthMcp.Sandbox.Serving;

/// <summary>The way of every request: find system and operation, note it, then let a waiting fault or the operation answer.</summary>
internal sealed class Dispatcher(IReadOnlyList<IHealthSystem> systems, FaultPlan faults, SandboxJournal journal, SandboxOptions options)
{
    private static readonly string[] NotedHeaders =
        ["Authorization", "ProjectId", "Idempotency-Key", "Content-Type", "Accept", "Prefer", "User-Agent", "X-Request-Id", "traceparent",
            "X-Phenoml-On-Behalf-Of", "X-Phenoml-Fhir-Provider"];

    private readonly FaultEndpoint _control = new(faults);
    private readonly FaultRunner _runner = new(options.Time, options.KeepAnswers);

    public async Task HandleAsync(HttpContext http)
    {
        var path = Operation.Split(http.Request.Path.Value ?? "");
        var body = await ReadBodyAsync(http.Request);
        if (path is ["_sandbox", ..])
        {
            await Write.AnswerAsync(http, _control.Handle(http.Request.Method, path, body));
            return;
        }

        var system = systems.FirstOrDefault(candidate => path.Length > 0 && candidate.Name == path[0]);
        if (system is null)
        {
            await Write.AnswerAsync(http, Answer.Empty(404));
            return;
        }

        await HandleAsync(http, system, path[1..], body);
    }

    private async Task HandleAsync(HttpContext http, IHealthSystem system, string[] path, byte[] body)
    {
        var (operation, route) = Find(system, http.Request.Method, path);
        var entry = Note(http.Request, system, operation, body);
        journal.Add(entry);
        if (operation is null)
        {
            var missing = system.NoSuchRoute();
            entry.Status = missing.Status;
            await Write.AnswerAsync(http, missing);
            return;
        }

        var exchange = new Exchange(http, operation, route, body, Query.Parse(http.Request.QueryString.Value ?? ""), options.Time.GetUtcNow());
        await _runner.RunAsync(http, system, exchange, entry, faults.Take(system.Name, operation));
    }

    private static (Operation? Operation, IReadOnlyDictionary<string, string> Route) Find(IHealthSystem system, string method, string[] path)
    {
        (Operation? Operation, IReadOnlyDictionary<string, string> Route) best = (null, new Dictionary<string, string>());
        foreach (var operation in system.Operations)
        {
            // The literal path wins: patients/search is not the patient called "search".
            if (operation.Match(method, path) is { } route && (best.Operation is null || operation.ParameterCount < best.Operation.ParameterCount))
            {
                best = (operation, route);
            }
        }

        return best;
    }

    private static JournalEntry Note(HttpRequest request, IHealthSystem system, Operation? operation, byte[] body) => new()
    {
        System = system.Name,
        Method = request.Method,
        Template = operation?.Template ?? "",
        PathAndQuery = request.Path + request.QueryString.Value,
        Headers = NotedHeaders.Where(request.Headers.ContainsKey).ToDictionary(
            name => name, name => request.Headers[name].ToString(), StringComparer.OrdinalIgnoreCase),
        Body = Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, 64 * 1024)),
    };

    private static async Task<byte[]> ReadBodyAsync(HttpRequest request)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted);
        return buffer.ToArray();
    }
}
