using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.DrCloud.Searching;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.DrCloud.Bulk;

/// <summary>Bulk export: as the ancestor does it, or by the Bulk Data Access IG 1.0.1.</summary>
internal sealed class BulkOperations(SandboxOptions options, TokenStore tokens, Lazy<FhirStore> records)
{
    private const string Base = "/apis/{site}/fhir";
    private const int PieceBytes = 64 * 1024;
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly IBulkSource _source = options.BulkResources > 0 ? new GeneratedBulk(options.BulkResources) : new StoredBulk(records);
    private readonly ConcurrentDictionary<string, BulkJob> _jobs = new(StringComparer.Ordinal);
    private int _started;

    public IEnumerable<Operation> Operations =>
    [
        new("GET", $"{Base}/$export", exchange => Start(exchange, "system/*.$export", null, ofPatients: false)),
        new("GET", $"{Base}/Patient/$export", exchange => Start(exchange, "system/Patient.$export", null, ofPatients: true)),
        new("GET", $"{Base}/Group/{{id}}/$export", exchange => Start(exchange, "system/Group.$export", exchange.Route("id"), ofPatients: true)),
        new("GET", $"{Base}/$bulkdata-status", Status),
        new("DELETE", $"{Base}/$bulkdata-status", Cancel),
    ];

    /// <summary>One of the files; null when it is none, or no more.</summary>
    public Answer? File(string id)
    {
        foreach (var job in _jobs.Values.Where(job => job.Started + Kept > options.Time.GetUtcNow()))
        {
            if (job.Types.FirstOrDefault(type => FileId(job, type) == id) is { } type)
                return Answer.Empty(200) with
                {
                    ContentType = "application/fhir+ndjson",
                    Stream = (body, cancellation) => SendAsync(job, type, body, cancellation),
                };
        }

        return null;
    }

    private Answer Start(Exchange exchange, string scope, string? group, bool ofPatients)
    {
        if (Lacks(exchange, scope) is { } refused) return refused;
        if (exchange.Header("Accept") != "application/fhir+json")
            return FhirError.Outcome(400, "processing", "The Accept header must be application/fhir+json");
        if (exchange.Header("Prefer") != "respond-async")
            return FhirError.Outcome(400, "processing", "The Prefer header must be respond-async");
        if (group is not null && records.Value.Find($"Group/{group}") is null) return FhirError.Outcome(404, "not-found", "No such group");

        // The ancestor's code reads another name than the specification's, and so ignores the right one.
        var asked = exchange.Query.First(options.Conformant ? "_type" : "type")?.Split(',');
        var granted = tokens.Scopes(exchange.Bearer)!;
        var types = SearchParameter.Types.Where(type => granted.Contains($"system/{type}.read") && asked?.Contains(type) != false).ToList();
        var id = DeterministicId.Of("drcloud", "export", Interlocked.Increment(ref _started).ToString(CultureInfo.InvariantCulture));
        _jobs[id] = new BulkJob(id, exchange.Origin + exchange.Path, group, ofPatients, types, Since(exchange), exchange.Now);
        return Answer.Empty(202).With("Content-Location", $"{Root(exchange)}/$bulkdata-status?job={id}");
    }

    private Answer Status(Exchange exchange)
    {
        if (Lacks(exchange, "system/*.$bulkdata-status") is { } refused) return refused;
        if (Find(exchange) is not { } job) return NoSuchJob();
        if (job.Poll() < options.BulkPolls)
            return options.Conformant ? Answer.Empty(202).With("X-Progress", "50 % done").With("Retry-After", "1") : Answer.Empty(202);
        var answer = Answer.Json(new JsonObject
        {
            ["transactionTime"] = options.Conformant ? Json.Stamp(job.Started) : PhpDate(job.Started),
            ["request"] = job.Request,
            ["requiresAccessToken"] = true,
            ["output"] = Json.Array(_source.Types(job).Select(file => Output(exchange, job, file.Type, file.Count))),
            ["error"] = new JsonArray(),
        });
        return options.Conformant ? answer.With("Expires", (job.Started + Kept).ToString("R", CultureInfo.InvariantCulture)) : answer;
    }

    private Answer Cancel(Exchange exchange)
    {
        if (Lacks(exchange, "system/*.$bulkdata-status") is { } refused) return refused;
        return Find(exchange) is { } job && _jobs.TryRemove(job.Id, out _) ? Answer.Empty(202) : FhirError.Outcome(404, "not-found", "No such job");
    }

    private JsonObject Output(Exchange exchange, BulkJob job, string type, long? count)
    {
        var output = new JsonObject { ["url"] = $"{Root(exchange)}/Binary/{FileId(job, type)}", ["type"] = type };
        return options.Conformant ? output.Maybe("count", count) : output;
    }

    private async Task SendAsync(BulkJob job, string type, Stream body, CancellationToken cancellation)
    {
        using var piece = new MemoryStream(2 * PieceBytes);
        foreach (var line in _source.Lines(job, type))
        {
            piece.Write(line);
            piece.WriteByte((byte)'\n');
            if (piece.Length < PieceBytes) continue;
            await body.WriteAsync(piece.GetBuffer().AsMemory(0, (int)piece.Length), cancellation);
            piece.SetLength(0);
        }

        await body.WriteAsync(piece.GetBuffer().AsMemory(0, (int)piece.Length), cancellation);
    }

    private static DateTimeOffset? Since(Exchange exchange) =>
        DateTimeOffset.TryParse(exchange.Query.First("_since"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var from) ? from : null;

    private Answer? Lacks(Exchange exchange, string scope) => tokens.Scopes(exchange.Bearer)?.Contains(scope) == true
        ? null
        : options.Conformant ? FhirError.Outcome(403, "forbidden", "The scope is missing") : Answer.Empty(401);

    private BulkJob? Find(Exchange exchange) =>
        exchange.Query.First("job") is { } id && _jobs.TryGetValue(id, out var job) && job.Started + Kept > exchange.Now ? job : null;

    private Answer NoSuchJob() => FhirError.Outcome(options.Conformant ? 404 : 400, "processing", "No such job");

    private static JsonObject PhpDate(DateTimeOffset time) => new()
    {
        ["date"] = time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture), ["timezone_type"] = 3, ["timezone"] = "UTC",
    };

    private static string FileId(BulkJob job, string type) => DeterministicId.Of("drcloud", "file", job.Id, type);

    private static string Root(Exchange exchange) => $"{exchange.Origin}/drcloud/apis/{exchange.Route("site")}/fhir";
}
