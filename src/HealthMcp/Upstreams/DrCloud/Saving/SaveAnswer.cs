using System.Text;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.FhirR4;

namespace HealthMcp.Upstreams.DrCloud.Saving;

/// <summary>What a write of a practitioner is answered with.</summary>
internal static class SaveAnswer
{
    public const string Done = "done";
    public const string Found = "already_written";

    private const string WasLost = "The answer to the write was lost; the record was found afterwards.";
    private const string Unread = "The record was stored but could not be read back to check it.";

    private const string NoLabel = "The EHR did not keep the label AIAST (meta.security), so the record itself does not say that an AI wrote it.";

    private const string Faster =
        "Not written: somebody else changed this practitioner since it was read. This is the record as it is now; if the change is still wanted, call "
            + "again without confirmation for a new preview.";

    public static bool IsKept(PractitionerMerge merge, JsonObject stored) =>
        PractitionerMatch.Lost(merge.Resource, stored).Count == 0 && PractitionerMatch.Stayed(merge, stored).Count == 0;

    /// <summary>Compares what is stored with what was sent, and says which elements are not so; never their values.</summary>
    public static UpstreamResult Of(PractitionerMerge merge, JsonObject stored, string status)
    {
        var not = PractitionerMatch.Lost(merge.Resource, stored).Concat(PractitionerMatch.Stayed(merge, stored)).Distinct(StringComparer.Ordinal).ToList();
        string?[] notices =
        [
            status == Found ? WasLost : null,
            not.Count == 0
                ? null
                : $"The EHR took the write but does not hold it as it was sent in: {string.Join(", ", not)}. EHRs of this family keep only part of a "
                    + "practitioner; what is missing must be entered in the EHR itself.",
            AiLabel.IsOn(merge.Resource) && !AiLabel.IsOn(stored) ? NoLabel : null,
        ];
        return Of(stored, new WriteOutcome(status, not.Count == 0), [.. notices.OfType<string>()]);
    }

    public static UpstreamResult NotReadBack(string id, PractitionerMerge merge, string status)
    {
        var sent = merge.Part(merge.Resource);
        sent["id"] = id;
        return Of(sent, new WriteOutcome(status, Verified: false), [Unread]);
    }

    public static UpstreamResult Conflict(JsonObject now) => Of(now, new WriteOutcome("conflict", Verified: false), [Faster]);

    private static UpstreamResult Of(JsonObject row, WriteOutcome outcome, IReadOnlyList<string> notices)
    {
        var section = new Section("practitioner", DrCloudEndpoints.AnyResource, [Encoding.UTF8.GetBytes(row.ToJsonString())]) { Single = true };
        return UpstreamResult.Of(DrCloudEndpoints.System, section) with { Write = outcome, Notices = notices };
    }
}
