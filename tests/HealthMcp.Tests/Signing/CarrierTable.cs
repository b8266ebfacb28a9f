namespace HealthMcp.Tests.Signing;

/// <summary>How what a tool writes says that an AI wrote it.</summary>
internal enum Carrier
{
    /// <summary>At the end of a text.</summary>
    Text,

    /// <summary>AIAST in meta.security of the resource.</summary>
    Label,

    /// <summary>The label, and a Provenance beside the resource.</summary>
    LabelAndProvenance,

    /// <summary>A Provenance alone: the resource is made elsewhere.</summary>
    Provenance,

    /// <summary>Not at all, and the answer says why.</summary>
    None,
}

/// <summary>A row for every tool that writes. A new one without a row fails.</summary>
internal static class CarrierTable
{
    private const string Setting = "it is a setting of PhenoML";
    private const string NoText = "writes no text";

    /// <summary>By tool: how, and the field of the text, or a part of the reason.</summary>
    public static readonly IReadOnlyDictionary<string, (Carrier Carrier, string Where)> Rows = new Dictionary<string, (Carrier, string)>(StringComparer.Ordinal)
    {
        ["create_patient"] = (Carrier.None, "no free text of the record is written"),
        ["update_patient"] = (Carrier.None, "no free text of the record is written"),
        ["change_patient_status"] = (Carrier.None, NoText),
        ["import_patients"] = (Carrier.None, "what is imported has no free text"),
        ["record_vitals"] = (Carrier.Text, "note"),
        ["correct_vitals"] = (Carrier.None, "no free text of the record is written"),
        ["record_allergy"] = (Carrier.None, "an allergy has no"),
        ["update_allergy"] = (Carrier.None, "an allergy has no"),
        ["record_medication"] = (Carrier.Text, "patient_note"),
        ["update_medication"] = (Carrier.Text, "discontinuation_reason"),
        ["record_problem"] = (Carrier.Text, "patient_note"),
        ["update_problem"] = (Carrier.None, "no free text of the record is written"),
        ["archive_patient_record"] = (Carrier.None, NoText),
        ["set_patient_alert"] = (Carrier.Text, "note"),
        ["log_communication"] = (Carrier.Text, "note"),
        ["link_patients"] = (Carrier.Text, "note"),
        ["record_attribution"] = (Carrier.Text, "source_note"),
        ["set_custom_fields"] = (Carrier.None, "a value of its own type"),
        ["save_definition"] = (Carrier.Text, "description"),
        ["archive_definition"] = (Carrier.None, NoText),

        ["create_subjects"] = (Carrier.None, "a subject has no free text"),
        ["update_subject"] = (Carrier.None, "a subject has no free text"),
        ["request_records"] = (Carrier.None, "has no text"),
        ["upload_document"] = (Carrier.Text, "documentName"),
        ["update_document"] = (Carrier.Text, "documentName"),
        ["publish_document"] = (Carrier.None, NoText),
        ["unpublish_document"] = (Carrier.None, NoText),
        ["evaluate_checklist"] = (Carrier.None, "xCures itself writes"),
        ["submit_checklist_feedback"] = (Carrier.Text, "comment"),
        ["create_application"] = (Carrier.None, "no free text"),
        ["resend_application_invite"] = (Carrier.None, "no free text"),

        ["drcloud_save_practitioner"] = (Carrier.Label, "no Provenance"),

        ["provider_fhir_write"] = (Carrier.LabelAndProvenance, "meta.security"),
        ["provider_fhir_bundle"] = (Carrier.LabelAndProvenance, "meta.security"),
        ["store_fhir_from_text"] = (Carrier.Provenance, "names the AI as author"),
        ["submit_code_feedback"] = (Carrier.Text, "detail"),
        ["chat_with_agent"] = (Carrier.None, "PhenoML writes"),
        ["run_workflow"] = (Carrier.None, "PhenoML writes"),
        ["upload_code_system"] = (Carrier.None, Setting),
        ["delete_code_system"] = (Carrier.None, Setting),
        ["upload_fhir_profile"] = (Carrier.None, Setting),
        ["save_summary_template"] = (Carrier.None, Setting),
        ["delete_summary_template"] = (Carrier.None, Setting),
        ["save_agent"] = (Carrier.None, Setting),
        ["delete_agent"] = (Carrier.None, Setting),
        ["save_prompt"] = (Carrier.None, Setting),
        ["delete_prompt"] = (Carrier.None, Setting),
        ["save_workflow"] = (Carrier.None, Setting),
        ["delete_workflow"] = (Carrier.None, Setting),
        ["save_fhir_provider"] = (Carrier.None, Setting),
        ["delete_fhir_provider"] = (Carrier.None, Setting),
        ["change_fhir_provider_auth"] = (Carrier.None, Setting),
        ["register_mcp_server"] = (Carrier.None, Setting),
        ["remove_mcp_server"] = (Carrier.None, Setting),
        ["remove_mcp_server_tool"] = (Carrier.None, Setting),
    };
}
