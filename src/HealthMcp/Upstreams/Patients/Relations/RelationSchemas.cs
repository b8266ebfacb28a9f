namespace HealthMcp.Upstreams.Patients.Relations;

/// <summary>JSON Schemas of <c>data</c>: a new record by itself, a change as before and after.</summary>
internal static class RelationSchemas
{
    public const string Written = """
        {"type":["object","null"],"properties":{
        "id":{"type":"string","description":"Handle of the record that was made."},
        "patient":{"type":"object"},"status":{"type":"string"},"version":{"type":"integer"},"created_at":{"type":"string"},
        "changes":{"type":"array","items":{"type":"string"},"description":"For a change: names of the fields."},
        "before":{"type":"object","description":"For a change: the record as it was seen."},
        "after":{"type":"object","description":"For a change: the record as it will be, or as it was stored."},
        "now":{"type":"object","description":"Only in a conflict: the record as somebody else left it."},
        "items":{"type":"array","items":{"type":"object"},"description":"Where several records are written at once."}}}
        """;
}
