using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures.Subjects;

/// <summary>A number of a person in another system.</summary>
internal sealed record ExternalIdentifierInput
{
    [Description("The number.")]
    [MinLength(1), MaxLength(200)]
    public required string ExternalIdentifier { get; init; }

    [Description("The system that gave it.")]
    [MinLength(1), MaxLength(200)]
    public required string ExternalSystem { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(ExternalIdentifierInput);
}

/// <summary>Another name of a person; first or last is needed.</summary>
internal sealed record AdditionalNameInput
{
    [Description("First name; give this, last, or both.")]
    [MinLength(1), MaxLength(200)]
    public string? First { get; init; }

    [Description("Last name.")]
    [MinLength(1), MaxLength(200)]
    public string? Last { get; init; }

    [Description("Middle name or initial.")]
    [MinLength(1), MaxLength(200)]
    public string? Middle { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(AdditionalNameInput);
}

/// <summary>Another address of a person.</summary>
internal sealed record AdditionalAddressInput
{
    [Description("Street and number.")]
    [MaxLength(200)]
    public string? AddressLine1 { get; init; }

    [Description("Apartment, unit.")]
    [MaxLength(200)]
    public string? AddressLine2 { get; init; }

    [Description("Town.")]
    [MaxLength(100)]
    public string? AddressCity { get; init; }

    [Description("State as two letters.")]
    [RegularExpression("^[A-Za-z]{2}$")]
    public string? AddressState { get; init; }

    [Description("ZIP code of 5 or 9 digits.")]
    [RegularExpression(@"^\d{5}(-?\d{4})?$")]
    public string? AddressPostalCode { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(AdditionalAddressInput);
}

/// <summary>A value of one of the project's own tags; the tag's type says which of the four it takes.</summary>
internal sealed record SubjectTagInput
{
    [Description("Handle of this value (tag_…), to keep one that the subject has. Default: a new one.")]
    [Handle("tag", "xcures"), MaxLength(100)]
    public string? Id { get; init; }

    [Description("Handle of the project's tag (ptag_…), as it stands in the tags of a subject.")]
    [Handle("ptag", "xcures"), MaxLength(100)]
    public required string ProjectTagId { get; init; }

    [Description("Value of a tag of type text. Give exactly one value.")]
    [MinLength(1), MaxLength(1000)]
    public string? ValueText { get; init; }

    [Description("Value of a tag of type number.")]
    public decimal? ValueNumber { get; init; }

    [Description("Value of a tag of type date, as YYYY-MM-DDTHH:MM:SSZ.")]
    [Format("date-time")]
    public string? ValueDate { get; init; }

    [Description("Value of a tag of type boolean.")]
    public bool? ValueBoolean { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(SubjectTagInput);
}
