using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.Patients.People;

/// <summary>The lists below a patient.</summary>
internal sealed class RecordTools(PatientsApi api, PatientFinder finder) : IToolSet
{
    private static readonly ToolDefinition List = new()
    {
        Name = "list_patient_records",
        Title = "List a patient's records of one kind",
        Description = """
            Reads one list of a patient's chart in full: alerts, allergies, communication-logs, dependents, diseases (problems), family,
            field-form, field-values, guardians, medications, referral-attributions, relationships or vital-signs. Each kind has filters of
            its own, e.g. {"kind":"medications","is_active":true}. Rows come once each over all pages. An empty answer says what was
            searched. For everything clinical at a glance use get_medical_summary; ids of rows are handles for the tools that change them.
            """,
        Toolset = PatientsEndpoints.System,
        Scopes = [PatientScopes.ReadRecords],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
        Endpoints = [.. RecordKinds.Endpoints, PatientsEndpoints.GetPatient],
        Input = PeopleJson.Default.ListPatientRecordsInput,
        DataSchema = PeopleSchemas.Records,
    };

    public IEnumerable<Tool> Tools => [Tool.Reading<ListPatientRecordsInput>(List, ListAsync)];

    public async Task<UpstreamResult> ListAsync(ListPatientRecordsInput input, CallContext call, CancellationToken cancellation)
    {
        var question = RecordQuestion.Screen(input, call);

        // Notes name the patient and where she lives; what her own record says is known to redaction once it was read.
        if (!call.IdentifiersVisible) await finder.FindAsync(input.Patient, null, call, cancellation);
        var rows = question.Kind.Paged
            ? await api.AllAsync(() => RequestAsync(question, input.Patient, cancellation), call, cancellation)
            : (await api.SendAsync(await RequestAsync(question, input.Patient, cancellation), call, cancellation)).Read(AnyRows.Of);
        return UpstreamResult.Of(PatientsEndpoints.System, new Section(null, question.Kind.Shape, rows) { Total = rows.Count }) with
        {
            Notices = question.Notices,
            Searched = Searched(question),
        };
    }

    private async ValueTask<UpstreamRequest> RequestAsync(RecordQuestion question, string patient, CancellationToken cancellation)
    {
        var request = await api.RequestAsync(question.Kind.Endpoint, patient, cancellation);
        foreach (var (name, value) in question.Filters) request.Query(name, value);
        return request;
    }

    private string Searched(RecordQuestion question)
    {
        var by = question.Filters.Count == 0 ? "without a filter" : $"by {string.Join(", ", question.Filters.Select(filter => filter.Name))}";
        return $"{question.Kind.Name} of one patient in {api.Source.Kind} Patients, {by}; archived records are not listed"
            + $"{(question.Kind.Name == "alerts" ? " unless status says so" : "")}.";
    }
}

/// <summary>Rows of an answer of which the contract does not say whether it is a list, a page of one, or a record.</summary>
internal static class AnyRows
{
    /// <exception cref="JsonException">Neither an object nor an array.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Of(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        var root = json.RootElement;
        if (root.ValueKind == JsonValueKind.Array) return Rows.Of(body);
        if (root.ValueKind != JsonValueKind.Object) throw new JsonException("object or array expected");
        foreach (var name in new[] { "items", "data" })
            if (root.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array) return Rows.At(body, name);
        return root.TryGetProperty("id", out _) ? [body] : throw new JsonException("rows expected");
    }
}
