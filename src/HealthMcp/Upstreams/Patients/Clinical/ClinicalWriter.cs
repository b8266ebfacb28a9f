using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Upstreams.Patients.Writing;

namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>One kind of clinical record that refers to a definition.</summary>
internal sealed record ClinicalKind(RecordPlace Place, DefinitionKind Definition, Endpoint Create, Endpoint Update)
{
    public static readonly ClinicalKind Allergy = new(
        ClinicalPlaces.Allergy, DefinitionKind.Allergy, ClinicalEndpoints.CreateAllergy, ClinicalEndpoints.UpdateAllergy);

    public static readonly ClinicalKind Problem = new(
        ClinicalPlaces.Problem, DefinitionKind.Disease, ClinicalEndpoints.CreateProblem, ClinicalEndpoints.UpdateProblem);

    public static readonly ClinicalKind Medication = new(
        ClinicalPlaces.Medication, DefinitionKind.Medication, ClinicalEndpoints.CreateMedication, ClinicalEndpoints.UpdateMedication);

    public IReadOnlyList<Endpoint> ForCreate => [PatientsEndpoints.ListPatients, PatientsEndpoints.GetPatient, Place.List, Create];

    public IReadOnlyList<Endpoint> ForUpdate => [PatientsEndpoints.ListPatients, PatientsEndpoints.GetPatient, Place.List, Update];
}

/// <summary>What is to be written of an allergy, a problem or a medication, as the caller gave it.</summary>
/// <param name="Fields">In the contract's names, without references.</param>
/// <param name="Definition">Id and name of the definition, at most one of them.</param>
/// <param name="Provider">Id and name of the provider, at most one of them.</param>
internal sealed record ClinicalContent(JsonObject Fields, (string? Uuid, string? Name) Definition, (string? Uuid, string? Name) Provider = default);

/// <summary>Plans writes of allergies, problems and medications: whom, what it refers to, what is there already.</summary>
internal sealed class ClinicalWriter(PatientsApi api, RecordPlans plans, PatientFinder finder, DefinitionFinder definitions)
{
    /// <param name="kind">What is made.</param>
    /// <param name="input">Whose record.</param>
    /// <param name="content">What is in it.</param>
    /// <param name="warn">Looks at the patient for what deserves a second look.</param>
    /// <param name="call">The call that asks for it.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<WritePlan> RecordAsync(
        ClinicalKind kind, PatientWriteInput input, ClinicalContent content, Func<FoundPatient, IEnumerable<string>> warn, CallContext call,
        CancellationToken cancellation)
    {
        var patient = await finder.FindAsync(input.Patient, input.PatientLookup, call, cancellation);
        var existing = await new RecordReader(api, call).AllAsync(kind.Place, patient.Id, request => request, cancellation);
        var names = Refer(kind, content, call);
        var record = new NewRecord(kind.Place, kind.Create, patient.Id, content.Fields.Bytes()) { Names = names, Notices = InteractionNotices.Of };
        var says = $"Records one {kind.Place.Kind} ({string.Join(", ", content.Fields.Select(one => one.Key))}) in one patient's chart "
            + $"in {plans.SourceKind} Patients.";
        return await plans.CreateAsync(
            record, patient, says, [.. Duplicates(kind, content.Fields, existing), .. warn(patient), .. patient.Warnings], call, cancellation);
    }

    /// <param name="kind">What is changed.</param>
    /// <param name="input">Whose record.</param>
    /// <param name="id">Which.</param>
    /// <param name="content">What changes.</param>
    /// <param name="warn">Looks at the stored record for what deserves a second look.</param>
    /// <param name="call">The call that asks for it.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<WritePlan> UpdateAsync(
        ClinicalKind kind, PatientWriteInput input, string id, ClinicalContent content, Func<JsonElement, IEnumerable<string>> warn, CallContext call,
        CancellationToken cancellation)
    {
        if (content is { Fields.Count: 0, Definition: (null, null), Provider: (null, null) })
            throw CallFailureException.Invalid("", "Give at least one field that is to change.");
        var patient = await finder.FindAsync(input.Patient, input.PatientLookup, call, cancellation);
        var seen = await new RecordReader(api, call).ReadAsync(kind.Place, patient.Id, id, cancellation);
        var names = Refer(kind, content, call);
        var change = new RecordChange(kind.Place, kind.Update, patient.Id, id, seen, content.Fields) { Names = names, Notices = InteractionNotices.Of };
        using var stored = JsonDocument.Parse(seen);
        var says = $"Changes {string.Join(", ", change.Changed)} of one {kind.Place.Kind} in one patient's chart in {plans.SourceKind} Patients.";
        return await plans.UpdateAsync(change, says, [.. warn(stored.RootElement), .. patient.Warnings], call, cancellation);
    }

    // The patient's own records were read just before, so what they refer to is known.
    private IReadOnlyDictionary<string, string> Refer(ClinicalKind kind, ClinicalContent content, CallContext call)
    {
        var definition = definitions.Find(kind.Definition, content.Definition.Uuid, content.Definition.Name, call);
        var provider = definitions.Find(DefinitionKind.Provider, content.Provider.Uuid, content.Provider.Name, call);
        if (definition is not null) content.Fields[$"{kind.Definition.Argument}_uuid"] = definition;
        if (provider is not null) content.Fields["provider_uuid"] = provider;
        return definitions.Names((kind.Definition, definition), (DefinitionKind.Provider, provider));
    }

    private static IEnumerable<string> Duplicates(ClinicalKind kind, JsonObject fields, IReadOnlyList<ReadOnlyMemory<byte>> existing)
    {
        if ((string?)fields[$"{kind.Definition.Argument}_uuid"] is not { } definition || !existing.Any(row => IsOpen(row, kind, definition))) yield break;
        yield return $"The patient has an active {kind.Place.Kind} of the same definition: update that one instead, unless this is really a second one.";
    }

    private static bool IsOpen(ReadOnlyMemory<byte> row, ClinicalKind kind, string definition)
    {
        using var json = JsonDocument.Parse(row);
        var record = json.RootElement;
        return record.TryGetProperty(kind.Definition.Argument, out var reference)
            && definition.Equals(reference.Text("uuid") ?? reference.Text("id"), StringComparison.OrdinalIgnoreCase)
            && (record.IsTrue("status_is_active") || record.Text("problem_status") == "active" || record.Text("status") == "active");
    }
}
