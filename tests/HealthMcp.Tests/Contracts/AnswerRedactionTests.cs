using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Cli;
using HealthMcp.Privacy;
using HealthMcp.Tests.Cli;
using HealthMcp.Tests.Privacy;

namespace HealthMcp.Tests.Contracts;

/// <summary>Every answer of every operation, made from its contract, through redaction.</summary>
public sealed class AnswerRedactionTests
{
    private const string New = "QnewfieldvalueZ";

    /// <summary>Classes of which a word that means nothing may stay at deidentified: it could be a word of medicine.</summary>
    private static readonly FieldClass[] MayStay =
        [FieldClass.Clinical, FieldClass.Code, FieldClass.Meta, FieldClass.Country, FieldClass.Text, FieldClass.Term];

    /// <summary>Classes that a limited data set may say beside these, 164.514(e)(2).</summary>
    private static readonly FieldClass[] Limited =
    [
        FieldClass.Date, FieldClass.Birth, FieldClass.Time, FieldClass.Age, FieldClass.City, FieldClass.State, FieldClass.Zip, FieldClass.Facility,
    ];

    public static TheoryData<string> Systems => [.. Contract.Systems];

    [Theory]
    [MemberData(nameof(Systems))]
    public void A_field_that_no_contract_knows_is_withheld_and_counted(string system)
    {
        foreach (var operation in Contract.Of(system).Operations)
        {
            var answer = Answer(operation, leaf => leaf.Plain());
            var before = Redacted(operation, answer).Session.Withheld.GetValueOrDefault("unclassified");
            var root = answer is JsonArray list ? list[0] : answer;
            if (root is JsonObject record) record["qNewField"] = New;
            else (root as JsonValue).ShouldNotBeNull(operation.ToString());

            var redaction = Redacted(operation, answer);
            redaction.Json.ShouldNotContain(New, Case.Insensitive, operation.ToString());
            if (root is JsonObject) redaction.Session.Withheld.GetValueOrDefault("unclassified").ShouldBe(before + 1, operation.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void A_field_that_no_contract_knows_is_withheld_at_any_depth(string system)
    {
        foreach (var operation in Contract.Of(system).Operations)
        {
            var answer = Answer(operation, leaf => leaf.Plain());
            var planted = Plant(answer);
            var redaction = Redacted(operation, answer);
            redaction.Json.ShouldNotContain(New, Case.Insensitive, operation.ToString());
            if (planted > 0) redaction.Session.Withheld["unclassified"].ShouldBeGreaterThan(0, operation.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void A_marker_in_a_leaf_of_a_withheld_class_is_gone(string system)
    {
        foreach (var operation in Contract.Of(system).Operations)
        {
            Shown(operation, PrivacyLevel.Deidentified).Where(leaf => !MayStay.Contains(leaf.Class)).ShouldBeEmpty(operation.ToString());
            Shown(operation, PrivacyLevel.Limited).Where(leaf => !MayStay.Contains(leaf.Class) && !Limited.Contains(leaf.Class))
                .ShouldBeEmpty(operation.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void At_identified_all_markers_come_but_of_ids_secrets_and_what_is_unknown(string system)
    {
        foreach (var operation in Contract.Of(system).Operations)
        {
            var coverage = Coverage.Of(operation);
            var shown = Shown(operation, PrivacyLevel.Identified).Select(leaf => leaf.Path).ToHashSet(StringComparer.Ordinal);
            var hidden = operation.Leaves().Where(leaf => coverage.Covers(leaf) == Cover.Class && !shown.Contains(leaf.Path));
            hidden.Where(leaf => coverage.Field(leaf)!.Class is not (FieldClass.Id or FieldClass.Reference or FieldClass.Drop)
                    && !operation.Leaves().Any(other => other.Path == leaf.Path + "[]"))
                .Select(leaf => leaf.Path).ShouldBeEmpty(operation.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void Prose_does_not_pass_as_a_code_or_a_word(string system)
    {
        foreach (var operation in Contract.Of(system).Operations)
        {
            var redaction = Redacted(operation, Answer(operation, _ => "Patient Maria Fernandez called from 555-867-5309 on 03/14/2019"));
            redaction.Json.ShouldNotContain("Fernandez", Case.Insensitive, operation.ToString());
            redaction.Json.ShouldNotContain("Maria", Case.Insensitive, operation.ToString());
            redaction.Json.ShouldNotContain("867-5309", Case.Insensitive, operation.ToString());
            redaction.Json.ShouldNotContain("03/14", Case.Insensitive, operation.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task The_redact_command_takes_every_operation(string system)
    {
        foreach (var operation in Contract.Of(system).Operations)
        {
            var run = await RedactRun.OfAsync(Answer(operation, leaf => leaf.Plain()).ToJsonString(), "--format", system, "--operation", operation.Key);
            run.Code.ShouldBe(Exit.Done, operation.ToString());
            run.Error.ShouldStartWith("withheld: ");
        }
    }

    /// <summary>Leaves whose own marker came through, with the class they have; what has none of its own is to be withheld.</summary>
    private static List<(string Path, FieldClass Class)> Shown(ContractOperation operation, PrivacyLevel level)
    {
        var coverage = Coverage.Of(operation);
        var planted = new List<(string Marker, ContractLeaf Leaf)>();
        var redaction = Redacted(operation, Answer(operation, leaf =>
        {
            planted.Add((string.Create(CultureInfo.InvariantCulture, $"Qx{planted.Count:d4}z"), leaf));
            return planted[^1].Marker;
        }), level);
        return [.. planted.Where(each => redaction.Json.Contains(each.Marker, StringComparison.OrdinalIgnoreCase))
            .Select(each => (each.Leaf.Path, coverage.Field(each.Leaf)?.Class ?? FieldClass.Drop))];
    }

    private static Redaction Redacted(ContractOperation operation, JsonNode answer, PrivacyLevel level = PrivacyLevel.Deidentified) =>
        Redaction.Of(answer.ToJsonString(), Coverage.Shape(operation).Shape, level);

    /// <summary>The contract says nothing of what is in FHIR, and nothing at all of an answer without a body.</summary>
    private static JsonNode Answer(ContractOperation operation, Func<ContractLeaf, JsonNode?> value)
    {
        if (Redaction.Catalog.Resolve(Coverage.Shape(operation).Shape) == ShapeCatalog.AnyResource)
            return JsonNode.Parse("""{"resourceType":"Patient","gender":"female","name":[{"family":"Zorblatt"}]}""")!;
        return operation.Sample(value) ?? new JsonObject();
    }

    private static int Plant(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray list: return list.Sum(Plant);
            case JsonObject record:
                var below = record.Sum(member => Plant(member.Value));
                record["qNewField"] = New;
                return below + 1;
            default: return 0;
        }
    }
}
