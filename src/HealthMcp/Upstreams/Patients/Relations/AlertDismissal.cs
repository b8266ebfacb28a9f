using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Upstreams.Patients.People;
using HealthMcp.Upstreams.Patients.Writing;

namespace HealthMcp.Upstreams.Patients.Relations;

/// <summary>Archives several alerts of one patient in one request.</summary>
internal sealed class AlertDismissal(PatientsApi api, CallContext call)
{
    private const string Shape = "patients.alert.any";
    private readonly RecordReader _reader = new(api, call);

    public async Task<WritePlan> PlanAsync(FoundPatient patient, IReadOnlyList<string> ids, JsonObject given, CancellationToken cancellation)
    {
        Given.None(given, "alert_uuids archives and takes nothing else", "alert_scope", "is_urgent", "disable_on", "note", "status");
        var wanted = ids.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var seen = await RowsAsync(patient.Id, wanted, cancellation);
        if (seen.Count < wanted.Count)
            throw new CallFailureException(
                FailureCodes.NotFound,
                "Not all of these are alerts of this patient that can be archived: call list_patient_records with kind alerts and use its handles.")
            {
                Argument = "alert_uuids",
            };
        var body = new JsonObject { ["alert_uuids"] = new JsonArray([.. wanted.Select(id => (JsonNode)id)]) }.Bytes();
        return new WritePlan(PeopleEndpoints.DismissAlerts, (await api.RequestAsync(PeopleEndpoints.DismissAlerts, patient.Id, cancellation)).Path(), body)
        {
            Preview = Rows(seen, "archived"),
            PreviewShape = Shape,
            FindOut = RelationPlaces.Alerts.FindOut,
            RecordVersion = string.Join(",", seen.Select(RecordChange.VersionOf)),
            Says = $"Archives {wanted.Count} alerts of one patient in {api.Source.Kind} Patients.",
            Execute = (_, inner) => SendAsync(patient.Id, wanted, seen, body, inner),
        };
    }

    private async Task<UpstreamResult> SendAsync(
        string patient, List<string> ids, IReadOnlyList<ReadOnlyMemory<byte>> seen, byte[] body, CancellationToken cancellation)
    {
        var lost = false;
        try
        {
            await api.SendAsync(await api.RequestAsync(PeopleEndpoints.DismissAlerts, patient, cancellation) with { Body = body }, call, cancellation);
        }
        catch (CallFailureException failure) when (WriteFailures.IsLost(failure, repeatable: false))
        {
            lost = true;
        }

        // Archived ones are listed no more.
        var left = await LeftAsync(patient, ids, cancellation);
        if (lost && left != 0) throw WriteFailures.InDoubt(RelationPlaces.Alerts);
        return UpstreamResult.Of(PatientsEndpoints.System, new Section(null, Shape, [Rows(seen, left == 0 ? "archived" : null)]) { Single = true }) with
        {
            Write = new WriteOutcome(lost ? "already_written" : "done", left == 0),
            Notices = left switch
            {
                0 => [],
                null => ["The alerts were archived but could not be read back to check it."],
                _ => ["The API accepted this, but still lists some of these alerts: read them again."],
            },
        };
    }

    private async Task<int?> LeftAsync(string patient, List<string> ids, CancellationToken cancellation)
    {
        try
        {
            return (await RowsAsync(patient, ids, cancellation)).Count;
        }
        catch (CallFailureException)
        {
            // It is written: failing to read it back must not look like a failed write.
            return null;
        }
    }

    private async Task<IReadOnlyList<ReadOnlyMemory<byte>>> RowsAsync(string patient, List<string> ids, CancellationToken cancellation)
    {
        var rows = await _reader.AllAsync(RelationPlaces.Alerts, patient, request => request, cancellation);
        return [.. rows.Where(row => RecordReader.IdOf(row) is { } id && ids.Contains(id, StringComparer.OrdinalIgnoreCase) && !IsArchived(row))];
    }

    private static bool IsArchived(ReadOnlyMemory<byte> row)
    {
        using var json = JsonDocument.Parse(row);
        return RecordAction.Archived(json.RootElement);
    }

    private static byte[] Rows(IReadOnlyList<ReadOnlyMemory<byte>> seen, string? status) => new JsonObject
    {
        ["items"] = new JsonArray([.. seen.Select(row =>
        {
            var alert = JsonNode.Parse(row.Span)!.AsObject();
            if (status is not null) alert["status"] = status;
            return (JsonNode)alert;
        })]),
    }.Bytes();
}
