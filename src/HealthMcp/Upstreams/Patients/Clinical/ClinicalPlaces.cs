using HealthMcp.Upstreams.Patients.Writing;

namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>The clinical records below a patient, as writes see them.</summary>
internal static class ClinicalPlaces
{
    public static readonly RecordPlace Vitals = new("set of vital signs", ClinicalEndpoints.ListVitals, "vitals_uuid")
    {
        Get = ClinicalEndpoints.GetVitals,
        FindOut = "call get_vitals for this patient and that date",
        Words = ["note", "weight_code"],
        Texts = ["note"],
        Note = "note",
        DecimalTexts = ["temperature_f", "weight_lbs", "height_inches", "bmi"],
        Judged = ["abnormal_flags", "is_procedure_blocking"],
    };

    public static readonly RecordPlace Allergy = new("allergy", ClinicalEndpoints.ListAllergies, "allergy_uuid")
    {
        FindOut = "call list_patient_records with kind allergies for this patient",
        Words = ["reaction", "severity", "snomed_reaction"],
        OnlyOnCreate = ["interaction_warnings"],
    };

    public static readonly RecordPlace Problem = new("problem", ClinicalEndpoints.ListProblems, "disease_uuid")
    {
        FindOut = "call list_patient_records with kind diseases for this patient",
        Words = ["patient_note", "snomed_problem_type"],
        Texts = ["patient_note"],
        Note = "patient_note",
    };

    public static readonly RecordPlace Medication = new("medication", ClinicalEndpoints.ListMedications, "medication_uuid")
    {
        FindOut = "call list_patient_records with kind medications for this patient",
        Words = ["dosage", "frequency", "route", "rx_cui", "med_descript", "patient_note", "discontinuation_reason"],
        Texts = ["patient_note", "discontinuation_reason"],
        Note = "patient_note",
        OnlyOnCreate = ["interaction_warnings"],
    };
}
