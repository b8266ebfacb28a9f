using System.Globalization;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>A FHIR query as agents know it from the specification.</summary>
internal sealed record QueryString(IReadOnlyList<SearchCondition> Conditions, string? Sort, int? Count, bool Provenance)
{
    private const string Argument = "query";

    /// <exception cref="CallFailureException">A part of the query is not understood.</exception>
    public static QueryString Read(FhirType type, string? text)
    {
        var read = new QueryString([], null, null, false);
        if (string.IsNullOrWhiteSpace(text)) return read;
        foreach (var part in text.Trim().TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var sign = part.IndexOf('=', StringComparison.Ordinal);
            if (sign <= 0) throw CallFailureException.Invalid(Argument, "query is not in the form name=value&name=value.");
            read = read.With(type, Uri.UnescapeDataString(part[..sign]), Uri.UnescapeDataString(part[(sign + 1)..]));
        }

        return read;
    }

    /// <exception cref="CallFailureException">The name reaches into another resource.</exception>
    public static void RefuseChain(string name, string argument)
    {
        if (name.Contains('.', StringComparison.Ordinal) || name.StartsWith("_has", StringComparison.Ordinal))
            throw CallFailureException.Invalid(
                argument,
                "Searches across resources (chaining with a dot, _has) are not answered here: "
                    + "search the other type first, then use the handles of its answer.");
    }

    private QueryString With(FhirType type, string name, string value) => name switch
    {
        "_sort" when Sort is null => this with { Sort = value },
        "_count" when Count is null => this with { Count = Number(value) },
        "_revinclude" when value == "Provenance:target" => this with { Provenance = true },
        "_sort" or "_count" => throw CallFailureException.Invalid(Argument, $"{name} is given twice: give it once."),
        "_revinclude" => throw CallFailureException.Invalid(Argument, "_revinclude takes Provenance:target only; or set include_provenance."),
        "_include" or "_include:iterate" =>
            throw CallFailureException.Invalid(Argument, "_include is not supported by the server: search the other type with the handles of this answer."),
        "_summary" or "_elements" or "_total" or "_contained" or "_format" or "_pretty" or "_offset" or "_page" =>
            throw CallFailureException.Invalid(Argument, $"{name} is not taken: use fields to shorten rows and cursor to page."),
        _ => this with { Conditions = [.. Conditions, Condition(type, name, value)] },
    };

    private static SearchCondition Condition(FhirType type, string name, string value)
    {
        RefuseChain(name, Argument);
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var parameter = QuestionReader.Parameter(type, colon < 0 ? name : name[..colon], Argument);
        return ConditionRules.Make(parameter, colon < 0 ? null : name[(colon + 1)..], null, FhirEscape.Split(value, ','), Argument);
    }

    private static int Number(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 200
            ? number
            : throw CallFailureException.Invalid(Argument, "_count takes a number from 1 to 200.");
}
