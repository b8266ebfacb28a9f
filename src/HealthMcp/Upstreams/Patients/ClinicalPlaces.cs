using HealthMcp.Upstreams.Patients.Writing;

namespace HealthMcp.Upstreams.Patients;

/// <summary>The clinical records below a patient, as writes see them.</summary>
internal static class ClinicalPlaces
{
    public static readonly RecordPlace Vitals = new("set of vital signs", PatientsEndpoints.ListVitals, "vitals_uuid")
    {
        Get = PatientsEndpoints.GetVitals,
        FindOut = "read the patient's vital signs of that date",
        Words = ["note", "weight_code"],
        DecimalTexts = ["temperature_f", "weight_lbs", "height_inches", "bmi"],
    };
}
