using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures.Subjects;

/// <summary>What the contract lets one write of a subject, but for the two names, which a create needs and a change does not.</summary>
internal abstract record SubjectFields
{
    [Description("Middle name or initial.")]
    [MinLength(1), MaxLength(200)]
    public string? MiddleName { get; init; }

    [Description("E-mail address.")]
    [RegularExpression(@"^[^\s@]+@[^\s@]+$"), MaxLength(254)]
    public string? Email { get; init; }

    [Description("Date of birth, YYYY-MM-DD. Record networks match by it, so leave it out only where nobody knows it.")]
    [Format("date")]
    public string? BirthDate { get; init; }

    [Description("Date of death, YYYY-MM-DD.")]
    [Format("date")]
    public string? DeathDate { get; init; }

    [Description("M or F.")]
    [AllowedValues("M", "F")]
    public string? Gender { get; init; }

    [Description("Street and number.")]
    [MinLength(1), MaxLength(200)]
    public string? AddressLine1 { get; init; }

    [Description("Apartment, unit.")]
    [MinLength(1), MaxLength(200)]
    public string? AddressLine2 { get; init; }

    [MinLength(1), MaxLength(100), Description("Town.")]
    public string? AddressCity { get; init; }

    [Description("State as two letters, e.g. OH.")]
    [RegularExpression("^[A-Za-z]{2}$")]
    public string? AddressState { get; init; }

    [Description("ZIP code of 5 or 9 digits, e.g. 45011 or 45011-1234. Record networks match by it.")]
    [RegularExpression(@"^\d{5}(-?\d{4})?$")]
    public string? AddressPostalCode { get; init; }

    [Description("Telephone, e.g. 555-123-4567.")]
    [RegularExpression(@"^\+?[\d\s().-]{7,30}$")]
    public string? PhoneNumber { get; init; }

    [Description("Numbers of this person in other systems, such as a hospital's record number. The whole list.")]
    [MaxLength(20)]
    public IReadOnlyList<ExternalIdentifierInput>? ExternalIdentifiers { get; init; }

    [Description("Labels to find subjects by, e.g. consented. No names or numbers of persons. The whole list.")]
    [MaxLength(50)]
    public IReadOnlyList<string>? Labels { get; init; }

    [Description("Other names, such as a maiden name. The whole list.")]
    [MaxLength(10)]
    public IReadOnlyList<AdditionalNameInput>? AdditionalNames { get; init; }

    [Description("Former or second addresses. The whole list.")]
    [MaxLength(10)]
    public IReadOnlyList<AdditionalAddressInput>? AdditionalAddresses { get; init; }

    [Description("Values of the project's own tags. The whole list.")]
    [MaxLength(50)]
    public IReadOnlyList<SubjectTagInput>? Tags { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public sealed override string ToString() => nameof(SubjectFields);
}

/// <summary>A subject to be created.</summary>
internal sealed record NewSubject : SubjectFields
{
    [Description("UUID for the new record, made by you at random. With it, the same call can be repeated without making a second record. "
        + "Default: the server makes one for each confirmed write.")]
    [Format("uuid"), JsonPropertyOrder(-3)]
    public string? Id { get; init; }

    [Description("First name.")]
    [MinLength(1), MaxLength(200), JsonPropertyOrder(-2)]
    public required string FirstName { get; init; }

    [Description("Last name.")]
    [MinLength(1), MaxLength(200), JsonPropertyOrder(-1)]
    public required string LastName { get; init; }
}

/// <summary>What is to be different about a subject.</summary>
internal sealed record SubjectChanges : SubjectFields
{
    [Description("First name.")]
    [MinLength(1), MaxLength(200), JsonPropertyOrder(-2)]
    public string? FirstName { get; init; }

    [Description("Last name.")]
    [MinLength(1), MaxLength(200), JsonPropertyOrder(-1)]
    public string? LastName { get; init; }
}
