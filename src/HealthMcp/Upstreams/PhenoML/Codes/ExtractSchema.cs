namespace HealthMcp.Upstreams.PhenoML.Codes;

/// <summary>JSON Schema of what an extraction answers.</summary>
internal static class ExtractSchema
{
    private const string Code = """
        "code":{"type":"string"},"description":{"type":"string"},"valid":{"type":"boolean"},
        "reason":{"type":"string"},"is_ancestor":{"type":["boolean","null"]},
        "system":{"type":"object","description":"with systems","properties":{"name":{"type":"string"},"version":{"type":"string"}}},
        "categories":{"type":["array","null"],"items":{"type":"object","properties":{"uri":{"type":"string"},"label":{"type":"string"}}}}
        """;

    private const string Span = """
        "text":{"type":"string"},
        "begin_offset":{"type":"integer","description":"UTF-16 code units of the text as sent"},"end_offset":{"type":"integer","description":"exclusive"},
        "verified":{"type":"boolean","description":"false: the span was not found in the text; do not rely on it"}
        """;

    public const string Rows = """{"type":"array","items":{"type":"object","properties":{""" + Code + ",\"citations\":"
        + """{"type":["array","null"],"items":{"type":"object","properties":{""" + Span + "}}},"
        + "\"codes\":{\"type\":\"array\",\"description\":\"with group_by citation: the codes of the span\",\"items\":{\"type\":\"object\",\"properties\":{"
        + Code + "}}}," + Span + "}}}";
}
