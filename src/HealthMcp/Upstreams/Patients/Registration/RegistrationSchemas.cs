namespace HealthMcp.Upstreams.Patients.Registration;

/// <summary>JSON Schemas of <c>data</c> of the tools that change patients.</summary>
internal static class RegistrationSchemas
{
    public const string Changed = """
        {"type":["object","null"],"properties":{
        "changes":{"type":"array","items":{"type":"string"},"description":"Names of the fields that change."},
        "before":{"type":"object","description":"The record as it was seen."},
        "after":{"type":"object","description":"The record as it will be, or as it was stored."},
        "now":{"type":"object","description":"Only in a conflict: the record as somebody else left it."}}}
        """;

    public const string Import = """
        {"type":["object","null"],"properties":{
        "total":{"type":"integer"},"created":{"type":"integer"},"failed":{"type":"integer"},"skipped":{"type":"integer"},
        "updated":{"type":"integer"},"validated":{"type":"integer"},
        "results":{"type":"array","items":{"type":"object","properties":{
        "row":{"type":"integer","description":"Number of the row as it was sent, from 1; in the preview."},
        "status":{"type":"string","description":"In the preview ready or possible_duplicate; afterwards the API's own word."},
        "id":{"type":"string","description":"Handle (pt_…) of the new patient, where the API says it."}}}}}}
        """;
}
