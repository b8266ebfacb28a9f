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
        if (entry.Body.Length == 0) return operation.BodyRequired ? ["a body is required"] : [];
        var media = entry.Headers.GetValueOrDefault("Content-Type", "").Split(';')[0].Trim();
        if (!operation.BodyMedia.Contains(media, StringComparer.OrdinalIgnoreCase)) return [$"content type {media} is not in the contract"];
        return media switch
        {
            "application/octet-stream" => [],
            "application/x-www-form-urlencoded" => Json(Contract.Of(entry.System), schema, Form(entry.Body), "request"),
            _ when operation.OtherMedia.Contains(media, StringComparer.OrdinalIgnoreCase) => [],
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
        if (operation.IsEvents && entry.Status == operation.Status) return Events(Contract.Of(entry.System), schema, entry);
        return Json(Contract.Of(entry.System), schema, entry.Answer, $"answer {status}");
    }

    // Each frame is an event line and a data line with JSON, whose type is the event's (the vendor's words on its stream).
    private static IReadOnlyList<string> Events(Contract contract, JsonElement schema, JournalEntry entry)
    {
        if (entry.AnswerType != "text/event-stream" || !entry.Answer!.EndsWith("\n\n", StringComparison.Ordinal)) return ["the stream has no whole events"];
        var found = new List<string>();
        foreach (var lines in entry.Answer.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(frame => frame.Split('\n')))
        {
            if (lines.Length != 2 || !lines[0].StartsWith("event: ", StringComparison.Ordinal) || !lines[1].StartsWith("data: ", StringComparison.Ordinal))
                found.Add("a frame is no event and data");
            else if (JsonElement.Parse(lines[1][6..]).GetProperty("type").GetString() != lines[0][7..])
                found.Add("an event is of another type than its name");
            else found.AddRange(Json(contract, schema, lines[1][6..], "event"));
        }

        return found;
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
