using System.Text.Json;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Core;

/// <summary>
/// A day's work over both systems at the default level, as an agent does it: what it reads is right, what it writes is read back, what cannot wait is said
/// first, and nothing that it is told says who the persons are.
/// </summary>
public sealed class AgentDayTests : IAsyncLifetime
{
    private const string Registration = """
        {"first_name":"Ada","last_name":"Lovelace","date_of_birth":"1985-12-10","gender":"female","mobile_phone":"503-555-0177",
        "email":"ada.lovelace@example.com","city":"Salem","postal_code":"97301"}
        """;

    private static readonly string[] Identifying =
    [
        "Marissa", "Jones", "1971-06-29", "Ada", "Lovelace", "1985-12-10", "503-555-0177", "5035550177", "ada.lovelace@example.com", "97301", "Salem",
        "2026-11-21",
    ];

    private World _world = null!;
    private Agent _agent = null!;

    public async Task InitializeAsync()
    {
        var time = new UpstreamClock(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));
        _world = await World.StartAsync(new SandboxOptions { Time = time }, ("HEALTHMCP_TOOLSETS", "xcures,patients"));
        _agent = new Agent(await _world.ConnectAsync(), time);
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task In_the_registry_records_are_found_read_asked_for_and_judged()
    {
        var subject = Text((await _agent.ReadAsync("search_subjects", """{"firstName":"Marissa","lastName":"Jones"}""")).First, "id");
        await ReadConceptsAsync(subject);
        await ReadDocumentsAsync(subject);
        await AskForRecordsAsync(subject);
        await JudgeAsync(subject);

        NothingIdentifying();
    }

    [Fact]
    public async Task In_the_practice_a_patient_is_registered_charted_and_corrected()
    {
        var patient = await RegisterAsync();
        var allergy = await RecordAllergyAsync(patient);
        var medication = Text((await _agent.WriteAsync("record_medication", $$"""
            {"patient":"{{patient}}","med_descript":"Amoxicillin 500 mg","dosage":"500 mg","frequency":"three times daily","date_start":"2026-11-20"}
            """)).Data, "id");
        var critical = await RecordVitalsAsync(patient);
        var call = await LogCallAsync(patient);
        var wrong = await RecordWrongVitalsAsync(patient);
        await CorrectAsync(patient, critical);
        await ArchiveAsync(patient, wrong);

        await ReadBackAsync(patient, [allergy], [medication], [critical], [call]);
        NothingIdentifying();
    }

    private async Task ReadConceptsAsync(string subject)
    {
        var period = await _agent.ReadAsync(
            "get_clinical_concepts",
            $$"""{"subject":"{{subject}}","kinds":["condition","lab"],"dateStart":"2023-01-01","dateEnd":"2024-12-31","pageSize":100}""");

        Rows(period.Data, "condition").Select(row => Text(row, "conditionName")).ShouldBe(["Secondary malignant neoplasm of liver and intrahepatic bile duct"]);
        var labs = Rows(period.Data, "lab");
        labs.Select(row => Text(row, "labDate")).Distinct().ShouldBe(["2024", "2023"]);
        labs.ShouldContain(row => Text(row, "lab").StartsWith("Cancer Ag 15-3", StringComparison.Ordinal) && Text(row, "labResultValue") == "96");
        labs.ShouldAllBe(row => Text(row, "id").StartsWith("cc_", StringComparison.Ordinal));
    }

    private async Task ReadDocumentsAsync(string subject)
    {
        var texts = new List<string>();
        foreach (var row in (await _agent.ReadAsync("search_documents", $$"""{"subject":"{{subject}}","pageSize":100}""")).Data.EnumerateArray())
        {
            var read = await _agent.ReadAsync("get_document", $$"""{"documentId":"{{Text(row, "id")}}","max_bytes":60000}""");
            var parts = read.Data.TryGetProperty("parts", out var found) ? found.EnumerateArray().Select(part => Text(part, "text")).ToList() : [];
            if (parts.Count == 0 && !read.Data.TryGetProperty("resources", out _)) read.Notices[0].ShouldMatch("No section|withheld");
            texts.AddRange(parts);
        }

        texts.ShouldContain(text => text.Contains("start capecitabine 1500 mg twice a day"));
        texts.ShouldContain(text => text.Contains("Secondary malignant neoplasm of bone"));
    }

