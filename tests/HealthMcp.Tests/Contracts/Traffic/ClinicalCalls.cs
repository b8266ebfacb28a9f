namespace HealthMcp.Tests.Contracts.Traffic;

/// <summary>Calls that reach the operations on vital signs, allergies, problems and medications of the patient that is kept as patient.</summary>
internal static class ClinicalCalls
{
    private const string One = "/api/v1/{org_id}/patients/{patient_uuid}";

    public static readonly IReadOnlyList<CallStep> All =
    [
        new("get_vitals", """{"patient":"<patient>"}""") { Keep = [("reading", "data.readings.0.id")] },
        new("get_vitals", """{"patient":"<patient>","view":"trend","date_from":"2022-01-01","date_to":"2024-12-31"}"""),
        new("get_vitals", """{"patient":"<patient>","vitals_uuid":"<reading>"}"""),
        new("record_vitals", """{"patient":"<patient>","date_taken":"2024-03-04","time_taken":"08:30","weight_kg":70,"height_cm":175,"note":"scale"}""")
        {
            Keep = [("vitals", "data.id")],
        },
        new("correct_vitals", """{"patient":"<patient>","vitals_uuid":"<vitals>","weight_kg":71.4,"time_taken":"08:45"}"""),
        new("correct_vitals", """{"patient":"<patient>","vitals_uuid":"<vitals>","weight_kg":71.6}""")
        {
            LosesAnswerOf = $"PATCH {One}/vital-signs/{{vitals_uuid}}",
        },
        Archive("vital-signs", "vitals"),
        new("record_allergy", """
            {"patient":"<patient>","allergy_definition":"Penicillin","reaction":"Hives","severity":"mild","date_adverse_reaction":"2020-05-06"}
            """) { LosesAnswerOf = $"POST {One}/allergies", Keep = [("allergy", "data.id")] },
        new("record_allergy", """{"patient":"<patient>","allergy_definition":"Iodinated contrast media","severity":"severe"}"""),
        new("update_allergy", """{"patient":"<patient>","allergy_uuid":"<allergy>","severity":"severe","status_is_active":false}"""),
        Archive("allergies", "allergy"),
        new("record_problem", """
            {"patient":"<patient>","disease_definition":"Essential (primary) hypertension","date_start":"2020-05-06","problem_status":"active"}
            """) { LosesAnswerOf = $"POST {One}/diseases", Keep = [("problem", "data.id")] },
        new("record_problem", """{"patient":"<patient>","disease_definition":"Hypothyroidism, unspecified","patient_note":"second entry"}"""),
        new("update_problem", """{"patient":"<patient>","disease_uuid":"<problem>","problem_status":"resolved","date_stop":"2021-01-02"}"""),
        Archive("diseases", "problem"),
        new("record_medication", """
            {"patient":"<patient>","med_descript":"Vitamin D3","dosage":"1000 IU","frequency":"once daily","route":"oral","date_start":"2020-05-06"}
            """) { LosesAnswerOf = $"POST {One}/medications", Keep = [("medication", "data.id")] },
        new("record_medication", """{"patient":"<patient>","medication_definition":"Lisinopril 10 MG Oral Tablet","dosage":"10 mg","rx_cui":"314076"}"""),
        new("update_medication", """
            {"patient":"<patient>","medication_uuid":"<medication>","status":"discontinued","date_stop":"2021-01-02","discontinuation_reason":"not needed"}
            """),
        Archive("medications", "medication"),
    ];

    private static CallStep Archive(string kind, string name) =>
        new("archive_patient_record", $$"""{"patient":"<patient>","kind":"{{kind}}","record":"<{{name}}>"}""");
}
