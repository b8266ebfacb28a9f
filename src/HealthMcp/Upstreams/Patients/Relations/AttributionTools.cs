using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Upstreams.Patients.People;
using HealthMcp.Upstreams.Patients.Writing;

namespace HealthMcp.Upstreams.Patients.Relations;

/// <summary>How a patient came to the practice.</summary>
internal sealed class AttributionTools(PatientsApi api, RecordPlans plans, PatientFinder finder) : IToolSet
{
    private const string SecondPrimary = "The patient has a primary attribution already, and there may be one only: "
        + "record this one as secondary or assist, or change or archive the other first (attribution_uuid).";

    private static readonly string[] Sources = ["referral_source_uuid", "referral_partner_uuid", "provider_uuid", "referring_patient_uuid"];

    private static readonly ToolDefinition Record = new()
    {
        Name = "record_attribution",
        Title = "Record how a patient came",
        Description = """
            Records by whom or what a patient came to the practice: exactly one of referral_source_uuid, referral_partner_uuid, provider_uuid
            or referring_patient_uuid, with attribution_role. Changes role or note of one (attribution_uuid), or archives it (with archive
            true); the source of one cannot be changed. There may be one primary attribution only; a second is refused and nothing is written.
            A new one is sent once and never again: if its answer is lost, look with list_patient_records, kind referral-attributions, where
            handles of sources and partners come from too.
            """,
        Toolset = PatientsEndpoints.System,
        Scopes = [PatientScopes.WriteRecords],
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: false, OpenWorld: false),
        Endpoints =
        [
            PeopleEndpoints.CreateAttribution, PeopleEndpoints.UpdateAttribution, PeopleEndpoints.ArchiveAttribution, PeopleEndpoints.ListAttributions,
            PatientsEndpoints.GetPatient,
        ],
        Input = RelationsJson.Default.RecordAttributionInput,
        DataSchema = RelationSchemas.Written,
    };

    public IEnumerable<Tool> Tools => [Tool.Writing<RecordAttributionInput>(Record, RecordAsync)];

    public async Task<WritePlan> RecordAsync(RecordAttributionInput input, CallContext call, CancellationToken cancellation)
    {
        var given = Given.Of(
            ("attribution_role", input.AttributionRole), ("referral_source_uuid", input.ReferralSourceUuid),
            ("referral_partner_uuid", input.ReferralPartnerUuid), ("provider_uuid", input.ProviderUuid),
            ("referring_patient_uuid", input.ReferringPatientUuid), ("source_note", input.SourceNote));
        Check(input, given);
        var patient = await finder.FindAsync(input.Patient, null, call, cancellation);
        var there = await new RecordReader(api, call).AllAsync(RelationPlaces.Attributions, patient.Id, request => request, cancellation);
        if (input.AttributionRole == "primary" && there.Any(row => IsPrimary(row) && RecordReader.IdOf(row) != input.AttributionUuid))
            throw new CallFailureException(FailureCodes.Conflict, SecondPrimary) { Argument = "attribution_role" };
        return input.AttributionUuid is { } id
            ? await ChangeAsync(input, patient, id, given, call, cancellation)
            : await CreateAsync(patient, given, call, cancellation);
    }

    private async Task<WritePlan> CreateAsync(FoundPatient patient, JsonObject given, CallContext call, CancellationToken cancellation)
    {
        var record = new NewRecord(RelationPlaces.Attributions, PeopleEndpoints.CreateAttribution, patient.Id, given.Bytes()) { Refusal = SecondPrimary };
        var says = $"Records how one patient came to the practice in {plans.SourceKind} Patients.";
        return await plans.CreateAsync(record, patient, says, [], call, cancellation);
    }

    private async Task<WritePlan> ChangeAsync(
        RecordAttributionInput input, FoundPatient patient, string id, JsonObject given, CallContext call, CancellationToken cancellation)
    {
        var seen = await new RecordReader(api, call).ReadAsync(RelationPlaces.Attributions, patient.Id, id, cancellation);
        RecordChange Changing(Endpoint endpoint) => new(RelationPlaces.Attributions, endpoint, patient.Id, id, seen, given);
        if (input.Archive != true)
        {
            var change = Changing(PeopleEndpoints.UpdateAttribution);
            return await plans.UpdateAsync(change, $"Changes {string.Join(", ", change.Changed)} of one attribution of a patient.", [], call, cancellation);
        }

        var end = Changing(PeopleEndpoints.ArchiveAttribution);
        var action = new RecordAction(end, default, RecordAction.Archived)
        {
            With = request => request.Query("base_version", end.Version.ToString(CultureInfo.InvariantCulture)),
        };
        return await new RecordActing(api, call).PlanAsync(action, "Archives one attribution of a patient.", [], cancellation);
    }

    private static void Check(RecordAttributionInput input, JsonObject given)
    {
        var sources = Sources.Where(given.ContainsKey).ToList();
        if (input.AttributionUuid is null)
        {
            if (input.Archive is not null)
                throw CallFailureException.Invalid("archive", "archive ends an attribution that is there: give attribution_uuid with it.");
            if (sources.Count != 1)
                throw CallFailureException.Invalid(sources.LastOrDefault() ?? Sources[0], $"Give exactly one source: {string.Join(", ", Sources)}.");
            Given.Need(given, "attribution_role", "attribution_role is needed: primary, secondary or assist.");
            return;
        }

        Given.None(given, "the source of an attribution cannot be changed; archive it and record another", Sources);
        if (input.Archive == true) Given.None(given, "archive true goes alone", "attribution_role", "source_note");
        else if (given.Count == 0)
            throw CallFailureException.Invalid("attribution_role", "Say what to change: attribution_role or source_note, or archive true.");
    }

    private static bool IsPrimary(ReadOnlyMemory<byte> row)
    {
        using var json = JsonDocument.Parse(row);
        return json.RootElement.Text("attribution_role") == "primary" && json.RootElement.Text("deleted_at") is null;
    }
}
