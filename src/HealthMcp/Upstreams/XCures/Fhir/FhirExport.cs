using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.FhirR4;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.XCures.Fhir;

/// <summary>A resource of an export, and the key by which it is walked.</summary>
internal sealed record ExportedResource(string Type, string Id, ReadOnlyMemory<byte> Row)
{
    public string Key => $"{Type}/{Id}";

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(ExportedResource);
}

/// <summary>
/// The export of one subject: files of JSON Lines at signed addresses. They are read whole and put in an order of their own, so that each resource is
/// given once although every page makes the export anew.
/// </summary>
internal sealed class FhirExport(UpstreamClient xcures, FileTransfer files, CallContext call)
{
    private const int MostFiles = 64;
    private const int MostBytes = 32 * 1024 * 1024;
    private const int PageSize = 200;

    /// <exception cref="CallFailureException">Not all of it can be read.</exception>
    public async Task<IReadOnlyList<ExportedResource>> ReadAsync(string subject, CancellationToken cancellation)
    {
        var addresses = (await xcures.SendAsync(new UpstreamRequest(FhirEndpoints.Export).Query("subjectId", subject), call, cancellation)).Read(Output);
        if (addresses.Count > MostFiles) throw UpstreamFailures.TooLarge(XCuresEndpoints.System);
        var all = new Dictionary<string, ExportedResource>(StringComparer.Ordinal);
        var (left, done) = (MostBytes, 0);
        foreach (var address in addresses)
        {
            var file = await files.FetchAsync(address, left, cancellation);
            left -= file.Content.Length;
            foreach (var resource in Read(file.Content)) Add(all, resource);
            call.Progress(++done, addresses.Count, "file read");
        }

        return [.. all.Values.OrderBy(resource => resource.Key, StringComparer.Ordinal)];
    }

    /// <param name="all">In the order of their keys.</param>
    /// <param name="after">Key of the last one that was given; null at the start.</param>
    public static (IReadOnlyList<ExportedResource> Rows, string? Next) Page(IReadOnlyList<ExportedResource> all, string? after)
    {
        var rest = after is null ? all : [.. all.Where(resource => string.CompareOrdinal(resource.Key, after) > 0)];
        return rest.Count <= PageSize ? (rest, null) : ([.. rest.Take(PageSize)], rest[PageSize - 1].Key);
    }

    private static IEnumerable<ExportedResource> Read(ReadOnlyMemory<byte> file)
    {
        var rows = FhirFile.Lines(Encoding.UTF8.GetString(file.Span)) ?? throw UpstreamFailures.NotJson();
        return rows.Select(row => new ExportedResource(Type(row), XCuresRow.Text(row, "id") ?? $"#{Mark(row)}", row));
    }

    // Two resources with one id that say different things are two, whatever the source meant by it.
    private static void Add(Dictionary<string, ExportedResource> all, ExportedResource resource)
    {
        if (all.TryGetValue(resource.Key, out var there) && !there.Row.Span.SequenceEqual(resource.Row.Span))
            resource = resource with { Id = $"{resource.Id}#{Mark(resource.Row)}" };
        all.TryAdd(resource.Key, resource);
    }

    private static string Mark(ReadOnlyMemory<byte> row) => Convert.ToHexStringLower(SHA256.HashData(row.Span));

    // It becomes the name of a list in the answer, which nothing searches for identifiers.
    private static string Type(ReadOnlyMemory<byte> row) =>
        XCuresRow.Text(row, "resourceType") is { } type && R4Table.Default.Resource(type) is not null ? type : throw UpstreamFailures.NotJson();

    // The contract says strings; FHIR's own bulk export has objects with a url.
    private static IReadOnlyList<string?> Output(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        if (json.RootElement.TryGetProperty("requiresAccessToken", out var token) && token.ValueKind == JsonValueKind.True) throw TokenWanted();
        if (!json.RootElement.TryGetProperty("output", out var output) || output.ValueKind != JsonValueKind.Array) throw new JsonException("output expected");
        return [.. output.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString() : XCuresRow.Text(item, "url"))];
    }

    // An address that an answer gives gets no token of ours, whatever the answer says.
    private static CallFailureException TokenWanted() => new(
        FailureCodes.UpstreamError,
        "xCures asks for its token where the exported files lie, and this server sends it to no address that an answer gives: use get_fhir_resources.");
}
