using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Upstreams.Patients.Clinical;

namespace HealthMcp.Upstreams.Patients.People;

/// <summary>Cuts the summary into its lists, so that a long one is paged instead of being too large for any answer.</summary>
internal static class MedicalSummary
{
    private static readonly (string Name, string Shape)[] Lists =
    [
        ("active_problems", "patients.disease"), ("allergies", "patients.allergy"), ("current_medications", "patients.medication"),
        ("past_medications", "patients.medication"), ("alerts", "patients.alert"), ("social_history", "patients.social_history"),
    ];

    private const string NotReviewed = "The patient's allergies have not been reviewed: a list without entries does not mean that there are none.";

    /// <exception cref="JsonException">The answer is not an object.</exception>
    public static IReadOnlyList<Section> Sections(ReadOnlyMemory<byte> body) =>
    [
        new("summary", PeopleEndpoints.MedicalSummary.Shape, [Rest(body)]) { Single = true },
        .. Lists.Select(list => Of(list.Name, list.Shape, Rows.At(body, list.Name))),
    ];

    /// <summary>What must be heard first: vital signs that cannot wait, then an empty list that is no finding.</summary>
    /// <exception cref="JsonException">The answer is not an object.</exception>
    public static IReadOnlyList<string> Notices(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        var summary = json.RootElement;
        var vitals = summary.TryGetProperty("latest_vitals", out var latest) && latest.ValueKind == JsonValueKind.Object ? VitalsNotices.Urgent(latest) : [];
        return summary.Text("allergy_review_status") == "not_reviewed" ? [.. vitals, NotReviewed] : vitals;
    }

    private static Section Of(string name, string shape, IReadOnlyList<ReadOnlyMemory<byte>> rows) => new(name, shape, rows) { Total = rows.Count };

    // What is no list: the patient, the urgent note, the review of allergies, the latest vital signs.
    private static byte[] Rest(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var member in json.RootElement.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Array)) member.WriteTo(writer);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
