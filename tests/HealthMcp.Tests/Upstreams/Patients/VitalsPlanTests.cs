using System.Text;
using HealthMcp.Catalog;
using HealthMcp.Tests.Support;
using static HealthMcp.Tests.Support.ToolCalls;

namespace HealthMcp.Tests.Upstreams.Patients;

/// <summary>What is planned, and how the patient is found.</summary>
public sealed class VitalsPlanTests
{
    private const string Lookup =
        """{"patient_lookup":{"first_name":"marissa","last_name":" JONES ","date_of_birth":"1971-06-29"},"date_taken":"2026-03-10","pulse":70}""";

    [Fact]
    public async Task The_body_is_the_contracts_request_in_its_units()
    {
        var patients = new PatientsHarness().WithPatient();

        var plan = await RunAsync<WritePlan>(patients.Record, $$"""
            {"patient":"{{PatientsHarness.Id}}","date_taken":"2026-03-10","time_taken":"08:30","bp_systolic":120,"bp_diastolic":70,"pulse":70,"respiration_rate":16,
            "oxygen_saturation":98,"temperature_c":37,"weight_kg":70,"height_cm":175,"bmi_percentile":50,"note":" left arm ","provider_uuid":"p-1","has_followup_plan":false,"weight_code":"W1"}
            """);

        Encoding.UTF8.GetString(plan.Body.Span).ShouldBe(
            """{"date_taken":"2026-03-10","time_taken":"08:30","bp_systolic":120,"bp_diastolic":70,"pulse":70,"respiration_rate":16,"oxygen_saturation":98,"bmi_percentile":50,"note":"left arm","weight_code":"W1","has_followup_plan":false,"temperature_f":98.6,"weight_lbs":154.32,"height_inches":68.90,"bmi":22.9,"provider_uuid":"p-1"}""");
        plan.Path.ShouldBe(PatientsHarness.Vitals);
        plan.Endpoint.RepeatIsSafe.ShouldBeTrue();
        plan.PreviewShape.ShouldBe("patients.vitals");
        plan.Warnings.ShouldBeEmpty();
        plan.Says.ShouldBe("Records bp_systolic, bp_diastolic, pulse, respiration_rate, oxygen_saturation, bmi_percentile, "
            + "temperature_f, weight_lbs, height_inches, bmi, note, weight_code on one patient's chart in sandbox Patients.");
        var preview = Encoding.UTF8.GetString(plan.Preview.Span);
        preview.ShouldContain("\"patient\":{\"id\":\"22222222-2222-2222-2222-222222222222\",\"name\":\"Marissa Jones, born 1971-06-29\"}");
        preview.ShouldContain("\"weight_lbs\":\"154.32\"");
        patients.Upstream.Sent.ShouldAllBe(request => request.Method == "GET");
    }

    [Theory]
    [InlineData("\"bp_systolic\":190,\"bp_diastolic\":100,\"pulse\":115", "Critical: bp_systolic", "bp_diastolic", "pulse")]
    [InlineData("\"oxygen_saturation\":93", "Critical: oxygen_saturation")]
    [InlineData("\"oxygen_saturation\":94", "oxygen_saturation is outside")]
    [InlineData("\"bp_systolic\":180,\"bp_diastolic\":120", "bp_systolic is outside", "bp_diastolic is outside")]
    [InlineData("\"bp_systolic\":181,\"bp_diastolic\":121", "Critical: bp_systolic", "Critical: bp_diastolic")]
    [InlineData("\"pulse\":40", "Critical: pulse")]
    [InlineData("\"pulse\":51")]
    [InlineData("\"pulse\":110")]
    [InlineData("\"pulse\":131", "Critical: pulse")]
    [InlineData("\"respiration_rate\":25", "Critical: respiration_rate")]
    [InlineData("\"respiration_rate\":12")]
    [InlineData("\"temperature_c\":35", "Critical: temperature_f")]
    [InlineData("\"temperature_c\":38.1", "temperature_f is outside")]
    [InlineData("\"temperature_f\":98.6")]
    [InlineData("\"temperature_c\":41", "Critical: temperature_f")]
    [InlineData("\"bp_systolic\":120", "Only one of")]
    [InlineData("\"bp_systolic\":110,\"bp_diastolic\":100", "bp_diastolic is outside", "close together")]
    [InlineData("\"weight_kg\":140,\"height_cm\":170", "bmi is outside")]
    public async Task Unusual_values_are_warned_of_critical_first(string values, params string[] warnings)
    {
        var patients = new PatientsHarness().WithPatient();

        var plan = await RunAsync<WritePlan>(patients.Record, $$"""{"patient":"{{PatientsHarness.Id}}","date_taken":"2026-03-10",{{values}}}""");

        plan.Warnings.Count.ShouldBe(warnings.Length);
        foreach (var (warning, start) in plan.Warnings.Zip(warnings)) warning.ShouldContain(start);
    }

    [Theory]
    [InlineData("archived")]
    [InlineData("deceased")]
    public async Task A_record_that_is_hardly_the_right_one_is_warned_of(string status)
    {
        var patients = new PatientsHarness().WithPatient(status);

        (await RunAsync<WritePlan>(patients.Record, $$"""{"patient":"{{PatientsHarness.Id}}","date_taken":"2026-03-10","pulse":70}""")).Warnings
            .ShouldHaveSingleItem()
            .ShouldContain(status);
    }

