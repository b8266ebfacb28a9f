namespace HealthMcp.Upstreams.Patients.People;

/// <summary>
/// JSON Schemas of <c>data</c>. They name the fields an agent will look for and require none: each may be withheld, or left out by
/// <c>fields</c>.
/// </summary>
internal static class PeopleSchemas
{
    private const string PatientFields = """
        "id":{"type":"string","description":"Handle (pt_…) that other Patients tools take."},
        "first_name":{"type":"string"},"last_name":{"type":"string"},"preferred_name":{"type":"string"},
        "date_of_birth":{"type":"string","description":"YYYY-MM-DD, or the year where days are withheld."},
        "gender":{"type":"string"},"status":{"type":"string"},"chart_number":{"type":"string"},
        "city":{"type":"string"},"state":{"type":"string"},"postal_code":{"type":"string"},
        "primary_provider":{"type":"object","description":"uuid is a handle (prov_…)."},
        "location":{"type":"object","description":"uuid is a handle (ploc_…)."},
        "scheduling_restricted":{"type":"boolean"},"balance_total":{"type":"string"},
        "potential_duplicates":{"type":"array","items":{"type":"object"}},
        "version":{"type":"integer"},"created_at":{"type":"string"},"updated_at":{"type":"string"}
        """;

    public const string Patient = """{"type":["object","null"],"properties":{""" + PatientFields + "}}";

    public const string Patients = """{"type":"array","items":""" + Patient + "}";

    public const string Summary = """
        {"type":"object","properties":{
        "summary":{"type":["object","null"],"description":"allergy_review_status, medical_urgent_note, premedication_required, latest_vitals, patient."},
        "active_problems":{"type":"array","items":{"type":"object"}},"allergies":{"type":"array","items":{"type":"object"}},
        "current_medications":{"type":"array","items":{"type":"object"}},"past_medications":{"type":"array","items":{"type":"object"}},
        "alerts":{"type":"array","items":{"type":"object"}},"social_history":{"type":"array","items":{"type":"object"}}}}
        """;

    public const string Records = """
        {"type":"array","items":{"type":"object","properties":{
        "id":{"type":"string","description":"Handle of the record, for the tools that change records of this kind."},
        "status":{"type":"string"},"note":{"type":"string"},"version":{"type":"integer"},
        "created_at":{"type":"string"},"updated_at":{"type":"string"}}}}
        """;

    public const string Counts = """
        {"type":["object","null"],"properties":{
        "items":{"type":"array","items":{"type":"object"},"description":"One row per location, with a handle (ploc_…) and the number of patients."},
        "total":{"type":"integer"},"excluded_count":{"type":"integer","description":"Patients that match but stand under no active location."},
        "status_set":{"type":"array","items":{"type":"string"}},"date_from":{"type":["string","null"]},"date_to":{"type":["string","null"]}}}
        """;
}
