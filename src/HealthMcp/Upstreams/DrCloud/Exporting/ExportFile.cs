using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.DrCloud.Exporting;

/// <summary>A look into a file of a job: some records from any place on, read as far as they are needed.</summary>
internal static class ExportFile
{
    public const int PageRows = 50;

    public static LineFile Of(ExportPart part, UpstreamClient client, TimeProvider time)
    {
        var request = new UpstreamRequest(ExportEndpoints.File) { Link = part.Url, Accept = "application/fhir+ndjson, application/ndjson;q=0.9, */*;q=0.5" };
        return new LineFile(client, request, time) { Refused = status => status is 404 or 410 ? ExportFailures.FilesGone() : null };
    }

    /// <param name="from">Records to pass over.</param>
    /// <returns>The records, and whether there are more.</returns>
    public static async Task<(IReadOnlyList<ReadOnlyMemory<byte>> Rows, bool More)> PageAsync(
        LineFile file, long from, CallContext call, CancellationToken cancellation)
    {
        var rows = new List<ReadOnlyMemory<byte>>();
        await foreach (var line in file.ReadAsync(call, cancellation))
        {
            if (from-- > 0) continue;
            if (rows.Count == PageRows) return (rows, true);
            rows.Add(line.ToArray());
        }

        return (rows, false);
    }
}
