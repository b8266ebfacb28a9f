namespace HealthMcp.Upstreams.PhenoML.Summaries;

/// <summary>JSON Schemas of what the tools about templates answer.</summary>
internal static class TemplateSchemas
{
    private const string Fields = """
        "id":{"type":"string","description":"Handle (tmpl_…) of the template."},"name":{"type":"string"},"description":{"type":"string"},
        "template":{"type":"string"},"target_resources":{"type":"array","items":{"type":"string"}},"mode":{"type":"string"},
        "created_at":{"type":"string"},"updated_at":{"type":"string"}
        """;

    public const string List = """{"type":["array","object","null"],"items":{"type":"object","properties":{""" + Fields + "}}}";

    public const string Change = """{"type":["object","null"],"properties":{""" + Fields
        + ""","changed":{"type":"array","items":{"type":"string"}},"before":{"type":"object"},"after":{"type":"object"}}}""";
}
