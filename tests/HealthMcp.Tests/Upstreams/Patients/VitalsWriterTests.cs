using HealthMcp.Catalog;
using HealthMcp.Tests.Support;
using static HealthMcp.Tests.Support.ToolCalls;

namespace HealthMcp.Tests.Upstreams.Patients;

/// <summary>Written once, read back, and never in doubt without saying so.</summary>
public sealed class VitalsWriterTests
{
    private const string Arguments = $$"""{"patient":"{{PatientsHarness.Id}}","date_taken":"2026-03-10","time_taken":"08:30","bp_systolic":190,"bp_diastolic":110,"temperature_c":37,"weight_kg":70}""";
    private const string RecordPath = $"{PatientsHarness.Vitals}/v-1";
    private static readonly Guid Key = Guid.Parse("33333333-3333-3333-3333-333333333333");

    [Fact]
    public async Task A_write_carries_its_key_and_is_verified_by_reading_back()
    {
        var patients = new PatientsHarness().WithPatient();
        patients.Upstream.On("POST", PatientsHarness.Vitals, _ => ScriptedUpstream.Json(Stored(), 201)).On("GET", RecordPath, Stored());

        var result = await WriteAsync(patients);

        result.Write.ShouldBe(new WriteOutcome("done", Verified: true));
        var sent = patients.Upstream.Sent.Single(request => request.Method == "POST");
        sent.Headers["Idempotency-Key"].ShouldBe(Key.ToString("D"));
        sent.Headers["Authorization"].ShouldBe("Bearer tok");
        sent.Headers["Content-Type"].ShouldBe("application/json");
        sent.Body.ShouldContain("\"weight_lbs\":154.32");
        result.Sections.ShouldHaveSingleItem().Shape.ShouldBe("patients.vitals");
    }

    [Fact]
    public async Task What_the_api_finds_critical_is_said_first_without_its_words()
    {
        var patients = new PatientsHarness().WithPatient();
        var stored = Stored("""
            ,"is_procedure_blocking":true,"abnormal_flags":[{"vital":"temperature_f","message":"Marissa is warm","severity":"warning"},
            {"vital":"bp_systolic","message":"190 too high","severity":"critical"},{"vital":"Marissa","severity":"critical"},{"vital":7}]
            """);
        patients.Upstream.On("POST", PatientsHarness.Vitals, _ => ScriptedUpstream.Json(stored, 201)).On("GET", RecordPath, stored);

        var result = await WriteAsync(patients);

        result.Notices.Count.ShouldBe(4);
        result.Notices[0].ShouldStartWith("Procedure-blocking: ");
        result.Notices[1].ShouldBe("Critical: the practice's API flags bp_systolic; see abnormal_flags.");
        result.Notices[2].ShouldBe("Abnormal: the practice's API flags temperature_f; see abnormal_flags.");
        result.Notices[3].ShouldStartWith("LOINC codes (UCUM units): bp_systolic 8480-6 (mm[Hg]), bp_diastolic 8462-4 (mm[Hg]), temperature_f 8310-5 ([degF])");
    }

    [Theory]
    [InlineData("\"bp_systolic\":190", "\"bp_systolic\":109")]
    [InlineData("\"weight_lbs\":\"154.3\"", "\"weight_lbs\":\"145.3\"")]
    [InlineData("\"time_taken\":\"08:30:00\"", "\"time_taken\":null")]
    [InlineData("\"date_taken\":\"2026-03-10\"", "\"date_taken\":\"2026-03-09\"")]
    public async Task A_stored_record_that_differs_is_not_called_verified(string field, string other)
    {
        var patients = new PatientsHarness().WithPatient();
        patients.Upstream.On("POST", PatientsHarness.Vitals, _ => ScriptedUpstream.Json(Stored(), 201)).On(
            "GET",
            RecordPath,
            Stored().Replace(field, other, StringComparison.Ordinal));

        var result = await WriteAsync(patients);

        result.Write.ShouldBe(new WriteOutcome("done", Verified: false));
        result.Notices[^1].ShouldContain("differs");
    }

    [Fact]
    public async Task A_read_back_that_fails_does_not_make_the_write_fail()
    {
        var patients = new PatientsHarness().WithPatient();
        patients.Upstream.On("POST", PatientsHarness.Vitals, _ => ScriptedUpstream.Json(Stored(), 201)).On(
            "GET", RecordPath, _ => ScriptedUpstream.Json("{}", 500));

        (await WriteAsync(patients)).Write.ShouldBe(new WriteOutcome("done", Verified: false));
    }

    [Fact]
    public async Task A_conflict_means_already_written_and_the_record_is_found_on_any_page()
    {
        var patients = new PatientsHarness().WithPatient();
        patients.Upstream.On("POST", PatientsHarness.Vitals, _ => ScriptedUpstream.Json("{}", 409));
        patients.Upstream.On("GET", PatientsHarness.Vitals, request => ScriptedUpstream.Json(request.Get("page") == "1"
            ? PatientsHarness.Page(2, Stored().Replace("190", "120", StringComparison.Ordinal).Replace("v-1", "v-0", StringComparison.Ordinal))
            : PatientsHarness.Page(2, Stored())));

        var result = await WriteAsync(patients);

        result.Write.ShouldBe(new WriteOutcome("already_written", Verified: true));
        patients.Upstream.To(PatientsHarness.Vitals).Count(request => request.Method == "POST").ShouldBe(1);
        patients.Upstream.Sent[^1].Query.ShouldBe([("date_from", "2026-03-10"), ("date_to", "2026-03-10"), ("page", "2"), ("page_size", "100")]);
    }

