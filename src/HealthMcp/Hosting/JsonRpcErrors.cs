using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace HealthMcp.Hosting;

/// <summary>Refusals of the host itself. Their texts are fixed: nothing that a client sent is ever repeated.</summary>
internal static class JsonRpcErrors
{
    /// <summary>Not registered by the MCP specification, but what the other SDKs answer for a session they do not know.</summary>
    public const int SessionNotFound = -32001;

    /// <summary>The first code of the range JSON-RPC leaves to servers, for refusals that belong to HTTP.</summary>
    public const int Refused = -32000;

    private const int LongestVersion = 32;

    public static JsonRpcError Create(RequestId id, int code, string message) =>
        new() { Id = id, Error = new JsonRpcErrorDetail { Code = code, Message = message } };

    public static JsonRpcError Create(RequestId id, McpErrorCode code, string message) => Create(id, (int)code, message);

    public static JsonRpcError Parse(RequestId id) =>
        Create(id, McpErrorCode.ParseError, "The message is not valid JSON: send one complete JSON-RPC 2.0 message.");

    public static JsonRpcError Invalid(RequestId id) => Create(id, McpErrorCode.InvalidRequest, "The message is not a valid JSON-RPC 2.0 message: it needs jsonrpc, method and, to be answered, id.");

    public static JsonRpcError Batch() =>
        Create(default, McpErrorCode.InvalidRequest, "Batches are not part of this protocol version: send one message at a time.");

    public static JsonRpcError TooLarge(long limit) =>
        Create(default, McpErrorCode.InvalidRequest, $"The message is larger than this server's limit of {limit} bytes: send less at once.");

    /// <summary>The specification wants the requested version back: the one exception to the rule, and only when it is plainly a version.</summary>
    public static JsonRpcError UnsupportedVersion(RequestId id, string requested, IReadOnlyList<string> supported)
    {
        var error = Create(id, McpErrorCode.UnsupportedProtocolVersion, "This protocol version is not supported: use one of those under supported.");
        var shown = requested.Length <= LongestVersion && requested.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-') ? requested : "";
        error.Error.Data = new JsonObject
        {
            ["requested"] = shown,
            ["supported"] = new JsonArray([.. supported.Select(version => (JsonNode?)JsonValue.Create(version))]),
        };
        return error;
    }
}
