using System.Globalization;
using System.Text.Json;
using HealthMcp.Sandbox;

namespace HealthMcp.Tests.Contracts.Traffic;

/// <summary>Holds what the server sent and what the sandbox answered against the contract: parameters, headers, bodies, status.</summary>
internal static class ExchangeCheck
{
    public static IEnumerable<string> Of(JournalEntry entry)
    {
        var contract = Contract.Of(entry.System);
        if (contract.Operations.FirstOrDefault(each => each.Key == entry.Operation) is not { } operation) return [$"{entry.Operation} is not in the contract"];
        return Parameters(operation, entry).Concat(Request(operation, entry)).Concat(Answer(operation, entry)).Select(found => $"{operation}: {found}");
    }

    private static IEnumerable<string> Parameters(ContractOperation operation, JournalEntry entry)
    {
        var query = Query(entry.PathAndQuery);
        var known = operation.Parameters.Where(each => each.In == "query").ToDictionary(each => each.Name, StringComparer.Ordinal);
        foreach (var (name, value) in IsProxy(operation) ? [] : query)
        {
            if (!known.TryGetValue(name, out var parameter)) yield return $"query {name} is not in the contract";
            else foreach (var found in Value(parameter, value)) yield return found;
        }

        foreach (var parameter in operation.Parameters.Where(each => each.Required))
        {
            if (parameter.In == "query" && !query.Exists(each => each.Name == parameter.Name)) yield return $"query {parameter.Name} is required";
            if (parameter.In == "header" && !entry.Headers.ContainsKey(parameter.Name)) yield return $"header {parameter.Name} is required";
        }
    }

    // The contract says that a FHIR server's own parameters, and so its own statuses, are passed through.
    private static bool IsProxy(ContractOperation operation) => operation.Path.EndsWith("/{fhir_path}", StringComparison.Ordinal);

    private static List<(string Name, string Value)> Query(string pathAndQuery) =>
        [.. pathAndQuery.Split('?', 2).Skip(1).SelectMany(query => query.Split('&')).Select(pair => pair.Split('=', 2)).Select(pair =>
            (Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair.ElementAtOrDefault(1) ?? "")))];

    private static IEnumerable<string> Value(ContractParameter parameter, string value)
    {
        var path = $"query {parameter.Name}";
        var fits = parameter.Type switch
        {
            "integer" => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
            "number" => decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
            "boolean" => value is "true" or "false",
            _ => true,
        };
        if (!fits) yield return $"{path} is no {parameter.Type}";
        foreach (var found in SchemaCheck.Words(parameter.Enum, parameter.Format, value, path)) yield return found;
    }

    private static IEnumerable<string> Request(ContractOperation operation, JournalEntry entry)
    {
        if (operation.BodySchema is not { } schema) return entry.Body.Length == 0 ? [] : ["the contract takes no body"];
        var media = entry.Headers.GetValueOrDefault("Content-Type") ?? "";
        if (operation.OtherMedia.Contains(media.Split(';')[0])) return [];
        if (entry.Body.Length == 0) return operation.BodyRequired ? ["a body is required"] : [];
        var media = entry.Headers.GetValueOrDefault("Content-Type", "").Split(';')[0].Trim();
        if (!operation.BodyMedia.Contains(media, StringComparer.OrdinalIgnoreCase)) return [$"content type {media} is not in the contract"];
        return media switch
        {
            "application/octet-stream" => [],
            "application/x-www-form-urlencoded" => Json(Contract.Of(entry.System), schema, Form(entry.Body), "request"),
            _ => Json(Contract.Of(entry.System), schema, entry.Body, "request"),
        };
    }

    private static string Form(string body) =>
        JsonSerializer.Serialize(Query($"?{body}").ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal));

    private static IEnumerable<string> Answer(ContractOperation operation, JournalEntry entry)
    {
        if (entry.Status == 0) return [];
        var status = entry.Status.ToString(CultureInfo.InvariantCulture);
        if (IsProxy(operation) && entry.Status is 404 or 410) return [];
        if (entry.Status != operation.Status && !operation.Statuses.Contains(status) && !operation.Statuses.Contains("default"))
            return [$"status {status} is not in the contract"];
        if (entry.Answer is null || operation.AnswerSchema(entry.Status) is not { } schema) return [];
        if (operation.IsEvents) return [];
        return Json(Contract.Of(entry.System), schema, entry.Answer, $"answer {status}");
    }

    private static IEnumerable<string> Json(Contract contract, JsonElement schema, string text, string side)
    {
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return [$"{side} is not JSON"];
        }

        using (json) return [.. SchemaCheck.Of(contract, schema, json.RootElement).Select(found => $"{side} {found}")];
    }
}
