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

    public bool Provenance { get; init; }

    /// <summary>Whose birth date is asked for by someone who may not see it; null when nobody's is.</summary>
    public (string Who, string Born)? Guess { get; init; }
}
