using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.DrCloud.Saving;

/// <summary>Arguments of <c>drcloud_save_practitioner</c>.</summary>
internal sealed record SavePractitionerInput : WriteInput
{
    [Description("Handle of the practitioner to change (prac_…), from drcloud_fhir_search with type Practitioner. Left out: a new practitioner is made.")]
    [Handle("prac", DrCloudEndpoints.System), MinLength(1), MaxLength(200)]
    public string? Practitioner { get; init; }

    [Description("Family name. A new practitioner needs it.")]
    [MinLength(1), MaxLength(255)]
    public string? Family { get; init; }

    [Description("First name, then middle names, e.g. [\"Ann\",\"B\"]. Replaces the whole list. A new practitioner needs one.")]
    [MinLength(1), MaxLength(5)]
    public IReadOnlyList<string>? Given { get; init; }

    [Description("Title before the name, e.g. Dr.")]
    [MinLength(1), MaxLength(50)]
    public string? Prefix { get; init; }

    [Description("What stands behind the name, e.g. MD.")]
    [MinLength(1), MaxLength(50)]
    public string? Suffix { get; init; }

    [Description("National Provider Identifier: ten digits, of which the last is a check digit. Most EHRs of this family want one of a new practitioner.")]
    [RegularExpression("^[0-9]{10}$")]
    public string? Npi { get; init; }

    [Description("Whether the practitioner's record is in use.")]
    public bool? Active { get; init; }

    [Description("Administrative gender.")]
    [AllowedValues("male", "female", "other", "unknown")]
    public string? Gender { get; init; }

    [Description("Telephone number at work.")]
    [MinLength(1), MaxLength(50)]
    public string? Phone { get; init; }

    [Description("Fax number at work.")]
    [MinLength(1), MaxLength(50)]
    public string? Fax { get; init; }

    [Description("E-mail address at work.")]
    [MinLength(3), MaxLength(255)]
    public string? Email { get; init; }

    [Description("Address at work; a part that is left out stays as it is.")]
    public PractitionerAddress? Address { get; init; }

    [Description("What to take out of the record. Not together with a new value of the same.")]
    [AllowedValues("prefix", "suffix", "gender", "phone", "fax", "email", "address"), MaxLength(7)]
    public IReadOnlyList<string>? Clear { get; init; }
}

internal sealed record PractitionerAddress
{
    [Description("Street and number, suite. Replaces all lines.")]
    [MinLength(1), MaxLength(4)]
    public IReadOnlyList<string>? Line { get; init; }

    [Description("Town.")]
    [MinLength(1), MaxLength(100)]
    public string? City { get; init; }

    [Description("State, as two letters in the USA.")]
    [MinLength(1), MaxLength(50)]
    public string? State { get; init; }

    [Description("Postal code.")]
    [MinLength(1), MaxLength(20)]
    public string? PostalCode { get; init; }

    [Description("Country, e.g. US.")]
    [MinLength(1), MaxLength(50)]
    public string? Country { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(PractitionerAddress);
}
