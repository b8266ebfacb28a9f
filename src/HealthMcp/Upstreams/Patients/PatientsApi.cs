using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.Patients.Clinical;

namespace HealthMcp.Upstreams.Patients;

/// <summary>The Patients API as its tools see it: every path starts with the organisation, every list has the same pages.</summary>
internal sealed class PatientsApi(UpstreamClient client, Func<CancellationToken, ValueTask<PatientsAccount>> account)
{
    private const int PageSize = 100;
    private const int MostPages = 50;

    public SystemSource Source => client.Source;

    public async ValueTask<UpstreamRequest> RequestAsync(Endpoint endpoint, string? patient, CancellationToken cancellation)
    {
        var request = new UpstreamRequest(endpoint).Route("org_id", (await account(cancellation)).OrgId);
        return patient is null ? request : request.Route("patient_uuid", patient);
    }

    /// <summary>Definitions that records mentioned; there is no operation that lists them.</summary>
    public SeenDefinitions Seen { get; } = new();

    public async Task<UpstreamResponse> SendAsync(UpstreamRequest request, CallContext call, CancellationToken cancellation, Func<int, bool>? accept = null)
    {
        var answer = await client.SendAsync(request, call, cancellation, accept);
        Seen.Learn(request.Endpoint.Shape, answer.Body);
        return answer;
    }

    /// <summary>One record, checked to be an object.</summary>
    public async Task<ReadOnlyMemory<byte>> RecordAsync(UpstreamRequest request, CallContext call, CancellationToken cancellation) =>
        (await SendAsync(request, call, cancellation)).Read(Record);

    /// <summary>
    /// Every row of a list, over all pages: what is looked for must not be missed because it stands on the second one. A record that is added
    /// meanwhile pushes others to the next page; those are not given twice.
    /// </summary>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> AllAsync(Func<ValueTask<UpstreamRequest>> request, CallContext call, CancellationToken cancellation)
    {
        var all = new List<ReadOnlyMemory<byte>>();
        var (seen, fetched) = (new HashSet<string>(StringComparer.Ordinal), 0);
        for (var page = 1; page <= MostPages; page++)
        {
            var asked = (await request()).Query("page", page).Query("page_size", PageSize);
            var (rows, total) = (await SendAsync(asked, call, cancellation)).Read(Page);
            all.AddRange(rows.Where(row => Id(row) is not { } id || seen.Add(id)));
            fetched += rows.Count;
            if (rows.Count == 0 || fetched >= total) return all;
        }

        throw UpstreamFailures.TooLarge(PatientsEndpoints.System);
    }

    public static ReadOnlyMemory<byte> Record(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.ValueKind == JsonValueKind.Object ? body : throw new JsonException("object expected");
    }

    private static string? Id(ReadOnlyMemory<byte> row)
    {
        using var json = JsonDocument.Parse(row);
        return json.RootElement.Text("id") ?? json.RootElement.Text("uuid");
    }

    private static (IReadOnlyList<ReadOnlyMemory<byte>> Rows, long Total) Page(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        var total = json.RootElement.TryGetProperty("total", out var count) && json.RootElement.TryGetProperty("items", out _)
            ? count.GetInt64()
            : throw new JsonException("items and total expected");
        return (Rows.At(body, "items"), total);
    }
}