    private async Task AskForRecordsAsync(string subject)
    {
        var request = Text((await _agent.WriteAsync("request_records", $$"""{"subject":"{{subject}}"}""")).Data, "id");
        var ended = await _agent.FollowAsync(request);
        var all = await _agent.ReadAsync("get_record_requests", $$"""{"subject":"{{subject}}"}""");

        Text(ended.First, "ccdaStatus").ShouldBe("completed");
        ended.Notices[0].ShouldStartWith("The request has ended");
        Text(all.First, "id").ShouldBe(request);
        _world.Sandbox.Journal.Of("xcures", "POST /api/v1/patient-registry/query").Count.ShouldBe(1);
    }

    private async Task JudgeAsync(string subject)
    {
        var checklist = Text((await _agent.ReadAsync("list_checklists", "{}")).First, "id");
        var evaluated = await _agent.ReadAsync("evaluate_checklist", $$"""{"subject":"{{subject}}","checklistId":"{{checklist}}","max_bytes":60000}""");
        var item = evaluated.Data.GetProperty("items")[0];
        var feedback = await _agent.WriteAsync("submit_checklist_feedback", $$"""
            {"subject":"{{subject}}","checklistId":"{{checklist}}","checklistItemId":"{{Text(item.GetProperty("checklistItem"), "id")}}",
            "feedbackType":"negative","comment":"Marissa Jones had surgery."}
            """, verified: false);

        evaluated.Data.GetProperty("evaluation").GetProperty("eligibilitySatisfied").GetBoolean().ShouldBeTrue();
        Text(item, "answer").ShouldBe("Yes");
        feedback.Notices[0].ShouldContain("could not be read back");
    }

    private async Task<string> RegisterAsync()
    {
        (await _agent.ReadAsync("check_duplicate_patients", """{"last_name":"Lovelace","date_of_birth":"1985-12-10"}""")).Data.GetArrayLength().ShouldBe(0);
        var made = await _agent.WriteAsync("create_patient", Registration);
        var found = await _agent.ReadAsync("search_patients", """{"first_name":"Ada","last_name":"Lovelace"}""");

        made.Data.GetProperty("version").GetInt32().ShouldBe(1);
        Text(found.First, "id").ShouldBe(Text(made.Data, "id"));
        (await _agent.CallAsync("create_patient", Registration)).ErrorCode.ShouldBe("conflict");
        return Text(made.Data, "id");
    }

    // The API lists no definitions: the refusal says where one is seen, and that is where its handle is found.
    private async Task<string> RecordAllergyAsync(string patient)
    {
        var unknown = await _agent.CallAsync("record_allergy", $$"""{"patient":"{{patient}}","allergy_definition":"Penicillin"}""");
        unknown.ErrorCode.ShouldBe("invalid_argument");
        unknown.Text.ShouldContain("list_patient_records with kind allergies");
        var other = Text((await _agent.ReadAsync("search_patients", """{"first_name":"Marissa","last_name":"Jones"}""")).First, "id");
        var seen = await _agent.ReadAsync("list_patient_records", $$"""{"patient":"{{other}}","kind":"allergies"}""");
        var definitions = seen.Data.EnumerateArray().Select(row => row.GetProperty("allergy_definition"));
        var definition = definitions.First(named => Text(named, "name") == "Penicillin");

        var written = await _agent.WriteAsync("record_allergy", $$"""
            {"patient":"{{patient}}","allergy_definition_uuid":"{{Text(definition, "uuid")}}","reaction":"Hives","severity":"severe"}
            """, preview => Text(preview.Data.GetProperty("allergy_definition"), "name").ShouldBe("Penicillin"));
        return Text(written.Data, "id");
    }

    private async Task<string> RecordVitalsAsync(string patient)
    {
        var written = await _agent.WriteAsync("record_vitals", $$"""
            {"patient":"{{patient}}","date_taken":"2026-11-21","time_taken":"09:30","bp_systolic":212,"bp_diastolic":124,"pulse":88,"weight_kg":70,"height_cm":170}
            """, preview => preview.Content.GetProperty("write").GetProperty("warnings")[0].GetString().ShouldStartWith("Critical: bp_systolic"));
        var summary = await _agent.ReadAsync("get_medical_summary", $$"""{"patient":"{{patient}}"}""");

        foreach (var reply in new[] { written, summary })
        {
            reply.Notices[0].ShouldStartWith("Procedure-blocking");
            reply.Notices[1].ShouldStartWith("Critical");
        }

        summary.Notices[2].ShouldContain("allergies have not been reviewed");
        return Text(written.Data, "id");
    }

    private async Task<string> LogCallAsync(string patient)
    {
        var logged = await _agent.WriteAsync("log_communication", $$"""
            {"patient":"{{patient}}","communication_datetime":"2026-11-21T11:30:00Z","mode":"phone","direction":"sent",
            "note":"Told Ada Lovelace to come in at once."}
            """);
        return Text(logged.Data, "id");
    }

