namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>JSON Schemas of <c>data</c> about allergies, problems and medications. They require nothing: each field may be withheld.</summary>
internal static class ClinicalSchemas
{
    private const string Reference = """
        {"type":"object","properties":{"uuid":{"type":"string","description":"Handle."},"name":{"type":"string"}}}
        """;

    private const string Interactions = """
        {"type":"array","items":{"type":"object"},"description":"Drug-allergy interactions; said once, in the answer to the write."}
        """;

    public const string Allergy = $$"""
        {"type":"object","properties":{"id":{"type":"string","description":"Handle (allergy_…)."},"allergy_definition":{{Reference}},
        "reaction":{"type":"string"},"severity":{"type":"string"},"snomed_reaction":{"type":"string"},"date_adverse_reaction":{"type":"string"},
        "status_is_active":{"type":"boolean"},"interaction_warnings":{{Interactions}},"version":{"type":"integer"} } }
        """;

    public const string Problem = $$"""
        {"type":"object","properties":{"id":{"type":"string","description":"Handle (problem_…)."},"disease_definition":{{Reference}},
        "problem_status":{"type":"string"},"function_status":{"type":"string"},"date_start":{"type":"string"},"date_stop":{"type":"string"},
        "patient_note":{"type":"string"},"snomed_problem_type":{"type":"string"},"version":{"type":"integer"} } }
        """;

    public const string Medication = $$"""
        {"type":"object","properties":{"id":{"type":"string","description":"Handle (med_…)."},"medication_definition":{{Reference}},
        "med_descript":{"type":"string"},"rx_cui":{"type":"string"},"dosage":{"type":"string"},"frequency":{"type":"string"},"route":{"type":"string"},
        "status":{"type":"string"},"date_start":{"type":"string"},"date_stop":{"type":"string"},"discontinuation_reason":{"type":"string"},
        "provider":{{Reference}},"interaction_warnings":{{Interactions}},"version":{"type":"integer"} } }
        """;

    /// <summary>An update of a record of this schema: before and after; with a conflict, before and now.</summary>
    public static string Change(string record) =>
        $$$"""{"type":"object","properties":{"before":{{{record}}},"after":{{{record}}},"now":{"type":"object","description":"""
        + "\"Only when somebody else was faster: the record as it stands; nothing was written.\"}}}";
}
