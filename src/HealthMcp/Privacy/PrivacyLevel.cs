namespace HealthMcp.Privacy;

/// <summary>How much a call may see of who a patient is. The order matters: the lowest of several levels wins.</summary>
internal enum PrivacyLevel
{
    /// <summary>The identifiers of 45 CFR 164.514(b)(2)(i) (A) to (R) are withheld.</summary>
    Deidentified,

    /// <summary>Limited data set of 45 CFR 164.514(e)(2): dates, town, state and ZIP stay; direct identifiers do not.</summary>
    Limited,

    /// <summary>Everything but raw record ids, which are handles at every level.</summary>
    Identified,
}
