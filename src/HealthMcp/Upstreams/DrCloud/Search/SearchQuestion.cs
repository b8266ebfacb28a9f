namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>One alternative of a condition, in FHIR's wire form: escaped, without its prefix.</summary>
internal sealed record SearchValue(string? Prefix, string Text)
{
    public string Wire => Prefix + Text;
}

/// <summary>A parameter and the values of which one must hold. Several conditions must all hold.</summary>
/// <param name="Argument">Where the caller gave it, for sentences.</param>
internal sealed record SearchCondition(SearchParameter Parameter, string? Modifier, IReadOnlyList<SearchValue> Values, string Argument)
{
    /// <summary>It came as a handle, so it must not be probed with fields that the caller may not see.</summary>
    public bool ByHandle { get; init; }

    /// <summary>The value must be the whole field, not its beginning: a look-up by someone who may not see the field.</summary>
    public bool Whole { get; init; }

    /// <summary>A date is compared by the year that is written: an hour's difference of zones would tell a record of New Year's Eve.</summary>
    public bool ByYear { get; init; }

    /// <summary>:text looks at the code's display only, because free text may hold what the caller may not see.</summary>
    public bool DisplayOnly { get; init; }

    /// <summary>The reference to the patient of whom this must hold; null where it must hold of the resource itself.</summary>
    public SearchParameter? Via { get; init; }

    /// <summary>Ids of which the reference must be one, where a chain found too many for <see cref="Values"/>; null otherwise.</summary>
    public IReadOnlySet<string>? Among { get; init; }

    /// <summary>It can be decided from the resource; otherwise only a server can.</summary>
    public bool CanFinishHere => Parameter.CanFinishHere && Modifier is not ("in" or "not-in" or "above" or "below");
}

/// <summary>Parameters of which the first present one sorts.</summary>
internal sealed record SortKey(IReadOnlyList<SearchParameter> Parameters, bool Descending);

/// <summary>A question that was understood and checked.</summary>
internal sealed record SearchQuestion(FhirType Type, IReadOnlyList<SearchCondition> Conditions)
{
    public IReadOnlyList<SortKey> Sort { get; init; } = [];

    /// <summary>The order was asked for, not only the usual one.</summary>
    public bool SortAsked { get; init; }

    public int Count { get; init; } = 50;

    /// <summary>The same with addresses of this server written as <c>Type/id</c>: they mean the same, and only those can be sent and compared.</summary>
    public SearchQuestion On(string server) => this with { Server = server, Conditions = [.. Conditions.Select(c => c with { Values = [.. c.Values
        .Select(v => Relative(c, v, server))] })] };

    private static SearchValue Relative(SearchCondition condition, SearchValue value, string server) =>
        condition.Parameter.Kind == ParameterKind.Reference && condition.Modifier != "identifier"
            && ReferenceTarget.Parse(FhirEscape.Plain(value.Text)) is { Server: { } named, Type: { } type } target && named == server
            ? value with { Text = FhirEscape.Escape($"{type}/{target.Id}") }
            : value;

    /// <summary>What must hold of the patient that <see cref="Chained"/>'s reference points at; conditions on the type Patient.</summary>
    public IReadOnlyList<SearchCondition> OfPatient { get; init; } = [];

    /// <summary>The reference through which <see cref="OfPatient"/> is asked; null without a chain.</summary>
    public SearchParameter? Chained { get; init; }

    public IReadOnlyList<Inclusion> Includes { get; init; } = [];

    /// <summary>Address of the server, with which absolute references to it begin; null while it is not known.</summary>
    public string? Server { get; init; }

    /// <summary>Names of the elements that rows are cut to; empty for all.</summary>
    public IReadOnlyList<string> Elements { get; init; } = [];

    /// <summary>Only the number is wanted.</summary>
    public bool CountOnly { get; init; }

    public bool Provenance { get; init; }

    /// <summary>Whose birth date is asked for by someone who may not see it; null when nobody's is.</summary>
    public (string Who, string Born)? Guess { get; init; }
}
