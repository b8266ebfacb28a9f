namespace HealthMcp.Upstreams.PhenoML.Codes;

/// <summary>JSON Schemas of what the tools about codes answer.</summary>
internal static class CodeSchemas
{
    private const string Code = """
        "code":{"type":"string"},"description":{"type":"string"},"definition":{"type":"string"},
        "system":{"type":"object","properties":{"name":{"type":"string"},"version":{"type":"string"}}}
        """;

    private const string State = """
        "name":{"type":"string"},"version":{"type":"string"},"code_count":{"type":"integer"},"builtin":{"type":"boolean"},
        "status":{"type":"string","description":"processing, ready or failed"},"created_at":{"type":"string"},"updated_at":{"type":"string"}
        """;

    public const string OneCode = """{"type":["object","null"],"properties":{""" + Code + "}}";

    public const string Codes = """{"type":"array","items":{"type":"object","properties":{""" + Code + "}}}";

    public const string Systems = """{"type":["array","object","null"],"items":{"type":"object","properties":{""" + State + "}}}";

    public const string System = """{"type":["object","null"],"properties":{""" + State + """
        ,"format":{"type":"string"},"replace":{"type":"boolean"},"codes":{"type":"array","items":{"type":"object"}}}}
        """;

    public const string Feedback = """
        {"type":["object","null"],"properties":{"id":{"type":"string"},
        "received_result":{"type":"object"},"expected_result":{"type":"object"}}}
        """;
}
