using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Relations;

/// <summary>One custom field as it shall be; a null value empties it.</summary>
internal sealed record CustomField(string Definition, string? Value)
{
    /// <summary>The contract prints no member of a value, but calls definitions by "uuid" everywhere.</summary>
    public JsonNode Row() => new JsonObject { ["field_definition_uuid"] = Definition, ["value"] = Value };

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(CustomField);
}

internal static class CustomFields
{
    /// <exception cref="CallFailureException">A field has neither value nor clear, or both, or comes twice.</exception>
    public static IReadOnlyList<CustomField> Of(IReadOnlyList<CustomFieldInput> given)
    {
        if (given.FirstOrDefault(field => field.Value is null != (field.Clear == true)) is not null)
            throw CallFailureException.Invalid("field_values", "Each of field_values needs either value or clear true.");
        return given.DistinctBy(field => field.FieldDefinitionUuid, StringComparer.OrdinalIgnoreCase).Count() == given.Count
            ? [.. given.Select(field => new CustomField(field.FieldDefinitionUuid, field.Value))]
            : throw CallFailureException.Invalid("field_values", "A field is named twice in field_values: say once what it shall be.");
    }

    /// <param name="patient">Whose fields they are.</param>
    /// <param name="fields">As they shall be.</param>
    /// <param name="words">Values come along; below the identified level they do not, for the reason of decision 0012.</param>
    public static byte[] Preview(FoundPatient patient, IReadOnlyList<CustomField> fields, bool words) => new JsonObject
    {
        ["patient"] = new JsonObject { ["id"] = patient.Id, ["name"] = patient.Label },
        ["items"] = new JsonArray([.. fields.Select(field =>
        {
            var row = new JsonObject { ["definition_uuid"] = field.Definition };
            if (words) row["value"] = field.Value;
            return (JsonNode)row;
        })]),
    }.Bytes();

    /// <summary>The fields by name, as they are and as they shall be.</summary>
    public static byte[] Change(IReadOnlyList<CustomField> fields, IReadOnlyList<ReadOnlyMemory<byte>> now)
    {
        var (before, after) = (new JsonObject(), new JsonObject());
        var stored = now.Select(row => JsonElement.Parse(row.Span)).Where(row => DefinitionOf(row) is not null)
            .GroupBy(row => DefinitionOf(row)!, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(row => row.Key, row => row.Last(), StringComparer.OrdinalIgnoreCase);
        foreach (var field in fields)
        {
            var row = stored.GetValueOrDefault(field.Definition);
            var named = row.ValueKind == JsonValueKind.Object && row.TryGetProperty("field_definition", out var definition) ? definition.Text("name") : null;
            var name = named is null || after.ContainsKey(named) ? $"field {field.Definition}" : named;
            before[name] = ValueOf(row);
            after[name] = field.Value;
        }

        return new JsonObject { ["before"] = before, ["after"] = after }.Bytes();
    }

    /// <summary>Stands for all values as they are; another value gives another text.</summary>
    public static string Versions(IReadOnlyList<ReadOnlyMemory<byte>> rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in rows)
        {
            hash.AppendData(row.Span);
            hash.AppendData([0]);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    public static bool Hold(IReadOnlyList<ReadOnlyMemory<byte>> rows, IReadOnlyList<CustomField> fields)
    {
        var stored = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in rows)
        {
            using var json = JsonDocument.Parse(row);
            if (DefinitionOf(json.RootElement) is { } definition) stored[definition] = ValueOf(json.RootElement);
        }

        return fields.All(field => stored.GetValueOrDefault(field.Definition) == field.Value);
    }

    private static string? DefinitionOf(JsonElement row) => row.Text("field_definition_uuid") ?? row.Text("definition_uuid")
        ?? (row.ValueKind == JsonValueKind.Object && row.TryGetProperty("field_definition", out var definition)
            ? definition.Text("uuid") ?? definition.Text("id")
            : null);

    private static string? ValueOf(JsonElement row)
    {
        var value = row.ValueKind == JsonValueKind.Object && row.TryGetProperty("value", out var there) ? there : default;
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Number => value.GetDecimal().ToString(CultureInfo.InvariantCulture),
            _ => null,
        };
    }
}
