using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Omop;

/// <summary>What an Observation says: a number with an operator and a unit, or words.</summary>
internal sealed partial record OmopValue(decimal? Number, string? Comparator, string? Unit, string? Words)
{
    public static OmopValue Of(JsonObject observation)
    {
        if (observation["valueQuantity"] is JsonObject quantity && quantity["value"] is JsonValue value && value.TryGetValue<decimal>(out var number))
        {
            return new(number, quantity.Text("comparator"), quantity.Text("unit") ?? quantity.Text("code"), null);
        }

        if (observation["valueInteger"] is JsonValue whole && whole.TryGetValue<int>(out var count))
        {
            return new(count, null, null, null);
        }

        var words = observation.Text("valueString") ?? Resources.Say(observation["valueCodeableConcept"]);
        return words is not null && Numeric().Match(words) is { Success: true } match
            ? new(decimal.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture), match.Groups["op"].Value, null, words)
            : new(null, null, null, words);
    }

    public void Write(JsonObject row)
    {
        if (Number is { } number)
        {
            row["value_as_number"] = number;
            row["operator_concept_id"] = ConceptTable.Operator(Comparator);
        }
        else if (Words is not null)
        {
            row["value_as_string"] = Words;
        }

        if (Unit is null && Words is null)
        {
            return;
        }

        row.Maybe("unit_source_value", Unit).Maybe("value_source_value", Words);
        row["unit_concept_id"] = 0;
        row["value_as_concept_id"] = 0;
    }

    [GeneratedRegex(@"\A\s*(?<op>[<>]=?)?\s*(?<n>-?\d+(\.\d+)?)\s*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Numeric();
}
