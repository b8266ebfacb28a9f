using System.Text.RegularExpressions;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>Checks one condition before anything is sent: modifier, prefix and the form of each value.</summary>
internal static partial class ConditionRules
{
    private static readonly string[] Prefixes = ["eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap"];

    /// <exception cref="CallFailureException">The condition cannot be asked like this.</exception>
    public static SearchCondition Make(SearchParameter parameter, string? modifier, string? prefix, IReadOnlyList<string> values, string argument)
    {
        CheckModifier(parameter, modifier, argument);
        values = [.. values.Select(value => modifier is null or "not" ? WithoutImplied(parameter, value) : value)];
        if (modifier == "missing" && values is not ["true" or "false"]) throw Wrong(argument, $"{parameter.Name}:missing takes the value true or false.");
        var compared = parameter.Kind is ParameterKind.Date or ParameterKind.Quantity && modifier is null;
        if (prefix is not null && !compared) throw Wrong(argument, $"{parameter.Name} takes no prefix: prefixes compare dates and quantities only.");
        var read = values.Select(value => compared && prefix is null ? WithPrefix(value) : new SearchValue(prefix, value)).ToList();
        if (modifier != "missing") foreach (var value in read) CheckValue(parameter, modifier, value, argument);
        return new SearchCondition(parameter, modifier, read, argument);
    }

    private static SearchValue WithPrefix(string value) =>
        value.Length > 2 && Prefixes.Contains(value[..2], StringComparer.Ordinal) ? new SearchValue(value[..2], value[2..]) : new SearchValue(null, value);

    // The system of a status is fixed by R4 and not written in the record; given all the same, it is right or the question is wrong.
    private static string WithoutImplied(SearchParameter parameter, string value) =>
        parameter is { Kind: ParameterKind.Token, IsBare: true } && FhirEscape.Split(value, '|') is [var system, { Length: > 0 } code]
            && parameter.Systems.Contains(FhirEscape.Plain(system), StringComparer.Ordinal) ? code : value;

    private static void CheckModifier(SearchParameter parameter, string? modifier, string argument)
    {
        if (modifier is null) return;
        string[] allowed = parameter.Kind switch
        {
            ParameterKind.Token when parameter.Paths.Any(path => path.Datatype == "present") => ["not"],
            ParameterKind.Token => ["missing", "not", "text", "of-type", "in", "not-in", "above", "below"],
            ParameterKind.String => ["missing", "exact", "contains"],
            ParameterKind.Reference => ["missing", "identifier", .. parameter.Targets],
            ParameterKind.Uri => ["missing", "above", "below"],
            ParameterKind.Date or ParameterKind.Quantity => ["missing"],
            _ => [],
        };
        if (allowed.Contains(modifier, StringComparer.Ordinal)) return;
        throw Wrong(
            argument,
            allowed.Length == 0
                ? $"{parameter.Name} takes no modifier."
                : $"{parameter.Name} does not take this modifier; it takes {string.Join(", ", allowed)}.");
    }

    private static void CheckValue(SearchParameter parameter, string? modifier, SearchValue asked, string argument)
    {
        var value = asked.Text;
        if (string.IsNullOrWhiteSpace(value) || value.Any(char.IsControl)) throw Wrong(argument, $"{parameter.Name} needs a value without control characters.");
        if (value.Length > 500) throw Wrong(argument, $"{parameter.Name} takes at most 500 characters for one value.");
        var problem = parameter.Kind switch
        {
            ParameterKind.Date when DateSpan.Parse(value) is null => "takes a date: YYYY, YYYY-MM, YYYY-MM-DD, or YYYY-MM-DDTHH:MM:SS with Z or an offset",
            ParameterKind.Quantity when !QuantityForm().IsMatch(value) || QuantityMatch.Number(value.Split('|')[0]) is null =>
                "takes a number, or number|system|unit, such as 5.4|http://unitsofmeasure.org|mmol/L",
            ParameterKind.Quantity when asked.Prefix is null or "eq" or "ne" && value.Split('|')[0].Contains('e', StringComparison.OrdinalIgnoreCase) =>
                "leaves open how exact a number with an exponent is: write it out, or compare with gt, lt, ge or le",
            ParameterKind.Reference when modifier != "identifier" && !IsReference(parameter, value) => Reference(parameter),
            ParameterKind.Token when !IsToken(modifier, value) => modifier == "of-type" ? "takes system|code|value with :of-type" : "takes code or system|code",
            ParameterKind.Token when modifier is null or "not" => Bare(parameter, value),
            _ => null,
        };
        if (problem is not null) throw Wrong(argument, $"{parameter.Name} {problem}.");
    }

    private static string? Bare(SearchParameter parameter, string value)
    {
        if (!parameter.IsBare) return null;
        if (FhirEscape.Split(value, '|').Count > 1) return "takes the code alone: its records hold no other system";
        var isTruth = parameter.Paths.All(path => path.Datatype is "boolean" or "present");
        return isTruth && value is not ("true" or "false") ? "takes true or false" : null;
    }

    private static bool IsToken(string? modifier, string value) => modifier == "text" || FhirEscape.Split(value, '|').Count switch
    {
        1 => modifier != "of-type",
        2 => modifier != "of-type" && value != "|",
        3 => modifier == "of-type",
        _ => false,
    };

    // A canonical is an address like any other; a reference must name a resource.
    private static bool IsReference(SearchParameter parameter, string value) =>
        parameter.Paths.All(path => path.Datatype is "canonical" or "uri") || ReferenceTarget.Parse(FhirEscape.Plain(value)) is not null;

    private static string Reference(SearchParameter parameter) =>
        $"takes the id of a resource{(parameter.Targets.Count > 0 ? $" ({string.Join(", ", parameter.Targets)})" : "")}: "
            + "give a handle in parameters[].handle (a patient's in patient), or Type/id";

    private static CallFailureException Wrong(string argument, string message) => CallFailureException.Invalid(argument, message);

    [GeneratedRegex(@"^[+\-]?\d{1,20}(\.\d{1,12})?([eE][+\-]?\d{1,2})?(\|[^|]*\|[^|]*)?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex QuantityForm();
}
