using System.Globalization;
using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.DrCloud.Search;

namespace HealthMcp.Upstreams.DrCloud.Exporting;

/// <summary>Reads what the server says of a job that is ready.</summary>
internal static class ExportAnswer
{
    /// <summary>Files of one job; more would not fit into the file that remembers it.</summary>
    private const int MostParts = 2000;

    public static ExportJob Read(UpstreamResponse answer, ExportJob job) => answer.Read(json =>
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("output", out var output) || output.ValueKind != JsonValueKind.Array)
            throw new JsonException("output expected");

        // What a server adds of its own accord was not asked for. Patients come first: their names are looked for in all that follows.
        var parts = output.EnumerateArray().Select(Part)
            .Where(part => job.Types.Count == 0 || job.Types.Contains(part.Type, StringComparer.Ordinal))
            .OrderBy(part => part.Type == "Patient" ? 0 : 1)
            .ToList();
        if (parts.Count > MostParts)
            throw new CallFailureException(
                FailureCodes.UpstreamTooLarge,
                $"The export has more than {MostParts} files: export fewer types, or group by group.");
        return job with
        {
            Parts = parts,
            Percent = 100,
            NotBefore = null,
            TransactionTime = Time(root),
            LinksExpire = answer.Expires,
            Errors = BundleReader.Items(root, "error").Count(),
        };
    });

    private static ExportPart Part(JsonElement output) =>
        BundleReader.Text(output, "type") is { } type && FhirTypes.ByName.ContainsKey(type)
        && Uri.TryCreate(BundleReader.Text(output, "url"), UriKind.Absolute, out var url)
            ? new ExportPart(type, url, output.TryGetProperty("count", out var count) && count.TryGetInt64(out var number) && number >= 0 ? number : null, null)
            : throw new JsonException("a file of a known type expected");

    // An instant by the specification; the vendor's server writes PHP's own object of a date instead.
    private static string? Time(JsonElement root)
    {
        if (!root.TryGetProperty("transactionTime", out var time)) return null;
        var (text, zone) = time.ValueKind == JsonValueKind.Object
            ? (BundleReader.Text(time, "date"), BundleReader.Text(time, "timezone"))
            : (time.ValueKind == JsonValueKind.String ? time.GetString() : null, null);
        if (zone is null)
        {
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? Instant(instant) : null;
        }

        return DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && Offset(zone, local) is { } offset
            ? Instant(new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), offset))
            : null;
    }

    private static TimeSpan? Offset(string zone, DateTime at)
    {
        if (zone is [('+' or '-') and var sign, .. var digits]
            && TimeSpan.TryParseExact(digits, ["hh\\:mm", "hhmm"], CultureInfo.InvariantCulture, out var offset))
            return sign == '-' ? -offset : offset;
        return TimeZoneInfo.TryFindSystemTimeZoneById(zone is "Z" ? "UTC" : zone, out var known) ? known.GetUtcOffset(at) : null;
    }

    private static string Instant(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
