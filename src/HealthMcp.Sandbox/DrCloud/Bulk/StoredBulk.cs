using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.DrCloud.Bulk;

/// <summary>The sandbox's own records.</summary>
internal sealed class StoredBulk(Lazy<FhirStore> records) : IBulkSource
{
    public IEnumerable<(string Type, long? Count)> Types(BulkJob job) =>
        job.Types.Select(type => (type, (long?)Rows(job, type).LongCount())).Where(file => file.Item2 > 0);

    public IEnumerable<byte[]> Lines(BulkJob job, string type) => Rows(job, type).Select(row => Encoding.UTF8.GetBytes(row.ToJsonString()));

    private IEnumerable<JsonObject> Rows(BulkJob job, string type)
    {
        var store = records.Value;
        var members = job.Group is { } group ? Members(store, group) : null;
        return store.Of(type).Where(row => Belongs(row, type, job, members) && IsSince(row, job.Since));
    }

    private static bool Belongs(JsonObject row, string type, BulkJob job, IReadOnlySet<string>? members)
    {
        if (!job.OfPatients && members is null) return true;
        var patient = type == "Patient" ? FhirStore.Reference(row) : PatientOf(row);
        return patient is not null && members?.Contains(patient) != false;
    }

    private static string? PatientOf(JsonObject row) => new[] { "subject", "patient", "beneficiary" }
        .Select(name => (row[name] as JsonObject)?.Text("reference")).FirstOrDefault(at => at?.StartsWith("Patient/", StringComparison.Ordinal) == true);

    private static HashSet<string> Members(FhirStore store, string group) =>
        [.. (store.Find($"Group/{group}")?["member"] as JsonArray ?? []).OfType<JsonObject>()
            .Select(member => (member["entity"] as JsonObject)?.Text("reference")).OfType<string>()];

    private static bool IsSince(JsonObject row, DateTimeOffset? since) =>
        since is not { } from || ((row["meta"] as JsonObject)?.Text("lastUpdated") is { } changed
            && DateTimeOffset.TryParse(changed, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at >= from);
}
