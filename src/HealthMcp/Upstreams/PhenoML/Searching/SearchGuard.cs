using System.Text.RegularExpressions;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.PhenoML.Searching;

/// <summary>
/// Holds a FHIR search to the level of its answer (decision 0008): what may not be seen may not be asked by. Below identified only clinical parameters,
/// whole years and references are taken, and of Patient one complete look-up set.
/// </summary>
internal static partial class SearchGuard
{
    private const string Instead = "use clinical parameters such as code, category or status, with the patient's handle";

    /// <param name="type">FHIR resource type.</param>
    /// <param name="pairs">Unescaped.</param>
    /// <param name="argument">Argument that a refusal names.</param>
    /// <param name="aboutPatient">A handle narrows the search to one patient.</param>
    /// <param name="call">Says what may be seen.</param>
    /// <exception cref="CallFailureException">The question would tell what is withheld.</exception>
    public static void Check(string type, IReadOnlyList<SearchPair> pairs, string argument, bool aboutPatient, CallContext call)
    {
        if (call.IdentifiersVisible) return;
        var persons = pairs.Where(pair => pair.Asks == Asks.Person).ToList();
        if (persons.Count > 0 && (aboutPatient || !IsLookUp(type, pairs)))
            throw Withheld(argument, $"A parameter asks for what is withheld at this privacy level: {Instead}. "
                + "A person is looked up in Patient by family:exact and given:exact, or by identifier, and by nothing beside.");
        if (pairs.Any(pair => pair.Asks == Asks.Control && pair.Bare == "_sort" && !SortsSafely(pair.Value)))
            throw Withheld(argument, "Sorting by a field that is withheld at this privacy level would tell its order: sort by date, code or status.");
        if (!call.DatesVisible && pairs.Any(pair => pair.Asks == Asks.Date && pair.Modifier != "missing" && !pair.IsYear))
            throw Withheld(argument, "Dates are shown to the year at this privacy level, so they are asked for in whole years, e.g. ge2024 or le2024-12-31.");
    }

    /// <summary>The parameters are one set that names a person fully.</summary>
    public static bool IsLookUp(string type, IReadOnlyList<SearchPair> pairs)
    {
        if (type != "Patient") return false;
        var names = pairs.Where(pair => pair.Asks != Asks.Control).ToList();
        return names.Select(pair => pair.Name).Order(StringComparer.Ordinal).ToArray() switch
        {
            ["identifier"] => Identifier().IsMatch(names[0].Value),
            ["family:exact", "given:exact"] => names.TrueForAll(pair => pair.Value.Trim().Length > 0 && !pair.Value.Contains(',', StringComparison.Ordinal)),
            _ => false,
        };
    }

    private static bool SortsSafely(string value) => value.Split(',').All(key =>
        new SearchPair(key.TrimStart('-'), "").Asks is Asks.Clinical or Asks.Date);

    private static CallFailureException Withheld(string argument, string message) => new(FailureCodes.QuestionWithheld, message) { Argument = argument };

    // The whole value, with or without its system; a bare system would list everyone.
    [GeneratedRegex(@"\A([^|,\s]+\|)?[^|,\s]+\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Identifier();
}