    [Fact]
    public async Task A_year_that_may_be_wrong_is_warned_of()
    {
        var patients = new PatientsHarness().WithPatient();

        (await RunAsync<WritePlan>(patients.Record, $$"""{"patient":"{{PatientsHarness.Id}}","date_taken":"2025-03-09","pulse":70}""")).Warnings
            .ShouldHaveSingleItem()
            .ShouldContain("year");
    }

    [Fact]
    public async Task A_patient_is_found_by_a_complete_look_up_matched_whole_over_all_pages()
    {
        var patients = new PatientsHarness();
        patients.Upstream.On("GET", PatientsHarness.List, request => ScriptedUpstream.Json(request.Get("page") == "1"
            ? PatientsHarness.Page(2, PatientsHarness.Patient("other", "Marissa", "Joneson"))
            : PatientsHarness.Page(2, PatientsHarness.Patient())));
        var call = Context(patients.Record);

        var plan = await RunAsync<WritePlan>(patients.Record, Lookup, call);

        plan.Path.ShouldBe(PatientsHarness.Vitals);
        patients.Upstream.Sent[0].Query.ShouldBe([("dob_from", "1971-06-29"), ("dob_to", "1971-06-29"), ("page", "1"), ("page_size", "100")]);
        call.Trace.Records.ShouldBe([("patients", PatientsHarness.Id)]);
    }

    [Theory]
    [InlineData(0, FailureCodes.NotFound)]
    [InlineData(2, FailureCodes.Conflict)]
    public async Task No_patient_and_several_patients_are_refused_with_the_way_on(int matches, string code)
    {
        var patients = new PatientsHarness();
        patients.Upstream.On(
            "GET",
            PatientsHarness.List,
            PatientsHarness.Page(matches, [.. Enumerable.Range(0, matches).Select(i => PatientsHarness.Patient($"id-{i}"))]));

        var failure = await FailAsync(patients.Record, Lookup);

        failure.Code.ShouldBe(code);
        failure.Argument.ShouldBe("patient_lookup");
        failure.Message.ShouldContain("handle");
        failure.Message.ShouldNotContain("JONES", Case.Insensitive);
    }

    [Fact]
    public async Task Guessing_birth_dates_is_stopped()
    {
        var patients = new PatientsHarness();
        patients.Upstream.On("GET", PatientsHarness.List, PatientsHarness.Page(0));
        var codes = new List<string>();

        for (var day = 1; day <= 9; day++)
        {
            codes.Add((await FailAsync(patients.Record, Lookup.Replace("1971-06-29", $"1971-06-0{day}", StringComparison.Ordinal))).Code);
        }

        codes.ShouldBe([.. Enumerable.Repeat(FailureCodes.NotFound, 5), .. Enumerable.Repeat(FailureCodes.QuestionWithheld, 4)]);
    }

    [Theory]
    [InlineData("""{"date_taken":"2026-03-10","pulse":70}""")]
    [InlineData("""{"patient":"x","patient_lookup":{"first_name":"a","last_name":"b","date_of_birth":"1971-06-29"},"date_taken":"2026-03-10","pulse":70}""")]
    public async Task The_patient_is_named_in_exactly_one_way(string arguments) =>
        (await FailAsync(new PatientsHarness().Record, arguments)).Argument.ShouldBe("patient");

    [Fact]
    public async Task An_unknown_patient_is_not_found()
    {
        var patients = new PatientsHarness();
        patients.Upstream.On("GET", PatientsHarness.One, _ => ScriptedUpstream.Json("""{"detail":"Marissa"}""", 404));

        (await FailAsync(patients.Record, $$"""{"patient":"{{PatientsHarness.Id}}","date_taken":"2026-03-10","pulse":70}""")).Code
            .ShouldBe(FailureCodes.NotFound);
    }

    [Fact]
    public void A_look_up_needs_the_right_to_read_patients()
    {
        var tool = new PatientsHarness().Record.Definition;
        using var lookup = System.Text.Json.JsonDocument.Parse(Lookup);
        using var odd = System.Text.Json.JsonDocument.Parse("[]");

        tool.ScopesOf(lookup.RootElement).ShouldBe(["patients/records.read"]);
        tool.ScopesOf(odd.RootElement).ShouldBeEmpty();
        tool.Scopes.ShouldBe(["patients/vitals.write"]);
        tool.Hints.ShouldBe(new ToolHints(ReadOnly: false, Destructive: false, Idempotent: false, OpenWorld: false));
    }

    [Theory]
    [InlineData("""{"date_taken":"10/03/2026"}""", "date_taken")]
    [InlineData("""{"pulse":70}""", "date_taken")]
    [InlineData("""{"date_taken":"2026-03-10","pulse":70.5}""", "pulse")]
    [InlineData("""{"date_taken":"2026-03-10","pulse":-1}""", "pulse")]
    [InlineData("""{"date_taken":"2026-03-10","time_taken":"8h30"}""", "time_taken")]
    [InlineData("""{"date_taken":"2026-03-10","temperature":37}""", "")]
    [InlineData("""{"date_taken":"2026-03-10","patient_lookup":{"last_name":"b"}}""", "patient_lookup.first_name")]
    [InlineData("""{"date_taken":"2026-03-10","bmi_percentile":101}""", "bmi_percentile")]
    public void The_schema_refuses_what_has_the_wrong_form(string arguments, string argument)
    {
        using var json = System.Text.Json.JsonDocument.Parse(arguments);

        ArgumentValidator.Check(InputSchema.Of(new PatientsHarness().Record.Definition.Input), json.RootElement)
            .Select(problem => problem.Argument)
            .ShouldContain(argument);
    }
}
