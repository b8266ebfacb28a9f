using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.DrCloud.Search;

namespace HealthMcp.Upstreams.DrCloud.Reading;

/// <summary>Reads one record: as it is, as it was, or all its versions.</summary>
internal sealed class FhirRead(UpstreamClient client)
{
    /// <exception cref="CallFailureException">The record is not there, not open to this server, or not what was asked for.</exception>
    public async Task<ReadOnlyMemory<byte>> OneAsync(FhirType type, string id, CallContext call, CancellationToken cancellation)
    {
        var answer = await SendAsync(type, Request(DrCloudEndpoints.Read[type.Name], id), call, cancellation);
        return type == FhirTypes.Binary ? BinaryFile.Of(answer, id) : Checked(answer, type);
    }

    /// <inheritdoc cref="OneAsync"/>
    public async Task<ReadOnlyMemory<byte>> VersionAsync(FhirType type, string id, string version, CallContext call, CancellationToken cancellation)
    {
        var request = Request(DrCloudEndpoints.ReadVersion[type.Name], id).Route("version", version);
        return Checked(await SendAsync(type, request, call, cancellation), type);
    }

    /// <summary>All versions, the newest first.</summary>
    /// <inheritdoc cref="OneAsync"/>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> HistoryAsync(FhirType type, string id, CallContext call, CancellationToken cancellation)
    {
        var answer = await SendAsync(type, Request(DrCloudEndpoints.History[type.Name], id), call, cancellation);
        return answer.Read(json => Versions(json, type));
    }

    private static UpstreamRequest Request(Endpoint endpoint, string id) =>
        new UpstreamRequest(endpoint) { Accept = endpoint.IsFile ? FhirSearch.Accept + ", */*;q=0.5" : FhirSearch.Accept }.Route("id", id);

    private async Task<UpstreamResponse> SendAsync(FhirType type, UpstreamRequest request, CallContext call, CancellationToken cancellation)
    {
        var answer = await client.SendAsync(request, call, cancellation, ReadFailures.IsOwn);
        return answer.Status < 400 ? answer : throw ReadFailures.Of(answer, type, client.Granted);
    }

    private static ReadOnlyMemory<byte> Checked(UpstreamResponse answer, FhirType type) => answer.Read(json =>
    {
        using var document = JsonDocument.Parse(json);
        return BundleReader.Text(document.RootElement, "resourceType") switch
        {
            var found when found == type.Name => json,
            "OperationOutcome" => throw SearchFailures.Outcome(),
            _ => throw new JsonException("a resource of the type expected"),
        };
    });

    private static IReadOnlyList<ReadOnlyMemory<byte>> Versions(ReadOnlyMemory<byte> json, FhirType type)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (BundleReader.Text(root, "resourceType") != "Bundle" || BundleReader.Text(root, "type") != "history") throw new JsonException("history expected");
        return [.. BundleReader.Items(root, "entry")
            .Where(entry => entry.TryGetProperty("resource", out var resource) && BundleReader.Text(resource, "resourceType") == type.Name)
            .Select(entry => new Found(type.Name, "", entry.GetProperty("resource")))
            .OrderByDescending(Changed, StringComparer.Ordinal)
            .Select(found => found.Bytes())];
    }

    // Servers give the newest first; where they do not, the time tells, which all write in one zone.
    private static string Changed(Found found) => found.Json.TryGetProperty("meta", out var meta) ? BundleReader.Text(meta, "lastUpdated") ?? "" : "";
}
