using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace HealthMcp.Hosting;

/// <summary>
/// 2026-07-28 repeats parts of a request in headers, so that proxies can route and decide without reading bodies. A request whose
/// headers say something else than its body would pass such a decision by fraud, and is refused.
/// </summary>
internal static class ModernHeaders
{
    private const string MetaMissing = "Requests of this protocol version carry their protocol version and client capabilities in _meta.";

    public static string? MetaVersion(JsonRpcMessage message) => Text(Meta(message)?[MetaKeys.ProtocolVersion]);

    /// <summary>The program that asks, as the request says; null when it does not, or not as it must.</summary>
    public static Implementation? Client(JsonRpcMessage message)
    {
        try
        {
            return Meta(message)?[MetaKeys.ClientInfo] is JsonObject client
                ? client.Deserialize(McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(Implementation))) as Implementation
                : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Null when headers and body agree.</summary>
    public static JsonRpcError? Check(IHeaderDictionary headers, JsonRpcMessage message, ParamHeaders parameters) => message switch
    {
        JsonRpcRequest request => CheckMeta(headers, request) ?? CheckMethod(headers, request.Method, request.Id)
            ?? CheckName(headers, request) ?? parameters.Check(headers, request),
        JsonRpcNotification notification => CheckMethod(headers, notification.Method, default),
        _ => JsonRpcErrors.Create(default, McpErrorCode.InvalidRequest, "This server asks nothing over this protocol version, so there is nothing to answer."),
    };

    public static JsonRpcError Mismatch(RequestId id, string header) =>
        JsonRpcErrors.Create(id, McpErrorCode.HeaderMismatch, $"The {header} header is missing or differs from the body.");

    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static JsonRpcError? CheckMeta(IHeaderDictionary headers, JsonRpcRequest request)
    {
        var meta = Meta(request);
        if (meta?[MetaKeys.ProtocolVersion] is null || meta[MetaKeys.ClientCapabilities] is not JsonObject)
        {
            return JsonRpcErrors.Create(request.Id, McpErrorCode.InvalidParams, MetaMissing);
        }

        return string.Equals(Text(meta[MetaKeys.ProtocolVersion]), headers.One(McpHeaders.ProtocolVersion), StringComparison.Ordinal)
            ? null
            : Mismatch(request.Id, McpHeaders.ProtocolVersion);
    }

    private static JsonRpcError? CheckMethod(IHeaderDictionary headers, string method, RequestId id) =>
        string.Equals(headers.One(McpHeaders.Method), method, StringComparison.Ordinal) ? null : Mismatch(id, McpHeaders.Method);

    private static JsonRpcError? CheckName(IHeaderDictionary headers, JsonRpcRequest request)
    {
        var field = request.Method switch
        {
            RequestMethods.ToolsCall or RequestMethods.PromptsGet => "name",
            RequestMethods.ResourcesRead => "uri",
            _ => null,
        };
        if (field is null)
        {
            return null;
        }

        var named = Text((request.Params as JsonObject)?[field]);
        return named is not null && string.Equals(Decode(headers.One(McpHeaders.Name)), named, StringComparison.Ordinal)
            ? null
            : Mismatch(request.Id, McpHeaders.Name);
    }

    private static string? Decode(string? value) => value is null ? null : McpHeaderEncoder.DecodeValue(value);

    private static JsonObject? Meta(JsonRpcMessage message) => ((message as JsonRpcRequest)?.Params as JsonObject)?["_meta"] as JsonObject;
}
