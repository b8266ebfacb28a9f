using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace HealthMcp.Upstreams.PhenoML.Searching;

/// <summary>What a FHIR search parameter asks for.</summary>
internal enum Asks
{
    /// <summary>A code, a status, a measurement: clinical content.</summary>
    Clinical,

    /// <summary>A date.</summary>
    Date,

    /// <summary>Another record.</summary>
    Reference,

    /// <summary>How the answer is shaped: order, size.</summary>
    Control,

    /// <summary>Whatever else, and so perhaps who someone is.</summary>
    Person,
}

/// <summary>One parameter of a FHIR search: its name with modifier, and its value, both unescaped.</summary>
internal sealed partial record SearchPair(string Name, string Value)
{
    private static readonly FrozenSet<string> Clinical = """
        code category status clinical-status verification-status severity type class intent priority medication vaccine-code gender active reason-code
        body-site criticality lifecycle-status service-category service-type specialty method route outcome component-code combo-code value-concept
        value-quantity component-value-quantity combo-value-quantity component-value-concept ingredient-code manifestation stage evidence activity-code
        docstatus relationship conclusion result achievement-status target-disease status-reason substance event mode
        """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Dates = """
        date _lastUpdated onset-date abatement-date recorded-date authoredon issued period effective-time start-date target-date created occurrence authored
        sent received
        """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> References = """
        patient subject encounter practitioner performer requester author participant location organization based-on part-of context actor asserter recorder
        beneficiary payor service-provider diagnosis-reference related _id
        """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Controls = new[] { "_count", "_offset", "_sort", "_summary", "_elements", "_total" }.ToFrozenSet(
        StringComparer.Ordinal);

    private static readonly FrozenSet<string> Persons = """
        name family given identifier birthdate death-date address address-city address-state address-postalcode address-country telecom phone email phonetic
        _id _tag _profile _text _content _filter general-practitioner
        """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The name is one of FHIR's own words; any other could say anything.</summary>
    public bool IsKnown => Modifier is "" or "not" or "missing" or "exact" or "contains" or "text" or "in" && !Name.Contains('.', StringComparison.Ordinal)
        && (Asks != Asks.Person || Persons.Contains(Bare) || Clinical.Contains(Bare) || Dates.Contains(Bare) || References.Contains(Bare));

    public string Bare => Name.Split(':', 2)[0];

    public string Modifier => Name.Contains(':', StringComparison.Ordinal) ? Name.Split(':', 2)[1] : "";

    public Asks Asks => Bare switch
    {
        // A chain asks of another record what that record withholds.
        _ when Name.Contains('.', StringComparison.Ordinal) || Modifier is not ("" or "not" or "missing") => Asks.Person,
        var name when Clinical.Contains(name) => Asks.Clinical,
        var name when Dates.Contains(name) => Asks.Date,
        var name when References.Contains(name) => Asks.Reference,
        var name when Controls.Contains(name) => Asks.Control,
        _ => Asks.Person,
    };

    /// <summary>A comparator and a date; null when the value is no date of FHIR.</summary>
    public (string Prefix, string Date)? When =>
        DateValue().Match(Value) is { Success: true } match ? (match.Groups["prefix"].Value, match.Groups["date"].Value) : null;

    /// <summary>A date that tells no more than a year: the year itself, or the first or last day of one as the end of a range.</summary>
    public bool IsYear => When is var (prefix, date) && Value.Length == prefix.Length + date.Length && (date.Length == 4
        || (prefix is "ge" or "lt" or "eb" && date.EndsWith("-01-01", StringComparison.Ordinal))
        || (prefix is "le" or "gt" or "sa" && date.EndsWith("-12-31", StringComparison.Ordinal)));

    /// <summary>Reads a query string.</summary>
    public static IReadOnlyList<SearchPair> Read(string query) =>
        [.. query.TrimStart('?', ' ').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => new SearchPair(Plain(pair[0]), pair.Length > 1 ? Plain(pair[1]) : ""))];

    private static string Plain(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    [GeneratedRegex(
        @"\A(?<prefix>(eq|ne|gt|ge|lt|le|sa|eb|ap)?)(?<date>\d{4}(-\d{2}(-\d{2})?)?)(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+\-]\d{2}:\d{2})?)?\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex DateValue();
}
