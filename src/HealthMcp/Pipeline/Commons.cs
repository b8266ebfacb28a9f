using System.Buffers;
using System.Text.Json;

namespace HealthMcp.Pipeline;

/// <summary>A section whose rows say no longer what all of them would say alike.</summary>
/// <param name="Told">Members that every row of the section has, as one JSON object; empty when there are none.</param>
internal sealed record ToldOnce(RedactedSection Section, ReadOnlyMemory<byte> Told);

/// <summary>
/// Tells once, beside the rows, what every row of a section would repeat about the record itself (decision 0025). Only members that say whose record
/// it is and who kept it when: what is wrong with a patient, or was measured or given, stands in each row, so that an absent value there is an absent
/// value. FHIR resources stay whole.
/// </summary>
internal static class Commons
{
    private const int FewestRows = 2;

    private static readonly string[] OfTheRecord =
        ["patient", "provider", "created", "updated", "created_at", "updated_at", "created_by", "updated_by", "version"];

    public static ToldOnce Of(RedactedSection section)
    {
        if (section.Single || section.Rows.Count < FewestRows) return new ToldOnce(section, default);
        var rows = section.Rows.Select(row => JsonDocument.Parse(row)).ToList();
        try
        {
            var told = Alike([.. rows.Select(row => row.RootElement)]);
            if (told.Count == 0) return new ToldOnce(section, default);
            var first = rows[0].RootElement;
            return new ToldOnce(
                section with { Rows = [.. rows.Select(row => Written(row.RootElement, name => !told.Contains(name)))] },
                Written(first, told.Contains));
        }
        finally
        {
            rows.ForEach(row => row.Dispose());
        }
    }

    private static HashSet<string> Alike(IReadOnlyList<JsonElement> rows)
    {
        if (rows.Any(row => row.ValueKind != JsonValueKind.Object || row.TryGetProperty("resourceType", out _))) return [];
        return [.. OfTheRecord.Where(name => rows[0].TryGetProperty(name, out var value) && rows.All(row => Has(row, name, value)))];
    }

    private static bool Has(JsonElement row, string name, JsonElement value) =>
        row.TryGetProperty(name, out var own) && JsonElement.DeepEquals(own, value);

    private static ReadOnlyMemory<byte> Written(JsonElement row, Func<string, bool> wanted)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonText.Writing))
        {
            json.WriteStartObject();
            foreach (var member in row.EnumerateObject().Where(member => wanted(member.Name))) member.WriteTo(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
