using System.Text;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Terminology;

/// <summary>Construe: the catalog of code systems, and the codes in them.</summary>
internal sealed class CodeOperations
{
    private const int PageSize = 20;
    private readonly CodeStore _store = new();
    private readonly UploadOperation _upload;
    private readonly ExtractOperation _extract;
    private int _feedback;

    public CodeOperations() => (_upload, _extract) = (new(_store), new(_store));

    public IEnumerable<Operation> All =>
    [
        new("GET", "/construe/codes/systems", List),
        new("GET", "/construe/codes/systems/{codesystem}", exchange => One(exchange, system => Answer.Json(system.Look()))),
        new("DELETE", "/construe/codes/systems/{codesystem}", exchange => One(exchange, Delete)),
        new("GET", "/construe/codes/systems/{codesystem}/export", exchange => One(exchange, Export)),
        new("POST", "/construe/upload", _upload.Upload),
        new("GET", "/construe/codes/{codesystem}", exchange => One(exchange, system => Codes(exchange, system))),
        new("GET", "/construe/codes/{codesystem}/{codeID}", exchange => One(exchange, system => Lookup(exchange, system))),
        new("GET", "/construe/codes/{codesystem}/search/semantic", exchange => One(exchange, system => CodeSearch.Semantic(exchange, system))),
        new("GET", "/construe/codes/{codesystem}/search/text", exchange => One(exchange, system => CodeSearch.Text(exchange, system))),
        new("POST", "/construe/extract", _extract.Extract),
        new("POST", "/construe/feedback", Feedback),
    ];

    private Answer List(Exchange exchange) => Answer.Json(new JsonObject { ["systems"] = Json.Array(_store.All.Select(system => system.Summary)) });

    private Answer One(Exchange exchange, Func<StoredSystem, Answer> answer) =>
        _store.Find(exchange.Route("codesystem"), exchange.Query.First("version")) switch
        {
            [] => PhenoMlSystem.NotFound("Code system not found"),
            [var only] => answer(only),
            _ => PhenoMlSystem.BadRequest("multiple versions of this code system exist; specify version"),
        };

    private Answer Delete(StoredSystem system)
    {
        if (system.Builtin)
        {
            return PhenoMlSystem.Forbidden("builtin code systems cannot be deleted");
        }

        _store.Remove(system);
        return Answer.Json(new JsonObject { ["message"] = "code system deleted successfully" });
    }

    private static Answer Export(StoredSystem system) => system switch
    {
        { Builtin: true } => PhenoMlSystem.Forbidden("builtin code systems cannot be exported"),
        { IsReady: false } => PhenoMlSystem.Refused(409, "code system is still processing"),
        _ => Answer.Json(new JsonObject
        {
            ["name"] = system.Name,
            ["version"] = system.Version,
            ["format"] = "json",
            ["codes"] = Json.Array(system.Codes.Select(code => code.Row(defined: true))),
        }),
    };

    private static Answer Codes(Exchange exchange, StoredSystem system)
    {
        if (exchange.Query.Number("limit", PageSize) is not { } limit || From(exchange.Query.First("cursor"), system) is not { } from)
        {
            return PhenoMlSystem.BadRequest("limit must be a whole number above 0, cursor one of an earlier answer");
        }

        var codes = system.Codes.Select(system.StoredRow).ToList();
        var page = codes.Skip(from).Take(limit).ToList();
        var more = from + page.Count < codes.Count;
        return Answer.Json(new JsonObject
        {
            ["system"] = system.Reference,
            ["codes"] = Json.Array(page),
            ["next_cursor"] = more ? Convert.ToBase64String(Encoding.UTF8.GetBytes(page[^1].Text("code")!)) : null,
            ["has_more"] = more,
        });
    }

    /// <summary>The place behind the code that the cursor names; null when it names none.</summary>
    private static int? From(string? cursor, StoredSystem system)
    {
        if (cursor is null)
        {
            return 0;
        }

        var bytes = new byte[cursor.Length];
        if (!Convert.TryFromBase64String(cursor, bytes, out var length))
        {
            return null;
        }

        var last = Encoding.UTF8.GetString(bytes, 0, length);
        var at = system.Codes.Select(code => system.Stored(code.Code)).ToList().IndexOf(last);
        return at < 0 ? null : at + 1;
    }

    private static Answer Lookup(Exchange exchange, StoredSystem system)
    {
        var wanted = exchange.Route("codeID");
        if (system.Codes.FirstOrDefault(code => system.Stored(code.Code).Equals(wanted, StringComparison.OrdinalIgnoreCase)) is not { } found)
        {
            return PhenoMlSystem.NotFound("Code not found");
        }

        var row = system.StoredRow(found);
        row["system"] = system.Reference;
        return Answer.Json(row);
    }

    private Answer Feedback(Exchange exchange) =>
        exchange.JsonBody() is { } body && !string.IsNullOrWhiteSpace(body.Text("text"))
            && IsResult(body["received_result"]) && IsResult(body["expected_result"])
            ? Answer.Json(new JsonObject { ["id"] = $"feedback{Interlocked.Increment(ref _feedback):D6}" }, 201)
            : PhenoMlSystem.BadRequest("text, received_result and expected_result are required");

    private static bool IsResult(JsonNode? node) =>
        node is JsonObject result && result["system"] is JsonObject && result["codes"] is JsonArray codes && codes.All(IsCode);

    private static bool IsCode(JsonNode? node) =>
        node is JsonObject code && code.Text("code") is not null && code.Text("description") is not null && code.ContainsKey("valid");
}
