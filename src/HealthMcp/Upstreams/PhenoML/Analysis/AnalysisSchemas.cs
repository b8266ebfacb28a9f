namespace HealthMcp.Upstreams.PhenoML.Analysis;

/// <summary>JSON Schemas of what the tools about analysis answer.</summary>
internal static class AnalysisSchemas
{
    public const string Cohort = """
        {"type":"object","properties":{
        "queries":{"type":"array","items":{"type":"object","properties":{"resource_type":{"type":"string"},"concept":{"type":"string"},
        "exclude":{"type":"boolean","description":"true: who matches does not belong to the cohort"},"search_params":{"type":"string"},
        "parameters":{"type":"array","items":{"type":"object","properties":{"parameter":{"type":"string"},"modifier":{"type":"string"},
        "comparator":{"type":"string"},"code":{"type":"string"},"date":{"type":"string"},"birth":{"type":"string"},"quantity":{"type":"string"},
        "other":{"type":"string"}}}}}}},
        "patients":{"type":"array","items":{"type":"object","properties":{"id":{"type":"string"}}}}}}
        """;

    public const string Summary = """
        {"type":["object","null"],"properties":{"summary":{"type":"string"},
        "warnings":{"type":"array","items":{"type":"string"}}}}
        """;

    public const string Omop = """
        {"type":"object","properties":{"summary":{"type":["object","null"],"properties":{"codes_already_standard":{"type":"integer"},
        "codes_normalized":{"type":"integer"},"codes_unmapped":{"type":"integer"},"off_vocab_rate":{"type":"number"},"vocab_version":{"type":"string"}}},
        "mappings":{"type":"array","items":{"type":"object"}},"dropped":{"type":"array","items":{"type":"object"}}},
        "additionalProperties":{"type":"array","description":"a table of OMOP CDM 5.4, such as person or condition_occurrence",
        "items":{"type":"object"}}}
        """;

    public const string Transcript = """{"type":["object","null"],"properties":{"transcript":{"type":"string"}}}""";
}
