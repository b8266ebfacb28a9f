namespace HealthMcp.Upstreams.PhenoML.Fhir;

/// <summary>JSON Schemas of answers.</summary>
internal static class LanguageSchemas
{
    public const string Resource = """{"type":"object","description":"One FHIR R4 resource","properties":{"resourceType":{"type":"string"}}}""";

    public const string Multi = """
        {"type":"object","properties":{"success":{"type":"boolean"},"message":{"type":"string"},
        "bundle":{"type":"object","description":"FHIR transaction Bundle","properties":{"resourceType":{"type":"string"}}},
        "resources":{"type":"array","description":"From which words of the text each entry was made","items":{"type":"object","properties":{
        "tempId":{"type":"string"},"resourceType":{"type":"string"},"description":{"type":"string"},"originalText":{"type":"string"}}}},
        "validation":{"type":["object","null"]},
        "page_classifications":{"type":"array","items":{"type":"object","properties":{"page_number":{"type":"integer"},"include":{"type":"boolean"}}}}}}
        """;

    public const string Change = """
        {"type":"object","properties":{"action":{"type":"string"},"resource_type":{"type":"string"},"elements":{"type":"array","items":{"type":"string"}},
        "entries":{"type":"integer"},"characters":{"type":"integer"},"before":{"type":"object"},"after":{"type":"object"},
        "resources":{"type":"array","items":{"type":"object"}}}}
        """;

    public const string Profile = """
        {"type":"object","properties":{"message":{"type":"string"},"id":{"type":"string","description":"Give this as resource to lang2fhir_create"},
        "type":{"type":"string"},"url":{"type":"string"},"implementation_guide":{"type":"string"},"elements":{"type":"integer"}}}
        """;
}
