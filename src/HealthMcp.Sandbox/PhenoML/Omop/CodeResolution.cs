using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Omop;

/// <summary>What became of the clinical coding of one resource.</summary>
internal sealed record Resolved(int Id, int SourceId, string? Source);

/// <summary>Resolves codings to standard concepts and keeps how each went.</summary>
internal sealed class CodeResolution
{
    private int _standard;
    private int _normalized;
    private int _unmapped;

    public List<JsonObject> Mappings { get; } = [];

    public bool HasResolved => _standard + _normalized > 0;

    public JsonObject Summary => new()
    {
        ["codes_already_standard"] = _standard,
        ["codes_normalized"] = _normalized,
        ["codes_unmapped"] = _unmapped,
        ["off_vocab_rate"] = _standard + _normalized + _unmapped is var all and > 0 ? (double)(_normalized + _unmapped) / all : 0,
    };

    public Resolved Resolve(JsonObject resource, JsonNode concept, OmopTable table, int id)
    {
        var codings = (concept.At("coding") is null ? [] : concept["coding"]!.AsArray().OfType<JsonObject>()).ToList();
        if (codings.Count == 0)
        {
            return Suggest(resource, Resources.Say(concept)!, table, id);
        }

        var outcomes = codings.Select(coding => Outcome(resource, coding, table, id)).ToList();
        Count(outcomes.Select(outcome => outcome.Status).ToList());
        var best = outcomes.FirstOrDefault(outcome => outcome.Concept is not null);
        var source = outcomes.FirstOrDefault(outcome => outcome.Status == "ALREADY_STANDARD").Concept?.Id ?? 0;
        return new Resolved(best.Concept?.Id ?? 0, source, Source(codings[0]));
    }

    private (string Status, Concept? Concept) Outcome(JsonObject resource, JsonObject coding, OmopTable table, int id)
    {
        var source = Source(coding) ?? "";
        var (status, concept) = ConceptTable.StandardOf(source) is { } standard ? ("ALREADY_STANDARD", standard)
            : ConceptTable.MappedOf(source) is { } mapped ? ("MAPPED", mapped)
            : ("UNMAPPED", (Concept?)null);
        var mapping = Head(resource, table, id)
            .Maybe("source_system", coding.Text("system")).Maybe("source_code", coding.Text("code")).Maybe("source_name", coding.Text("display"));
        Mappings.Add(Target(mapping, concept).Set("mapping_status", status));
        return (status, concept);
    }

    // A text is never resolved, only suggested for: the concept stays 0.
    private Resolved Suggest(JsonObject resource, string text, OmopTable table, int id)
    {
        var system = table.Prefix switch { "drug" => "RXNORM", "measurement" => "LOINC", _ => "SNOMED_CT_US_LITE" };
        var found = Finding.In(text, 0, text.Length, system).FirstOrDefault();
        var concept = found is null ? null : new Concept(0, system == "SNOMED_CT_US_LITE" ? "SNOMED" : system, found.Entry.Code, found.Entry.Description);
        var status = concept is null ? "UNMAPPED" : "UNCHECKED";
        Count([status]);
        var mapping = Target(Head(resource, table, id).Set("source_name", text), concept).Set("mapping_status", status);
        Mappings.Add(mapping.Maybe("note", concept is null ? null : "Suggested by the sandbox engine; not verified."));
        return new Resolved(0, 0, text);
    }

    // Each resource counts once, by its best outcome.
    private void Count(List<string> statuses)
    {
        if (statuses.Contains("ALREADY_STANDARD"))
        {
            _standard++;
        }
        else if (statuses.Contains("MAPPED") || statuses.Contains("UNCHECKED"))
        {
            _normalized++;
        }
        else
        {
            _unmapped++;
        }
    }

    private static JsonObject Head(JsonObject resource, OmopTable table, int id) =>
        new JsonObject { ["resource_type"] = resource.Type() }.Maybe("resource_id", resource.Text("id")).Set("omop_table", table.Table).Set("omop_id", id);

    private static JsonObject Target(JsonObject mapping, Concept? concept) => concept is null
        ? mapping
        : mapping.Set("target_vocabulary", concept.Vocabulary).Set("target_code", concept.Code).Set("target_name", concept.Name);

    private static string? Source(JsonObject coding) => coding.Text("code") is { } code ? $"{coding.Text("system")}#{code}" : null;
}
