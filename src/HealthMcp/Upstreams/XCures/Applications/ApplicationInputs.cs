using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures.Applications;

/// <summary>Arguments of <c>get_application</c>.</summary>
internal sealed record GetApplicationInput : ToolInput
{
    [Description("Handle of the application (app_…), from create_application.")]
    [Handle("app", "xcures"), MaxLength(100)]
    public required string Id { get; init; }
}

/// <summary>Arguments of <c>resend_application_invite</c>.</summary>
internal sealed record ResendApplicationInviteInput : WriteInput, IWebhooks
{
    [Description("Handle of the application (app_…), from create_application.")]
    [Handle("app", "xcures"), MaxLength(100)]
    public required string Id { get; init; }

    [Description(Webhooks.OnConsent)]
    [Format("uri"), MaxLength(500)]
    public string? OnConsentWebhookUrl { get; init; }

    [Description(Webhooks.OnIdentityValidation)]
    [Format("uri"), MaxLength(500)]
    public string? OnIdentityValidationWebhookUrl { get; init; }

    [Description(Webhooks.OnQueryResult)]
    [Format("uri"), MaxLength(500)]
    public string? OnQueryResultWebhookUrl { get; init; }
}

/// <summary>Arguments of <c>create_application</c>.</summary>
internal sealed record CreateApplicationInput : WriteInput, IWebhooks
{
    [Description("UUID for the new application, made by you at random; with it you can look the application up yourself. Default: the server makes one.")]
    [Format("uuid")]
    public string? Id { get; init; }

    [Description("First name of the applicant.")]
    [MinLength(1), MaxLength(200)]
    public required string FirstName { get; init; }

    [Description("Middle name or initial.")]
    [MinLength(1), MaxLength(200)]
    public string? MiddleName { get; init; }

    [Description("Last name of the applicant.")]
    [MinLength(1), MaxLength(200)]
    public required string LastName { get; init; }

    [Description("Date of birth, YYYY-MM-DD.")]
    [Format("date")]
    public required string BirthDate { get; init; }

    [Description("Street and number.")]
    [MinLength(1), MaxLength(200)]
    public string? AddressLine1 { get; init; }

    [Description("Apartment, unit.")]
    [MinLength(1), MaxLength(200)]
    public string? AddressLine2 { get; init; }

    [Description("Town.")]
    [MinLength(1), MaxLength(100)]
    public string? AddressCity { get; init; }

    [Description("State as two letters, e.g. OH.")]
    [RegularExpression("^[A-Za-z]{2}$")]
    public string? AddressState { get; init; }

    [Description("ZIP code of 5 or 9 digits, e.g. 45011.")]
    [RegularExpression(@"^\d{5}(-?\d{4})?$")]
    public required string AddressPostalCode { get; init; }

    [Description("male, female or unknown.")]
    [AllowedValues("male", "female", "unknown")]
    public required string SexAtBirth { get; init; }

    [Description("E-mail address of the applicant: the question for consent goes there at once.")]
    [RegularExpression(@"^[^\s@]+@[^\s@]+$"), MaxLength(254)]
    public required string EmailAddress { get; init; }

    [Description("Telephone, e.g. 555-123-4567.")]
    [RegularExpression(@"^\+?[\d\s().-]{7,30}$")]
    public string? PhoneNumber { get; init; }

    [Description("Cohort that the person is to join: its UUID, or its handle (cohort_…).")]
    [Handle("cohort", "xcures"), MaxLength(100)]
    public string? CohortId { get; init; }

    [Description(Webhooks.OnConsent)]
    [Format("uri"), MaxLength(500)]
    public string? OnConsentWebhookUrl { get; init; }

    [Description(Webhooks.OnIdentityValidation)]
    [Format("uri"), MaxLength(500)]
    public string? OnIdentityValidationWebhookUrl { get; init; }

    [Description(Webhooks.OnQueryResult)]
    [Format("uri"), MaxLength(500)]
    public string? OnQueryResultWebhookUrl { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(CreateApplicationInput);
}
