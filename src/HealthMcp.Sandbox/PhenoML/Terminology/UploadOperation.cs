using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Terminology;

/// <summary>Takes a code system in, as CSV or JSON.</summary>
internal sealed class UploadOperation(CodeStore store)
{
    public Answer Upload(Exchange exchange)
    {
        if (exchange.JsonBody() is not { } body || Blank(body, "name") || Blank(body, "version"))
        {
            return PhenoMlSystem.BadRequest("name, version and format are required");
        }

        var name = body.Text("name")!.Trim().ToUpperInvariant();
        if (CodeStore.IsReserved(name))
        {
            return PhenoMlSystem.Forbidden("the name of a builtin code system cannot be used");
        }

        if (Codes(body, out var problem) is not { } codes)
        {
            return PhenoMlSystem.BadRequest(problem);
        }

        var system = new StoredSystem(name, body.Text("version")!, false, codes, exchange.Now);
        return store.Put(system, body["replace"]?.GetValueKind() == JsonValueKind.True)
            ? Answer.Json(new JsonObject { ["status"] = "processing", ["name"] = name, ["version"] = system.Version }, 202)
            : PhenoMlSystem.Refused(409, "code system version already exists");
    }

    private static IReadOnlyList<StoredCode>? Codes(JsonObject body, out string problem)
    {
        IReadOnlyList<StoredCode>? codes;
        (codes, problem) = body.Text("format") switch
        {
            "csv" when Blank(body, "code_col") || Blank(body, "desc_col") => (null, "code_col and desc_col are required for csv"),
            "csv" => (Csv(body), "file must be base64 of a CSV file with the named columns"),
            "json" => (Listed(body["codes"] ?? Parsed(body)), "codes must be an array of objects with code and description"),
            _ => (null, "format must be csv or json"),
        };
        return codes is { Count: > 0 } ? codes : null;
    }

    private static List<StoredCode>? Csv(JsonObject body)
    {
        if (File(body) is not { } text || Sheet.Read(text) is not [var head, .. var rows])
        {
            return null;
        }

        var (code, description) = (Array.IndexOf(head, body.Text("code_col")), Array.IndexOf(head, body.Text("desc_col")));
        var definition = body.Text("defn_col") is { } column ? Array.IndexOf(head, column) : -1;
        return code < 0 || description < 0 || (definition < 0 && body.Text("defn_col") is not null)
            || rows.Exists(row => row.Length != head.Length || row[code].Length == 0)
            ? null
            : [.. rows.Select(row => new StoredCode(row[code], row[description], definition < 0 || row[definition].Length == 0 ? null : row[definition]))];
    }

    private static List<StoredCode>? Listed(JsonNode? node)
    {
        if (node is not JsonArray list || !list.All(item => item is JsonObject one && !Blank(one, "code") && one.Text("description") is not null))
        {
            return null;
        }

        return [.. list.Select(item => item!.AsObject()).Select(one => new StoredCode(one.Text("code")!, one.Text("description")!, one.Text("definition")))];
    }

    private static JsonNode? Parsed(JsonObject body)
    {
        try
        {
            return File(body) is { } text ? JsonNode.Parse(text) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? File(JsonObject body)
    {
        var given = body.Text("file") ?? "";
        var bytes = new byte[given.Length];
        return given.Length > 0 && Convert.TryFromBase64String(given, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    private static bool Blank(JsonObject body, string name) => string.IsNullOrWhiteSpace(body.Text(name));
}
