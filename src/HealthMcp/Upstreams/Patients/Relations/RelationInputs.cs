using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Relations;

/// <summary>What every write about one patient says first.</summary>
internal abstract record RelationInput : WriteInput
{
    [Description("Handle of the patient (pt_…), from search_patients.")]
    [Handle("pt", "patients"), MaxLength(100)]
    public required string Patient { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => GetType().Name;
}

/// <summary>Arguments of <c>set_patient_alert</c>.</summary>
internal sealed record SetPatientAlertInput : RelationInput
{
    [Description("For a new alert: what it is, a handle (adef_…) from list_definitions with kind alert.")]
    [Handle("adef", "patients"), MaxLength(100)]
    public string? AlertDefinitionUuid { get; init; }

    [Description("The alert to change: its handle (alert_…) from list_patient_records with kind alerts.")]
    [Handle("alert", "patients"), MaxLength(100)]
    public string? AlertUuid { get; init; }

    [Description("Archives several alerts of the patient at once: their handles (alert_…), at most 50. Nothing else goes with it.")]
    [Handle("alert", "patients"), MinLength(1), MaxLength(50)]
    public IReadOnlyList<string>? AlertUuids { get; init; }

    [Description("patient shows it on this chart, family on the charts of all who share the guarantor.")]
    [AllowedValues("patient", "family")]
    public string? AlertScope { get; init; }

    [Description("true: shown as an urgent warning.")]
    public bool? IsUrgent { get; init; }

    [Description("Date on which it disables itself, YYYY-MM-DD.")]
    [Format("date")]
    public string? DisableOn { get; init; }

    [Description("Text of the alert. "
        + "{{pt_….field}} is filled in by the server with that patient's name, phone or other value that an earlier call read.")]
    [Fill, MaxLength(4000 - Authorship.Room)]
    public string? Note { get; init; }

    [Description("For an alert that is there: disabled hides it from the chart, archived ends it, active brings it back. "
        + "No other field with disabled or archived.")]
    [AllowedValues("active", "disabled", "archived")]
    public string? Status { get; init; }
}

/// <summary>Arguments of <c>log_communication</c>.</summary>
internal sealed record LogCommunicationInput : RelationInput
{
    [Description("When it took place, YYYY-MM-DDTHH:MM:SSZ. Not in the future.")]
    [Format("date-time")]
    public required string CommunicationDatetime { get; init; }

    [Description("How: phone, email, mail, in_person, text or fax.")]
    [AllowedValues("phone", "email", "mail", "in_person", "text", "fax")]
    public string? Mode { get; init; }

    [Description("sent from the practice, received by it, or neither.")]
    [AllowedValues("sent", "received", "neither")]
    public string? Direction { get; init; }

    [Description("What was said or written. "
        + "{{pt_….field}} is filled in by the server with that patient's name, phone or other value that an earlier call read.")]
    [Fill, MaxLength(10000 - Authorship.Room)]
    public string? Note { get; init; }

    [Description("Handle of the type of communication (ctype_…), from an earlier entry of the log.")]
    [Handle("ctype", "patients"), MaxLength(100)]
    public string? CommunicationTypeUuid { get; init; }

    [Description("Handle of the appointment that it was about (appt_…), from an earlier entry of the log.")]
    [Handle("appt", "patients"), MaxLength(100)]
    public string? AppointmentUuid { get; init; }
}

/// <summary>Arguments of <c>link_patients</c>.</summary>
internal sealed record LinkPatientsInput : RelationInput
{
    [Description("For a new relationship: handle of the other patient (pt_…).")]
    [Handle("pt", "patients"), MaxLength(100)]
    public string? ToPatientUuid { get; init; }

    [Description("The relationship to change or archive: its handle (rel_…) from list_patient_records with kind relationships.")]
    [Handle("rel", "patients"), MaxLength(100)]
    public string? RelationshipUuid { get; init; }

    [Description("What the first patient is to the other: patient is the parent of to_patient_uuid.")]
    [AllowedValues(
        "spouse", "life_partner", "parent", "child", "sibling", "guardian", "grandparent", "grandchild", "stepparent", "stepchild",
        "foster_child", "caregiver", "other_family")]
    public string? RelationshipType { get; init; }

    [Description("true: the first patient is the legal guardian of the other.")]
    public bool? IsGuardian { get; init; }

    [Description("Note on the relationship.")]
    [Fill, MaxLength(2000 - Authorship.Room)]
    public string? Note { get; init; }

    [Description("true: archives the relationship. No other field with it.")]
    public bool? Archive { get; init; }
}

/// <summary>Arguments of <c>record_attribution</c>.</summary>
internal sealed record RecordAttributionInput : RelationInput
{
    [Description("The attribution to change or archive: its handle (attr_…) from list_patient_records with kind referral-attributions.")]
    [Handle("attr", "patients"), MaxLength(100)]
    public string? AttributionUuid { get; init; }

    [Description("primary (first contact; one per patient), secondary (further contact) or assist (contributed). Needed for a new one.")]
    [AllowedValues("primary", "secondary", "assist")]
    public string? AttributionRole { get; init; }

    [Description("Source: a marketing source (source_…). Exactly one of the four sources for a new attribution; it cannot be changed later.")]
    [Handle("source", "patients"), MaxLength(100)]
    public string? ReferralSourceUuid { get; init; }

    [Description("Source: a referral partner (partner_…).")]
    [Handle("partner", "patients"), MaxLength(100)]
    public string? ReferralPartnerUuid { get; init; }

    [Description("Source: a provider of the practice (prov_…).")]
    [Handle("prov", "patients"), MaxLength(100)]
    public string? ProviderUuid { get; init; }

    [Description("Source: another patient (pt_…).")]
    [Handle("pt", "patients"), MaxLength(100)]
    public string? ReferringPatientUuid { get; init; }

    [Description("Note on how the patient came.")]
    [Fill, MaxLength(2000 - Authorship.Room)]
    public string? SourceNote { get; init; }

    [Description("true: archives the attribution. No other field with it.")]
    public bool? Archive { get; init; }
}

/// <summary>Arguments of <c>set_custom_fields</c>.</summary>
internal sealed record SetCustomFieldsInput : RelationInput
{
    [Description("The fields to set or to clear; those that are not named stay.")]
    [MinLength(1), MaxLength(100)]
    public required IReadOnlyList<CustomFieldInput> FieldValues { get; init; }
}

/// <summary>One custom field and its value.</summary>
internal sealed record CustomFieldInput
{
    [Description("Handle of the field (fdef_…), from list_definitions with kind field, or from list_patient_records with kind field-form.")]
    [Handle("fdef", "patients"), MaxLength(100)]
    public required string FieldDefinitionUuid { get; init; }

    [Description("The value as text, as the field's type wants it: a date as YYYY-MM-DD, a choice exactly as defined. Leave it out with clear.")]
    [MaxLength(10000)]
    public string? Value { get; init; }

    [Description("true: empties the field.")]
    public bool? Clear { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(CustomFieldInput);
}

/// <summary>Arguments of the tools about relations and notes; names are the vendor's, in snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SetPatientAlertInput))]
[JsonSerializable(typeof(LogCommunicationInput))]
[JsonSerializable(typeof(LinkPatientsInput))]
[JsonSerializable(typeof(RecordAttributionInput))]
[JsonSerializable(typeof(SetCustomFieldsInput))]
internal sealed partial class RelationsJson : JsonSerializerContext;
