using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>One entry of <c>parameters</c>. Its values stand for themselves: a comma in a name is a comma.</summary>
internal static class ParameterReader
{
    /// <exception cref="CallFailureException">The entry is not understood.</exception>
    public static IEnumerable<SearchCondition> Read(FhirType type, ParameterInput input, string argument)
    {
        var (chained, rest, via) = Chain.Read(type, input.Name, $"{argument}.name");
        var (name, modifier) = Split(rest, input.Modifier, argument);
        var parameter = QuestionReader.Parameter(chained, name, $"{argument}.name");
        return Conditions(parameter, modifier, input, argument).Select(condition => condition with { Via = via });
    }

    private static IEnumerable<SearchCondition> Conditions(SearchParameter parameter, string? modifier, ParameterInput input, string argument)
    {
        if (new[] { input.Value is not null, input.Values is not null, input.Handle is not null, input.From is not null || input.To is not null }
            .Count(given => given) != 1)
            throw CallFailureException.Invalid(argument, $"{argument} needs exactly one of value, values, handle, or from and to.");
        if (input.Handle is { } handle) return [Reference(parameter, modifier, handle, argument)];
        if (input.From is null && input.To is null) return [Plain(parameter, modifier, input, argument)];
        if (parameter.Kind != ParameterKind.Date)
        {
            throw CallFailureException.Invalid(argument, $"{parameter.Name} is no date: from and to are for date parameters.");
        }

        return QuestionReader.Between(parameter, input.From, input.To, $"{argument}.from", $"{argument}.to");
    }

    private static SearchCondition Plain(SearchParameter parameter, string? modifier, ParameterInput input, string argument)
    {
        var values = input.Values ?? [input.Value!];
        if (parameter.Kind == ParameterKind.String) values = [.. values.Select(FhirEscape.Escape)];
        else if (modifier != "text" && values.Any(v => v.Contains(',', StringComparison.Ordinal)))
        {
            throw CallFailureException.Invalid(argument, $"{parameter.Name} takes one value in value: give alternatives in values.");
        }

        return ConditionRules.Make(parameter, modifier, input.Prefix, values, argument);
    }

    private static SearchCondition Reference(SearchParameter parameter, string? modifier, string handle, string argument) =>
        parameter.Kind == ParameterKind.Reference || parameter.Name == "_id"
            ? QuestionReader.Handles(parameter, [handle], $"{argument}.handle") with { Modifier = modifier }
            : throw CallFailureException.Invalid($"{argument}.handle", $"{parameter.Name} does not point at a resource: give value.");

    // Agents write "code:text" as they would in a query; both ways mean the same.
    private static (string Name, string? Modifier) Split(string name, string? modifier, string argument)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return (name, modifier);
        if (modifier is not null)
        {
            throw CallFailureException.Invalid($"{argument}.modifier", "the modifier is given twice, in name and in modifier: give it once.");
        }

        return (name[..colon], name[(colon + 1)..]);
    }
}
