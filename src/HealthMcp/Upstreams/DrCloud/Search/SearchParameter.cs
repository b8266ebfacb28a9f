namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>FHIR's kinds of search parameters; the two that are not finished here can only be asked of a server that knows them.</summary>
internal enum ParameterKind
{
    Token,
    Date,
    String,
    Reference,
    Quantity,
    Uri,
    Composite,
    Special,
}

/// <summary>From which privacy level on a field may be asked for.</summary>
internal enum QuestionLevel
{
    /// <summary>Shown at every level, so it may be asked for at every level.</summary>
    Open,

    /// <summary>Shown to the year below limited, so questions are widened to whole years there.</summary>
    Dates,

    /// <summary>Shown from limited on.</summary>
    Limited,

    /// <summary>Shown at identified only.</summary>
    Identified,
}

/// <summary>What the vendor's server does with a parameter.</summary>
internal enum ServerSupport
{
    None,

    /// <summary>Takes it in a way that differs from FHIR R4, so it is not sent.</summary>
    Odd,

    /// <summary>Since OpenEMR 8; the vendor's is nearer to 7, so it is not relied on.</summary>
    Later,

    Yes,
}

/// <summary>One search parameter of one FHIR type.</summary>
internal sealed record SearchParameter(
    string Type, string Name, ParameterKind Kind, QuestionLevel Level, ServerSupport Server, IReadOnlyList<ElementPath> Paths, IReadOnlyList<string> Targets)
{
    private static readonly string[] WithSystem = ["CodeableConcept", "Coding", "Identifier"];

    /// <summary>Code systems that elements of type code have without saying so, by their required binding.</summary>
    public IReadOnlyList<string> Systems { get; init; } = [];

    /// <summary>Its codes stand in the resource without a system.</summary>
    public bool IsBare => Paths.Count > 0 && !Paths.Any(path => WithSystem.Contains(path.Datatype, StringComparer.Ordinal));


    /// <summary>Its values can be read from the resources that came.</summary>
    public bool CanFinishHere => Paths.Count > 0;
}
