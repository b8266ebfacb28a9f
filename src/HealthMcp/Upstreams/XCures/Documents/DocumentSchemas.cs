namespace HealthMcp.Upstreams.XCures.Documents;

/// <summary>JSON Schemas of <c>data</c>. They require no field: each may be withheld, or left out by <c>fields</c>.</summary>
internal static class DocumentSchemas
{
    private const string Properties = """
        "id":{"type":"string","description":"Handle (doc_…) that the document tools take."},
        "subjectId":{"type":"string"},"source":{"type":"string","description":"fhir, ccda, box, userUpload or patientFhir."},
        "documentName":{"type":"string"},"documentLocation":{"type":"string"},"documentDate":{"type":"string"},
        "fileName":{"type":"string"},"contentType":{"type":"string"},"informationTypes":{"type":"array","items":{"type":"string"}},
        "created":{"type":"string"},"updated":{"type":"string"}
        """;

    public const string Document = $$"""{"type":["object","null"],"properties":{ {{Properties}} } }""";

    public const string Documents = $$"""{"type":"array","items":{"type":"object","properties":{ {{Properties}} } } }""";

    public const string Content = $$"""
        {"type":"object","properties":{
        "document":{{Document}},
        "header":{"type":["object","null"],"description":"Of a C-CDA: its title and date, and the people and places that it names.","properties":{
        "title":{"type":"string"},"date":{"type":"string"} } },
        "parts":{"type":"array","description":"What it says, in order.","items":{"type":"object","properties":{
        "part":{"type":"integer"},"title":{"type":"string"},"code":{"type":"string","description":"LOINC code of a C-CDA section."},"text":{"type":"string"} } } },
        "resources":{"type":"array","items":{"type":"object"},"description":"FHIR R4 resources, where the file is FHIR JSON."},
        "file":{"type":["object","null"],"properties":{"contentType":{"type":"string"},"bytes":{"type":"integer"},
        "data":{"type":"string","description":"The file as base64; at the identified level only."} } } } }
        """;

    /// <summary>What a write changes.</summary>
    public const string Change = $$"""
        {"type":"object","properties":{
        "changed":{"type":"array","items":{"type":"string"},"description":"Fields that get another value."},
        "before":{{Document}},"after":{{Document}},"document":{{Document}} } }
        """;

    public const string Publication = $$"""{"type":"object","properties":{"document":{{Document}},"template":{"type":["object","null"]} } }""";

    public const string Templates = """
        {"type":"array","items":{"type":"object","properties":{
        "id":{"type":"string","description":"Handle (tmpl_…) for publish_document."},
        "name":{"type":"string"},"title":{"type":"string"},"displayName":{"type":"string"},"loincCode":{"type":"string"}}}}
        """;
}
