namespace HealthMcp.Tests.Contracts.Traffic;

/// <summary>Calls that between them reach every endpoint of Patients, as one script.</summary>
internal static class PatientsCalls
{
    public static readonly IReadOnlyList<CallStep> All =
    [
        new("record_vitals", """
            {"patient_lookup":{"first_name":"Marissa","last_name":"Jones","date_of_birth":"1971-06-29"},"date_taken":"2024-03-02","pulse":71}
            """) { LosesAnswerOf = "POST /api/v1/{org_id}/patients/{patient_uuid}/vital-signs", Keep = [("patient", "data.patient.uuid")] },
        new("record_vitals", """{"patient":"<patient>","date_taken":"2024-03-03","pulse":72}"""),
        .. ClinicalCalls.All,
        .. PeopleCalls.All,
    ];
}
