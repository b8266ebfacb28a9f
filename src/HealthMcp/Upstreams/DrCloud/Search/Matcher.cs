using System.Text.Json;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>Decides a condition over one resource, as FHIR R4 3.1.1 says.</summary>
internal sealed class Matcher(DateTimeOffset now)
{
    public bool Holds(SearchCondition condition, JsonElement resource) => condition.Modifier switch
    {
        "missing" => Values(condition.Parameter, resource).Any() != condition.Values.Any(v => v.Text == "true"),
        "not" => !Any(condition, resource),
        _ when condition.Among is { } among => Values(condition.Parameter, resource).Any(v => ReferenceMatch.IsAmong(v.Value, among)),
        _ => Any(condition, resource),
    };

    /// <summary>Every value that a parameter has in a resource, with its datatype.</summary>
    public static IEnumerable<(JsonElement Value, string Datatype)> Values(SearchParameter parameter, JsonElement resource) =>
        parameter.Paths.SelectMany(path => path.Values(resource).Select(value => (value, path.Datatype)));

    private bool Any(SearchCondition condition, JsonElement resource)
    {
        if (condition.Parameter.Paths.Any(path => path.Datatype == "present")) return IsPresent(condition, resource);
        return Values(condition.Parameter, resource).Any(v => condition.Values.Any(asked => One(condition, v.Value, v.Datatype, asked)));
    }

    private bool One(SearchCondition condition, JsonElement value, string datatype, SearchValue asked) => condition.Parameter.Kind switch
    {
        ParameterKind.Token when condition.Modifier == "text" => TokenMatch.TextHolds(value, datatype, asked, condition.DisplayOnly),
        ParameterKind.Token when condition.Modifier == "of-type" => TokenMatch.OfTypeHolds(value, asked),
        ParameterKind.Token => TokenMatch.Holds(value, datatype, asked),
        ParameterKind.Date => DateMatch.Holds(value, datatype, asked, now, condition.ByYear),
        ParameterKind.String => StringMatch.Holds(value, datatype, condition.Modifier, condition.Whole, asked),
        ParameterKind.Reference => ReferenceMatch.Holds(value, condition.Modifier, asked),
        ParameterKind.Quantity => QuantityMatch.Holds(value, asked),
        ParameterKind.Uri => value.ValueKind == JsonValueKind.String && value.ValueEquals(FhirEscape.Plain(asked.Text)),
        _ => false,
    };

    // Patient.deceased: a date of death says true as well, and nothing said means false.
    private static bool IsPresent(SearchCondition condition, JsonElement resource)
    {
        var present = Values(condition.Parameter, resource).Any(v => v.Value.ValueKind != JsonValueKind.False);
        return condition.Values.Any(asked => asked.Text == (present ? "true" : "false"));
    }
}
