using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Language;

/// <summary>One resource that a text is about.</summary>
/// <param name="TempId">The link by which the others name it.</param>
internal sealed record Extracted(string TempId, JsonObject Resource, string Description, string OriginalText)
{
    public string Type => Resource.Text("resourceType")!;
}

/// <summary>All that a text is about, as a transaction: whom, conditions, medications and vital signs.</summary>
internal static class TextBundle
{
    public static IReadOnlyList<Extracted> Read(string text)
    {
        var found = new List<Extracted>();
        if (PatientText.IsIn(text))
        {
            Add(found, PatientText.Build(text), text, text);
        }

        var patient = found.FirstOrDefault()?.TempId;
        foreach (var (from, to) in Chunker.Split(text, "sentences", []).Where(chunk => chunk.To > chunk.From))
        {
            foreach (var (kind, piece) in Pieces(text, from, to))
            {
                if (ResourceWriter.Kinds[kind](piece) is { } resource && !found.Exists(other => IsSame(other.Resource, resource)))
                {
                    Add(found, Linked(resource, patient), text[from..to], piece);
                }
            }
        }

        return found;
    }

    public static JsonObject Bundle(IReadOnlyList<Extracted> all)
    {
        var bundle = new JsonObject { ["resourceType"] = "Bundle", ["type"] = "transaction" };
        return all.Count == 0 ? bundle : bundle.Set("entry", Json.Array(all.Select(one => new JsonObject
        {
            ["fullUrl"] = one.TempId,
            ["resource"] = one.Resource.DeepClone(),
            ["request"] = new JsonObject { ["method"] = "POST", ["url"] = one.Type },
        })));
    }

    public static JsonObject Answer(IReadOnlyList<Extracted> all, string? validation)
    {
        var answer = new JsonObject
        {
            ["success"] = true,
            ["message"] = string.Create(CultureInfo.InvariantCulture, $"Successfully extracted {all.Count} resources"),
            ["bundle"] = Bundle(all),
            ["resources"] = Json.Array(all.Select(one => new JsonObject
            {
                ["tempId"] = one.TempId, ["resourceType"] = one.Type, ["description"] = one.Description, ["originalText"] = one.OriginalText,
            })),
        };
        return validation is "check" or "fix" ? answer.Set("validation", Validation()) : answer;
    }

    /// <summary>The sandbox engine makes only what is valid.</summary>
    private static JsonObject Validation() => new()
    {
        ["passes"] = new JsonArray(new JsonObject
        {
            ["issues"] = new JsonArray(),
            ["stats"] = new JsonObject { ["resource_type"] = "Bundle", ["profile_url"] = "", ["is_custom_profile"] = false, ["duration_ms"] = 1 },
        }),
        ["fixed"] = false,
        ["attempts"] = 1,
        ["summary"] = "Sandbox engine: no errors.",
    };

    private static IEnumerable<(string Kind, string Piece)> Pieces(string text, int from, int to)
    {
        foreach (var (system, kind) in new[] { ("SNOMED_CT_US_LITE", "condition-problems-health-concerns"), ("RXNORM", "medicationrequest") })
        {
            // Negation is judged in the whole text; a piece ends where the next finding begins.
            var here = Finding.In(text, 0, text.Length, system).Where(finding => finding.Start >= from && finding.Start + finding.Length <= to).ToList();
            for (var i = 0; i < here.Count; i++)
            {
                var end = kind == "medicationrequest" ? i + 1 < here.Count ? here[i + 1].Start : to : here[i].Start + here[i].Length;
                if (!here[i].IsNegated)
                {
                    yield return (kind, text[here[i].Start..end].TrimEnd(' ', '.', ',', ';'));
                }
            }
        }

        if (VitalText.Read(text[from..to]).Count > 0)
        {
            yield return ("vital-signs", text[from..to]);
        }
    }

    private static void Add(List<Extracted> found, JsonObject resource, string description, string original)
    {
        var number = found.Count.ToString(CultureInfo.InvariantCulture);
        found.Add(new("urn:uuid:" + DeterministicId.Of("phenoml", "multi", number, description), resource, description, original));
    }

    private static JsonObject Linked(JsonObject resource, string? patient) =>
        patient is not null && resource.ContainsKey("subject") ? resource.Set("subject", new JsonObject { ["reference"] = patient }) : resource;

    private static bool IsSame(JsonObject one, JsonObject other) =>
        one.Text("resourceType") == other.Text("resourceType") && Code(one) is { } code && code == Code(other);

    private static string? Code(JsonObject resource) => (resource["code"] ?? resource["medicationCodeableConcept"])?["coding"]?[0]?["code"]?.ToString();
}