    // A pulse that is fine does not undo the blood pressure that was critical when it was last measured.
    private async Task<string> RecordWrongVitalsAsync(string patient)
    {
        var wrong = await _agent.WriteAsync("record_vitals", $$"""{"patient":"{{patient}}","date_taken":"2026-11-21","time_taken":"10:00","pulse":61}""");
        var read = await _agent.ReadAsync("get_vitals", $$"""{"patient":"{{patient}}"}""");

        read.Notices[0].ShouldStartWith("Procedure-blocking");
        read.Notices[1].ShouldStartWith("Critical where last measured: bp_systolic, bp_diastolic");
        return Text(wrong.Data, "id");
    }

    private async Task CorrectAsync(string patient, string vitals)
    {
        var corrected = await _agent.WriteAsync(
            "correct_vitals",
            $$"""{"patient":"{{patient}}","vitals_uuid":"{{vitals}}","bp_systolic":122,"bp_diastolic":84}""",
            preview =>
            {
                preview.Data.GetProperty("before").GetProperty("is_procedure_blocking").GetBoolean().ShouldBeTrue();
                preview.Data.GetProperty("after").GetProperty("bp_systolic").GetInt32().ShouldBe(122);
                preview.Data.GetProperty("after").TryGetProperty("is_procedure_blocking", out _).ShouldBeFalse();
                preview.Data.GetProperty("after").TryGetProperty("abnormal_flags", out _).ShouldBeFalse();
            });

        corrected.Data.GetProperty("after").GetProperty("version").GetInt32().ShouldBe(2);
        corrected.Data.GetProperty("after").GetProperty("is_procedure_blocking").GetBoolean().ShouldBeFalse();
        NothingUrgent(corrected);
    }

    private async Task ArchiveAsync(string patient, string wrong)
    {
        var call = $$"""{"patient":"{{patient}}","kind":"vital-signs","record":"{{wrong}}"}""";
        await _agent.WriteAsync("archive_patient_record", call, preview =>
        {
            preview.Data.GetProperty("before").GetProperty("pulse").GetInt32().ShouldBe(61);
            preview.Data.TryGetProperty("after", out _).ShouldBeFalse();
        });

        (await _agent.CallAsync("archive_patient_record", call)).ErrorCode.ShouldBe("not_found");
    }

    private async Task ReadBackAsync(string patient, string[] allergies, string[] medications, string[] vitals, string[] calls)
    {
        (await IdsAsync(patient, "allergies")).ShouldBe(allergies);
        (await IdsAsync(patient, "medications")).ShouldBe(medications);
        (await IdsAsync(patient, "vital-signs")).ShouldBe(vitals);
        (await IdsAsync(patient, "communication-logs")).ShouldBe(calls);
        (await IdsAsync(patient, "diseases")).ShouldBeEmpty();
        var chart = await _agent.ReadAsync("get_medical_summary", $$"""{"patient":"{{patient}}"}""");
        Text(chart.Data.GetProperty("allergies")[0], "reaction").ShouldBe("Hives");
        Text(chart.Data.GetProperty("current_medications")[0], "med_descript").ShouldBe("Amoxicillin 500 mg");
        var latest = chart.Data.GetProperty("summary").GetProperty("latest_vitals");
        (latest.GetProperty("bp_systolic").GetInt32(), latest.GetProperty("pulse").GetInt32(), Text(latest, "bmi")).ShouldBe((122, 88, "24.2"));
        NothingUrgent(chart);
        Text((await _agent.ReadAsync("get_patient", $$"""{"patient":"{{patient}}"}""")).Data, "status").ShouldBe("active");
    }

    private async Task<IReadOnlyList<string>> IdsAsync(string patient, string kind) =>
        [.. (await _agent.ReadAsync("list_patient_records", $$"""{"patient":"{{patient}}","kind":"{{kind}}"}""")).Data.EnumerateArray()
            .Select(row => Text(row, "id"))];

    private static void NothingUrgent(ToolReply reply) => reply.Notices.Where(Urgent).ShouldBeEmpty();

    private static bool Urgent(string notice) =>
        notice.StartsWith("Critical", StringComparison.Ordinal) || notice.StartsWith("Procedure", StringComparison.Ordinal);

    // What the caller wrote goes to the API; what comes back names nobody, not in the log either.
    private void NothingIdentifying()
    {
        _agent.Saying(Identifying).ShouldBeEmpty();
        foreach (var word in Identifying[..^1]) _world.Log.Text.ShouldNotContain(word, Case.Sensitive);
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).ToString();

    private static IReadOnlyList<JsonElement> Rows(JsonElement data, string name) => [.. data.GetProperty(name).EnumerateArray()];
}
