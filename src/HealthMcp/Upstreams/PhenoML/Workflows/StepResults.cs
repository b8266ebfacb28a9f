using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HealthMcp.Upstreams.PhenoML.Workflows;

/// <summary>
/// The results of a run as rows. The contract leaves them open, as a map by step; what its example shows of a step is taken out and classed one by one
/// (FHIR as FHIR, words as text), and all else a step holds goes along under its own name, where redaction withholds and counts it.
/// </summary>
internal static class StepResults
{
    /// <exception cref="JsonException">There are no results.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Rows(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        var answer = json.RootElement;
        if (!answer.TryGetProperty("results", out var results) || !results.TryGetProperty("steps", out var steps) || steps.ValueKind != JsonValueKind.Object)
            throw new JsonException("steps expected");
        return [.. steps.EnumerateObject().Select(step => (ReadOnlyMemory<byte>)Row(step))];
    }

    public static bool Succeeded(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.TryGetProperty("success", out var said) && said.ValueKind == JsonValueKind.True;
    }

    private static byte[] Row(JsonProperty step)
    {
        var row = new JsonObject { ["step"] = step.Name };
        if (step.Value.ValueKind != JsonValueKind.Object)
        {
            row["other"] = step.Value.GetRawText();
        }
        else
        {
            foreach (var member in step.Value.EnumerateObject())
                row[member.Name == "step" ? "other" : member.Name] = JsonNode.Parse(member.Value.GetRawText());
        }

        return Encoding.UTF8.GetBytes(row.ToJsonString());
    }
}
