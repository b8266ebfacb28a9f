using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;
using HealthMcp.Sandbox.XCures.Documents;

namespace HealthMcp.Sandbox.XCures;

/// <summary>The twelve FHIR reads, a page of one type each, and the export of all of them as files.</summary>
internal sealed class BundleOperations(FileStorage files)
{
    private const string Path = "/api/v1/patient-registry/fhir/";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    public IEnumerable<Operation> Operations =>
        [.. ChartBundle.Types.Select(type => new Operation("GET", Path + type, exchange => Read(exchange, type))), new("GET", Path + "_export", Export)];

    private static Answer Read(Exchange exchange, string type)
    {
        // Paging has defaults in the contract, and is marked as required all the same.
        if (!Guid.TryParse(exchange.Query.First("subjectId"), out var subject)
            || !exchange.Query.Has("pageNumber") || exchange.Query.Number("pageNumber", 1) is not { } number
            || !exchange.Query.Has("pageSize") || exchange.Query.Number("pageSize", 50) is not { } size)
        {
            return XCuresError.BadRequest("subjectId (a UUID), pageNumber and pageSize (whole numbers) are required");
        }

        IReadOnlyList<JsonObject> all = Of(subject) is { } person ? ChartBundle.Resources(person, type) : [];
        return Answer.Json(ChartBundle.Of(all, (long)(number - 1) * size, size), contentType: "application/json+fhir");
    }

    private Answer Export(Exchange exchange)
    {
        if (!Guid.TryParse(exchange.Query.First("subjectId"), out var subject))
        {
            return XCuresError.BadRequest("subjectId must be a UUID");
        }

        var output = new JsonArray();
        var person = Of(subject);
        foreach (var type in ChartBundle.Types.Where(type => person is not null && ChartBundle.Resources(person, type).Count > 0))
        {
            var key = $"{subject}-{type}.jsonl";
            files.Seed(key, () => Lines(ChartBundle.Resources(person!, type)));
            output.Add(files.Sign(exchange, "GET", key, Lifetime));
        }

        var expires = exchange.Now + Lifetime;
        return Answer.Json(new JsonObject
        {
            ["transactionTime"] = Json.Stamp(exchange.Now),
            ["expires"] = Json.Stamp(expires),
            ["requiresAccessToken"] = false,
            ["output"] = output,
        }).With("Expires", expires.ToString("R", CultureInfo.InvariantCulture));
    }

    private static Person? Of(Guid subject) => Person.All.FirstOrDefault(person => person.SubjectId == subject.ToString());

    private static StoredFile Lines(IEnumerable<JsonObject> resources) =>
        new(Encoding.UTF8.GetBytes(string.Concat(resources.Select(resource => resource.ToJsonString() + "\n"))), "application/x-ndjson");
}