    [Fact]
    public async Task A_conflict_without_the_record_is_a_conflict()
    {
        var patients = new PatientsHarness().WithPatient();
        patients.Upstream.On("POST", PatientsHarness.Vitals, _ => ScriptedUpstream.Json("{}", 409)).On(
            "GET",
            PatientsHarness.Vitals,
            PatientsHarness.Page(1, Stored(""","deleted_at":"2026-03-10T12:00:00Z" """)));

        (await LostAsync(patients)).Code.ShouldBe(FailureCodes.Conflict);
    }

    [Fact]
    public async Task A_repeat_after_a_lost_answer_is_recognised_by_its_key()
    {
        var patients = new PatientsHarness().WithPatient();
        patients.Upstream.Once(
            "POST",
            PatientsHarness.Vitals,
            _ => throw new HttpRequestException(HttpRequestError.ResponseEnded, "reset"),
            _ => ScriptedUpstream.Json("{}", 409));
        patients.Upstream.On("GET", PatientsHarness.Vitals, PatientsHarness.Page(1, Stored()));

        (await WriteAsync(patients)).Write.ShouldBe(new WriteOutcome("already_written", Verified: true));

        patients.Upstream.Sent.Where(request => request.Method == "POST")
            .Select(request => request.Headers["Idempotency-Key"])
            .Distinct()
            .ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(-2)]
    public async Task An_answer_that_stays_lost_is_resolved_by_looking_for_the_record(int kind)
    {
        var patients = new PatientsHarness().WithPatient();
        patients.Upstream.On("POST", PatientsHarness.Vitals, _ => Lost(kind)).On("GET", PatientsHarness.Vitals, PatientsHarness.Page(1, Stored()));

        var result = await WriteAsync(patients);

        result.Write.ShouldBe(new WriteOutcome("already_written", Verified: true));
        result.Notices[^1].ShouldContain("lost");
    }

    [Theory]
    [InlineData(500)]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task An_answer_that_stays_lost_without_a_record_is_in_doubt(int kind)
    {
        var patients = new PatientsHarness().WithPatient();
        var earlier = Stored().Replace("2026-03-10T12:00:00Z", "2026-03-10T08:31:00Z", StringComparison.Ordinal);
        patients.Upstream.On("POST", PatientsHarness.Vitals, _ => Lost(kind)).On("GET", PatientsHarness.Vitals, PatientsHarness.Page(1, earlier));

        (await LostAsync(patients)).Code.ShouldBe(FailureCodes.InDoubt);
    }

    [Fact]
    public async Task A_lost_answer_that_cannot_be_resolved_is_in_doubt()
    {
        var patients = new PatientsHarness().WithPatient();
        patients.Upstream.On("POST", PatientsHarness.Vitals, _ => Lost(0)).On("GET", PatientsHarness.Vitals, _ => Lost(0));

        (await LostAsync(patients)).Code.ShouldBe(FailureCodes.InDoubt);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("""{"id":".."}""")]
    [InlineData("[1]")]
    public async Task A_created_answer_without_an_id_is_resolved_by_looking(string body)
    {
        var patients = new PatientsHarness().WithPatient();
        patients.Upstream.On("POST", PatientsHarness.Vitals, _ => ScriptedUpstream.Json(body, 201)).On(
            "GET", PatientsHarness.Vitals, PatientsHarness.Page(1, Stored()));

        (await WriteAsync(patients)).Write.ShouldBe(new WriteOutcome("done", Verified: true));
    }

    [Theory]
    [InlineData(400, FailureCodes.UpstreamRejected)]
    [InlineData(401, FailureCodes.UpstreamUnauthorized)]
    [InlineData(403, FailureCodes.UpstreamForbidden)]
    [InlineData(404, FailureCodes.NotFound)]
    [InlineData(422, FailureCodes.UpstreamRejected)]
    [InlineData(429, FailureCodes.UpstreamRateLimited)]
    public async Task A_refused_write_is_a_clear_failure_without_the_body(int status, string code)
    {
        var patients = new PatientsHarness().WithPatient();
        patients.Upstream.On("POST", PatientsHarness.Vitals, _ => ScriptedUpstream.Json("""{"detail":"Marissa 190"}""", status));

        var failure = await LostAsync(patients);

        failure.Code.ShouldBe(code);
        failure.Message.ShouldNotContain("Marissa");
    }

    private static HttpResponseMessage Lost(int kind) => kind switch
    {
        0 => throw new HttpRequestException(HttpRequestError.ResponseEnded, "reset"),
        -1 => ScriptedUpstream.Broken(201),
        -2 => ScriptedUpstream.Html("<html>", 201),
        var status => ScriptedUpstream.Json("{}", status),
    };

    private static string Stored(string more = "") =>
        $$"""{"id":"v-1","patient":{"id":"{{PatientsHarness.Id}}"},"date_taken":"2026-03-10","time_taken":"08:30:00","bp_systolic":190,"bp_diastolic":110,"temperature_f":"98.6","weight_lbs":"154.3","has_followup_plan":false,"created_at":"2026-03-10T12:00:00Z","version":1{{more}}}""";

    private static async Task<UpstreamResult> WriteAsync(PatientsHarness patients) =>
        await (await RunAsync<WritePlan>(patients.Record, Arguments)).Execute(Key, CancellationToken.None);

    private static async Task<CallFailureException> LostAsync(PatientsHarness patients) =>
        await Should.ThrowAsync<CallFailureException>(() => WriteAsync(patients));
}
