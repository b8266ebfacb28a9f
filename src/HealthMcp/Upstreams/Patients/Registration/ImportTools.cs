using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.Patients.People;
using HealthMcp.Upstreams.Patients.Writing;

namespace HealthMcp.Upstreams.Patients.Registration;

/// <summary>Registers many patients at once.</summary>
internal sealed class ImportTools(PatientsApi api, DuplicateCheck duplicates, TimeProvider time) : IToolSet
{
    private static readonly ToolDefinition Import = new()
    {
        Name = "import_patients",
        Title = "Import patients",
        Description = """
            Registers up to 50 patients in one call. Every row is checked before anything is sent: fields, dates, rows that repeat each
            other, and whether somebody with the same last_name and date_of_birth is registered already. The preview gives a result per
            row; possible duplicates are refused until a person has looked and despite_duplicates is true. Afterwards the answer says per
            row what the API did with it. It is sent once and never again: if its answer is lost, look with search_patients. For one patient
            use create_patient, which takes more fields.
            """,
        Toolset = PatientsEndpoints.System,
        Scopes = [PatientScopes.WriteRecords],
        Hints = new ToolHints(ReadOnly: false, Destructive: false, Idempotent: false, OpenWorld: false),
        NotSigned = "what is imported has no free text",
        Endpoints = [PeopleEndpoints.Import, PeopleEndpoints.CheckDuplicates],
        Input = RegistrationJson.Default.ImportPatientsInput,
        DataSchema = RegistrationSchemas.Import,
    };

    private const string Shape = "patients.import";
    private static readonly string[] Reasons = ["message", "error", "errors"];

    public IEnumerable<Tool> Tools => [Tool.Writing<ImportPatientsInput>(Import, ImportAsync)];

    public async Task<WritePlan> ImportAsync(ImportPatientsInput input, CallContext call, CancellationToken cancellation)
    {
        var rows = ImportRows.Of(input.Rows, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        var twins = new List<int>();
        for (var at = 0; at < rows.Count; at++)
        {
            if (await IsThereAsync(input.Rows[at], call, cancellation)) twins.Add(at + 1);
            call.Progress(at + 1, rows.Count, "rows checked");
        }

        var body = new JsonObject { ["rows"] = new JsonArray([.. rows]) };
        var path = (await api.RequestAsync(PeopleEndpoints.Import, null, cancellation)).Path();
        return new WritePlan(PeopleEndpoints.Import, path, body.Bytes())
        {
            Preview = Preview(rows.Count, twins),
            PreviewShape = Shape,
            ForPerson = body.Bytes(),
            FindOut = PatientPlace.Record.FindOut,

            // A person looks at those that the preview names: another one that appears since needs another look.
            RecordVersion = string.Join(",", twins),
            Warnings = twins.Count == 0
                ? []
                : [$"Rows {string.Join(", ", twins)} may be patients who are registered already: a person must look before they are imported."],
            Says = $"Registers {rows.Count} patients in {api.Source.Kind} Patients.",
            Execute = (_, inner) => twins.Count > 0 && input.DespiteDuplicates != true
                ? throw Refused(twins)
                : SendAsync(body.Bytes(), rows.Count, call, inner),
        };
    }

    private async Task<bool> IsThereAsync(ImportPatientRow row, CallContext call, CancellationToken cancellation)
    {
        var signals = new DuplicateSignals(row.LastName, row.DateOfBirth, row.Email, row.MobilePhone, row.SocialSecurityNumber).At(call);
        return !signals.IsEmpty && (await duplicates.FindAsync(signals, call, cancellation)).Count > 0;
    }

    private async Task<UpstreamResult> SendAsync(byte[] body, int rows, CallContext call, CancellationToken cancellation)
    {
        var request = await api.RequestAsync(PeopleEndpoints.Import, null, cancellation) with { Body = body };
        ReadOnlyMemory<byte> answer;
        try
        {
            answer = await api.RecordAsync(request, call, cancellation);
        }
        catch (CallFailureException failure) when (WriteFailures.IsLost(failure, repeatable: false))
        {
            throw WriteFailures.InDoubt(PatientPlace.Record with { Kind = "import" });
        }

        var whole = JsonNode.Parse(answer.Span)!.AsObject()["results"] is JsonArray results && results.Count == rows;
        var shown = call.IdentifiersVisible ? answer : WithoutReasons(answer);
        return UpstreamResult.Of(PatientsEndpoints.System, new Section(null, Shape, [shown]) { Single = true }) with
        {
            // The API's word for each row is all there is: nothing was read back.
            Write = new WriteOutcome("done", Verified: false),
            Notices = whole
                ? ["Read the result of each row: a row that failed was not registered, the others were."]
                : ["The API did not say for each row what it did with it: look with search_patients before anything is sent again."],
        };
    }

    // In the API's own words, which may name the patient who is there already.
    private static byte[] WithoutReasons(ReadOnlyMemory<byte> answer)
    {
        var all = JsonNode.Parse(answer.Span)!.AsObject();
        foreach (var row in (all["results"] as JsonArray ?? []).OfType<JsonObject>())
            foreach (var name in Reasons) row.Remove(name);
        return all.Bytes();
    }

    private static byte[] Preview(int rows, List<int> twins) => new JsonObject
    {
        ["total"] = rows,
        ["results"] = new JsonArray([.. Enumerable.Range(1, rows).Select(row => (JsonNode)new JsonObject
        {
            ["row"] = row,
            ["status"] = twins.Contains(row) ? "possible_duplicate" : "ready",
        })]),
    }.Bytes();

    private static CallFailureException Refused(List<int> twins) => new(
        FailureCodes.Conflict,
        $"Rows {string.Join(", ", twins)} may be patients who are registered already: show the user check_duplicate_patients for them, "
            + "then leave them out or call again with despite_duplicates true.") { Argument = "despite_duplicates" };
}
