using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using static HealthMcp.Tests.Support.ToolCalls;

namespace HealthMcp.Tests.Upstreams.Patients;

/// <summary>Two who change the same version of a record: one wins, the other sees the difference, and nothing is lost.</summary>
public sealed class ConcurrentChangeTests
{
    private const string Medications = $"{PatientsHarness.One}/medications";

    [Fact]
    public async Task The_second_of_two_updates_writes_nothing_and_shows_both_versions()
    {
        var api = WithMedication();
        var patients = new PatientsHarness(api);
        var first = await PlanAsync(patients, "\"dosage\":\"20 mg\"");
        var second = await PlanAsync(patients, "\"frequency\":\"twice daily\"");

        (await first.Execute(default, default)).Write.ShouldBe(new WriteOutcome("done", Verified: true));
        var lost = await second.Execute(default, default);

        first.RecordVersion.ShouldBe("1");
        lost.Write.ShouldBe(new WriteOutcome("conflict", Verified: false));
        lost.Notices.ShouldHaveSingleItem().ShouldStartWith("Not written: somebody else changed this medication in the meantime (dosage).");
        var shown = Row(lost);
        ((string?)shown["before"]!["dosage"]).ShouldBe("10 mg");
        ((string?)shown["now"]!["dosage"]).ShouldBe("20 mg");
        var stored = api.Records[Medications].ShouldHaveSingleItem();
        ((string?)stored["dosage"]).ShouldBe("20 mg");
        ((string?)stored["frequency"]).ShouldBe("daily");

        // A new preview is made on what is there now, and then both changes stand.
        (await (await PlanAsync(patients, "\"frequency\":\"twice daily\"")).Execute(default, default)).Write.ShouldBe(new WriteOutcome("done", Verified: true));
        ((string?)api.Records[Medications][0]["dosage"]).ShouldBe("20 mg");
        ((string?)api.Records[Medications][0]["frequency"]).ShouldBe("twice daily");
    }

    [Theory]
    [InlineData(Fate.AnswerLost)]
    [InlineData(Fate.AnswerBroken)]
    public async Task An_update_whose_answer_was_lost_is_not_taken_for_somebody_elses(Fate fate)
    {
        var api = WithMedication();
        var plan = await PlanAsync(new PatientsHarness(api), "\"dosage\":\"20 mg\"");
        api.Next([fate, fate, fate]);

        (await plan.Execute(default, default)).Write.ShouldBe(new WriteOutcome("already_written", Verified: true));

        ((long)api.Records[Medications][0]["version"]!).ShouldBe(2);
    }

    [Fact]
    public async Task An_update_that_never_arrived_is_in_doubt_and_says_where_to_look()
    {
        var api = WithMedication();
        var plan = await PlanAsync(new PatientsHarness(api), "\"dosage\":\"20 mg\"");
        api.Next([Fate.RequestLost, Fate.RequestLost, Fate.RequestLost]);

        var failure = await Should.ThrowAsync<CallFailureException>(() => plan.Execute(default, default));

        failure.Code.ShouldBe(FailureCodes.InDoubt);
        failure.Message.ShouldContain("call list_patient_records with kind medications");
        ((string?)api.Records[Medications][0]["dosage"]).ShouldBe("10 mg");
    }

    [Fact]
    public async Task Many_at_once_on_one_version_leave_one_winner()
    {
        var api = WithMedication();
        var patients = new PatientsHarness(api);
        var plans = new List<WritePlan>();
        for (var i = 0; i < 8; i++) plans.Add(await PlanAsync(patients, $"\"dosage\":\"{20 + i} mg\""));

        var outcomes = await Task.WhenAll(plans.Select(plan => plan.Execute(default, default)));

        outcomes.Count(outcome => outcome.Write!.Status == "done").ShouldBe(1);
        outcomes.Count(outcome => outcome.Write!.Status == "conflict").ShouldBe(7);
        ((long)api.Records[Medications][0]["version"]!).ShouldBe(2);
    }

    [Fact]
    public async Task The_preview_shows_before_and_after_and_not_the_callers_words()
    {
        var plan = await PlanAsync(new PatientsHarness(WithMedication()), "\"patient_note\":\"call 555-0142\",\"status\":\"on_hold\"");

        var preview = Encoding.UTF8.GetString(plan.Preview.Span);
        plan.PreviewShape.ShouldBe("patients.medication.change");
        preview.ShouldContain("\"status\":\"on_hold\"");
        preview.ShouldContain("\"status\":\"active\"");
        preview.ShouldNotContain("555-0142");
        Encoding.UTF8.GetString(plan.Body.Span).ShouldBe("""{"patient_note":"call 555-0142","status":"on_hold","base_version":1}""");
    }

    private static ForgetfulPatients WithMedication()
    {
        var api = new ForgetfulPatients();
        api.Records[Medications] =
        [
            JsonNode.Parse("""{"id":"m-1","version":1,"dosage":"10 mg","frequency":"daily","status":"active","created_at":"2026-01-01T00:00:00Z"}""")!.AsObject(),
        ];
        return api;
    }

    private static Task<WritePlan> PlanAsync(PatientsHarness patients, string change) => RunAsync<WritePlan>(
        patients.Tool("update_medication"), $$"""{"patient":"{{PatientsHarness.Id}}","medication_uuid":"m-1",{{change}}}""");

    private static JsonObject Row(UpstreamResult result) => JsonNode.Parse(result.Sections[0].Rows[0].Span)!.AsObject();
}
