using System.Globalization;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>A FHIR query as agents know it from the specification.</summary>
internal sealed record QueryString(IReadOnlyList<SearchCondition> Conditions, string? Sort, int? Count, bool Provenance)
{
    public IReadOnlyList<Inclusion> Includes { get; init; } = [];

    public IReadOnlyList<string> Elements { get; init; } = [];

    public bool CountOnly { get; init; }

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

    private QueryString With(FhirType type, string name, string value) => name switch
    {
        "_sort" when Sort is null => this with { Sort = value },
        "_count" when value == "0" => this with { CountOnly = true },
        "_count" when Count is null => this with { Count = Number(value) },
        "_revinclude" when value == "Provenance:target" => this with { Provenance = true },
        "_sort" or "_count" => throw CallFailureException.Invalid(Argument, $"{name} is given twice: give it once."),
        "_revinclude" => throw CallFailureException.Invalid(Argument, "_revinclude takes Provenance:target only; or set include_provenance."),
        "_include" => this with { Includes = [.. Includes, .. value.Split(',').Select(one => Inclusion.Read(type, one, Argument))] },
        "_elements" => this with { Elements = [.. Elements, .. ElementNames.Read(value.Split(','), Argument)] },
        "_summary" when value == "count" => this with { CountOnly = true },

        // The total is always exact, and every row whole unless it is said otherwise.
        "_total" when value is "accurate" or "estimate" or "none" => this,
        "_summary" when value == "false" => this,
        "_summary" => throw CallFailureException.Invalid(Argument, "_summary takes count only: name the elements that are wanted in _elements."),
        "_total" or "_contained" or "_containedType" or "_format" or "_pretty" or "_offset" or "_page" or "_include:iterate" or "_include:recurse" =>
            throw CallFailureException.Invalid(Argument, $"{name} is not taken: use _elements to shorten rows, _include for what they refer to, and cursor to page."),
        _ => this with { Conditions = [.. Conditions, Condition(type, name, value)] },
    };

    private static SearchCondition Condition(FhirType type, string name, string value)
    {
        var (chained, rest, via) = Chain.Read(type, name, Argument);
        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        var parameter = QuestionReader.Parameter(chained, colon < 0 ? rest : rest[..colon], Argument);
        return ConditionRules.Make(parameter, colon < 0 ? null : rest[(colon + 1)..], null, FhirEscape.Split(value, ','), Argument) with { Via = via };
    }

    private static int Number(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 200
            ? number
            : throw CallFailureException.Invalid(Argument, "_count takes a number from 1 to 200.");
}
