namespace HealthMcp.Sandbox.Patients;

/// <summary>Request bodies as the contract prints them, but for those of the clinical records.</summary>
internal static class BodiesTable
{
    private const string Status = "active|archived|deceased|inactive|prospective";
    private const string Relationship = "caregiver|child|clone|foster_child|grandchild|grandparent|guardian|life_partner|merge|other_family|parent|sibling"
        + "|spouse|stepchild|stepparent";

    private const string PatientMembers = """
        address_line1 string
        address_line2 string
        address_note string
        allergy_review_status nkda|not_reviewed|reviewed
        appointment_module_note string
        ask_to_arrive_early_mins integer
        billing_cycle_day integer
        billing_type_uuid uuid
        chart_number string
        city string
        consent_flags integer
        country string
        date_first_visit date
        date_of_birth date
        date_time_deceased date-time
        email email
        emergency_contact_name string
        emergency_contact_phone string
        employer_uuid uuid
        fee_schedule_uuid uuid
        gender female|male|non_binary|other|prefer_not_to_say|unknown
        home_phone string
        location_uuid uuid
        marital_status divorced|domestic_partner|married|other|separated|single|widowed
        medicaid_id string
        medical_summary string
        medical_urgent_note string
        middle_name string
        mobile_phone string
        postal_code string
        preferred_confirmation_method email|mail|none|phone|text
        preferred_contact_method email|mail|none|phone|text
        preferred_language string
        preferred_name string
        premedication_required boolean
        primary_provider_uuid uuid
        pronoun he_him|not_specified|other|she_her|they_them
        receives_email boolean
        receives_sms boolean
        responsible_party_uuid uuid
        salutation string
        secondary_provider_uuid uuid
        social_security_number string
        state string
        title string
        treatment_notes string
        work_phone string
        """;

    public static readonly IReadOnlyList<BodyRule> CreatePatient =
        BodyRule.Table($"first_name! string\nlast_name! string\nbilling_account object\nstatus {Status}\n{PatientMembers}");

    public static readonly IReadOnlyList<BodyRule> UpdatePatient =
        BodyRule.Table($"base_version! integer\nfirst_name string\nlast_name string\n{PatientMembers}");

    public static readonly IReadOnlyList<BodyRule> Transition = BodyRule.Table($"base_version! integer\nnew_status! {Status}");

    public static readonly IReadOnlyList<BodyRule> Bulk = BodyRule.Table("meta object\nrows! objects");

    public static readonly IReadOnlyList<BodyRule> Duplicates =
        BodyRule.Table("last_name! string\ndate_of_birth date\nemail string\nmobile_phone string\nsocial_security_number string");

    public static readonly IReadOnlyList<BodyRule> CreateAlert =
        BodyRule.Table("alert_definition_uuid! uuid\nalert_scope patient|family\ndisable_on date\nis_urgent boolean\nnote string");

    public static readonly IReadOnlyList<BodyRule> UpdateAlert = BodyRule.Table(
        "base_version! integer\nalert_scope patient|family\ndate_disabled date-time\ndisable_on date\nis_urgent boolean\nnote string\n"
        + "status active|disabled|archived");

    public static readonly IReadOnlyList<BodyRule> Version = BodyRule.Table("base_version! integer");

    public static readonly IReadOnlyList<BodyRule> DismissAlerts = BodyRule.Table("alert_uuids! uuids");

    public static readonly IReadOnlyList<BodyRule> CreateCommunication = BodyRule.Table(
        "communication_datetime! date-time\nappointment_uuid uuid\ncommunication_type_uuid uuid\ndirection sent|received|neither\n"
        + "mode phone|email|mail|in_person|text|fax\nnote string");

    public static readonly IReadOnlyList<BodyRule> CreateRelationship =
        BodyRule.Table($"relationship_type! {Relationship}\nto_patient_uuid! uuid\nis_guardian boolean\nnote string");

    public static readonly IReadOnlyList<BodyRule> UpdateRelationship =
        BodyRule.Table($"base_version! integer\nrelationship_type {Relationship}\nis_guardian boolean\nnote string");

    public static readonly IReadOnlyList<BodyRule> CreateAttribution = BodyRule.Table(
        "attribution_role assist|primary|secondary\nprovider_uuid uuid\nreferral_partner_uuid uuid\nreferral_source_uuid uuid\nreferring_patient_uuid uuid\n"
        + "source_note string");

    public static readonly IReadOnlyList<BodyRule> UpdateAttribution =
        BodyRule.Table("base_version! integer\nattribution_role assist|primary|secondary\nsource_note string");

    public static readonly IReadOnlyList<BodyRule> FieldValues = BodyRule.Table("fields! objects");

    public static IReadOnlyList<BodyRule> CreateDefinition(string kind) => Definitions[kind];

    public static IReadOnlyList<BodyRule> UpdateDefinition(string kind) =>
        [.. Definitions[kind].Select(rule => rule with { Required = false }), .. Version];

    private static readonly Dictionary<string, IReadOnlyList<BodyRule>> Definitions = new(StringComparer.Ordinal)
    {
        ["alert"] = BodyRule.Table(
            "name! string\ncategory string\ndefault_is_urgent boolean\ndefault_scope patient|family\ndescription string\nitem_order integer"),
        ["field"] = BodyRule.Table("name! string\nfield_type! string\ndescription string\ndropdown_options strings\nis_required boolean\nitem_order integer"),
        ["tag"] = BodyRule.Table("name! string\ncategory string\ncolor string\ndescription string\nitem_order integer"),
    };
}
