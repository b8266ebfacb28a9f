using System.Text.Json;

namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>What the API says about interactions when a record is made. The warnings themselves are in the record; their words may repeat values.</summary>
internal static class InteractionNotices
{
    public static IReadOnlyList<string> Of(ReadOnlyMemory<byte> row)
    {
        using var json = JsonDocument.Parse(row);
        var count = json.RootElement.TryGetProperty("interaction_warnings", out var all) && all.ValueKind == JsonValueKind.Array ? all.GetArrayLength() : 0;
        return count == 0
            ? []
            : [$"Interaction: the practice's API warns of {count} drug-allergy interaction(s), see interaction_warnings; "
                + "tell a clinician now, before anything is given."];
    }
}
