using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>FHIR's <c>_include</c>: the resources that a reference of the found ones points at come along.</summary>
/// <param name="Parameter">The reference parameter.</param>
/// <param name="Targets">Searchable types that are fetched.</param>
internal sealed record Inclusion(SearchParameter Parameter, IReadOnlyList<string> Targets)
{
    /// <summary>Reads <c>parameter</c>, <c>parameter:Target</c>, or either behind <c>Type:</c> as in a query string.</summary>
    /// <exception cref="CallFailureException">It names no reference of the type, or leaves open what is fetched.</exception>
    public static Inclusion Read(FhirType type, string text, string argument)
    {
        var parts = text.Split(':');
        if (parts.Length > 1 && parts[0] == type.Name) parts = parts[1..];
        if (parts is not ([_] or [_, _])) throw CallFailureException.Invalid(argument, "_include takes Type:parameter or Type:parameter:Target.");
        if (parts[0] == "*") throw CallFailureException.Invalid(argument, "_include of everything is not taken: name the references, one by one.");
        var parameter = QuestionReader.Parameter(type, parts[0], argument);
        if (parameter.Kind != ParameterKind.Reference || !parameter.CanFinishHere)
        {
            throw CallFailureException.Invalid(argument, $"{parameter.Name} of {type.Name} is no reference, so nothing can be included by it.");
        }

        return new Inclusion(parameter, Reached(parameter, parts.Length == 2 ? parts[1] : null, argument));
    }

    /// <summary>The same from raw arguments, for scopes; none where it cannot be read, because the call is then refused.</summary>
    public static IReadOnlyList<string> TargetsOf(FhirType type, string text)
    {
        try
        {
            return Read(type, text, "include").Targets;
        }
        catch (CallFailureException)
        {
            return [];
        }
    }

    private static IReadOnlyList<string> Reached(SearchParameter parameter, string? target, string argument)
    {
        IReadOnlyList<string> targets = target is null ? parameter.Paths.Any(path => path.Steps.Any(step => step.Target is not null))
            ? [.. parameter.Paths.SelectMany(path => path.Steps).Select(step => step.Target).OfType<string>()]
            : parameter.Targets : [target];
        if (targets.Count == 0) throw CallFailureException.Invalid(argument,
            $"{parameter.Name} may point at any type: say which, as {parameter.Name}:Patient.");
        if (target is not null && parameter.Targets.Count > 0 && !parameter.Targets.Contains(target, StringComparer.Ordinal))
        {
            throw CallFailureException.Invalid(argument, $"{parameter.Name} points at {string.Join(", ", parameter.Targets)} only.");
        }

        var reached = targets.Where(FhirTypes.ByName.ContainsKey).Distinct(StringComparer.Ordinal).ToList();
        return reached.Count > 0
            ? reached
            : throw CallFailureException.Invalid(argument, $"{parameter.Name} points at types that cannot be searched here: leave the include out.");
    }
}
