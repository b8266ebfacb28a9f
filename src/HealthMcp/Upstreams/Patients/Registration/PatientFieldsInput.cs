using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Registration;

/// <summary>The fields of a patient's record that a create and an update share, named as in the vendor's contract.</summary>
internal abstract record PatientFieldsInput : WriteInput
{
    [Description("Middle name.")]
    [MaxLength(200)]
    public string? MiddleName { get; init; }

    [Description("Name the patient goes by.")]
    [MaxLength(200)]
    public string? PreferredName { get; init; }

    [Description("Form of address, e.g. Ms.")]
    [MaxLength(50)]
    public string? Salutation { get; init; }

    [Description("Title, e.g. Dr.")]
    [MaxLength(50)]
    public string? Title { get; init; }

    [Description("Date of birth, YYYY-MM-DD.")]
    [Format("date")]
    public string? DateOfBirth { get; init; }

    [Description("Administrative gender.")]
    [AllowedValues("female", "male", "non_binary", "other", "prefer_not_to_say", "unknown")]
    public string? Gender { get; init; }

    [Description("Pronoun.")]
    [AllowedValues("he_him", "she_her", "they_them", "other", "not_specified")]
    public string? Pronoun { get; init; }

    [Description("Marital status.")]
    [AllowedValues("single", "married", "domestic_partner", "separated", "divorced", "widowed", "other")]
    public string? MaritalStatus { get; init; }

    [Description("Preferred language, as a code or a word, e.g. en or Spanish.")]
    [MaxLength(50)]
    public string? PreferredLanguage { get; init; }

    [Description("The practice's chart number; no two patients may have the same.")]
    [MaxLength(100)]
    public string? ChartNumber { get; init; }

    [Description("Social security number.")]
    [MaxLength(20)]
    public string? SocialSecurityNumber { get; init; }

    [Description("Medicaid number.")]
    [MaxLength(50)]
    public string? MedicaidId { get; init; }

    [Description("E-mail address.")]
    [MaxLength(320)]
    public string? Email { get; init; }

    [Description("Mobile phone.")]
    [MaxLength(40)]
    public string? MobilePhone { get; init; }

    [Description("Home phone.")]
    [MaxLength(40)]
    public string? HomePhone { get; init; }

    [Description("Work phone.")]
    [MaxLength(40)]
    public string? WorkPhone { get; init; }

    [Description("First line of the street address.")]
    [MaxLength(300)]
    public string? AddressLine1 { get; init; }

    [Description("Second line of the street address.")]
    [MaxLength(300)]
    public string? AddressLine2 { get; init; }

    [Description("Note on the address, e.g. how to find the door.")]
    [MaxLength(2000 - Authorship.Room)]
    public string? AddressNote { get; init; }

    [Description("Town.")]
    [MaxLength(200)]
    public string? City { get; init; }

    [Description("State, two letters in the US.")]
    [MaxLength(50)]
    public string? State { get; init; }

    [Description("ZIP or postal code.")]
    [MaxLength(20)]
    public string? PostalCode { get; init; }

    [Description("Country, two letters, e.g. US.")]
    [MaxLength(50)]
    public string? Country { get; init; }

    [Description("Name of the person to call in an emergency.")]
    [MaxLength(200)]
    public string? EmergencyContactName { get; init; }

    [Description("Phone of the person to call in an emergency.")]
    [MaxLength(40)]
    public string? EmergencyContactPhone { get; init; }

    [Description("How the patient likes to be reached.")]
    [AllowedValues("phone", "text", "email", "mail", "none")]
    public string? PreferredContactMethod { get; init; }

    [Description("How appointments are confirmed.")]
    [AllowedValues("phone", "text", "email", "mail", "none")]
    public string? PreferredConfirmationMethod { get; init; }

    [Description("true: has agreed to receive e-mail.")]
    public bool? ReceivesEmail { get; init; }

    [Description("true: has agreed to receive text messages.")]
    public bool? ReceivesSms { get; init; }

    [Description("Bitmask of consent flags, as the practice's system defines them.")]
    [Range(0, 2147483647)]
    public int? ConsentFlags { get; init; }

    [Description("Whether allergies were asked about: not_reviewed, nkda (none known) or reviewed.")]
    [AllowedValues("not_reviewed", "nkda", "reviewed")]
    public string? AllergyReviewStatus { get; init; }

    [Description("true: needs antibiotic premedication before procedures.")]
    public bool? PremedicationRequired { get; init; }

    [Description("Urgent medical note, shown at the head of the chart.")]
    [MaxLength(4000 - Authorship.Room)]
    public string? MedicalUrgentNote { get; init; }

    [Description("Medical summary, free text.")]
    [MaxLength(20000 - Authorship.Room)]
    public string? MedicalSummary { get; init; }

    [Description("Notes on treatment, free text.")]
    [MaxLength(20000 - Authorship.Room)]
    public string? TreatmentNotes { get; init; }

    [Description("Note shown when appointments are made.")]
    [MaxLength(4000 - Authorship.Room)]
    public string? AppointmentModuleNote { get; init; }

    [Description("Minutes to come early, 0 to 120.")]
    [Range(0, 120)]
    public int? AskToArriveEarlyMins { get; init; }

    [Description("Date of the first visit, YYYY-MM-DD.")]
    [Format("date")]
    public string? DateFirstVisit { get; init; }

    [Description("Date and time of death, YYYY-MM-DDTHH:MM:SSZ. The status is changed with change_patient_status.")]
    [Format("date-time")]
    public string? DateTimeDeceased { get; init; }

    [Description("Day of the month on which bills are made, 1 to 31.")]
    [Range(1, 31)]
    public int? BillingCycleDay { get; init; }

    [Description("Handle of the primary provider (prov_…).")]
    [Handle("prov", "patients"), MaxLength(100)]
    public string? PrimaryProviderUuid { get; init; }

    [Description("Handle of the secondary provider (prov_…).")]
    [Handle("prov", "patients"), MaxLength(100)]
    public string? SecondaryProviderUuid { get; init; }

    [Description("Handle of the location (ploc_…).")]
    [Handle("ploc", "patients"), MaxLength(100)]
    public string? LocationUuid { get; init; }

    [Description("Handle of the patient who pays (pt_…), the guarantor.")]
    [Handle("pt", "patients"), MaxLength(100)]
    public string? ResponsiblePartyUuid { get; init; }

    [Description("Handle of the employer (emp_…).")]
    [Handle("emp", "patients"), MaxLength(100)]
    public string? EmployerUuid { get; init; }

    [Description("Handle of the fee schedule (fee_…).")]
    [Handle("fee", "patients"), MaxLength(100)]
    public string? FeeScheduleUuid { get; init; }

    [Description("Handle of the billing type (bill_…).")]
    [Handle("bill", "patients"), MaxLength(100)]
    public string? BillingTypeUuid { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => GetType().Name;
}
