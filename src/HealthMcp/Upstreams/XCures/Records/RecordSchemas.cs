namespace HealthMcp.Upstreams.XCures.Records;

/// <summary>JSON Schemas of <c>data</c>. No field is required: each may be withheld.</summary>
internal static class RecordSchemas
{
    public const string One = """
        {"type":"object","properties":{
        "id":{"type":"string","description":"Handle (query_…) of the request, for get_record_requests."},
        "subjectId":{"type":"string","description":"Handle (subj_…) of the person."},
        "created":{"type":"string"},"userId":{"type":"string"},
        "ccdaStatus":{"type":"string","description":"How far documents are; ended: completed, exhausted, error."},
        "fhirStatus":{"type":"string","description":"The same of FHIR data."},
        "queryAttempts":{"type":"array"}}}
        """;

    public const string Requests = $$"""{"type":"array","items":{{One}}}""";
}
