using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Upstreams.Patients;

/// <summary>The tools for vital signs, allergies, problems and medications through a real MCP client, against the sandbox.</summary>
public sealed class ClinicalToolsTests
{
    private const string Who = "\"patient_lookup\":{\"first_name\":\"Justin\",\"last_name\":\"Williams\",\"date_of_birth\":\"1968-05-28\"}";

    private static readonly (string Name, string Value) Toolset = ("HEALTHMCP_TOOLSETS", "patients");

    public static TheoryData<string, string> Calls => new()
    {
        { "get_vitals", "" },
        { "correct_vitals", "\"vitals_uuid\":\"v-0\",\"pulse\":70" },
        { "record_allergy", "\"allergy_definition_uuid\":\"a-0\"" },
        { "update_allergy", "\"allergy_uuid\":\"a-0\",\"severity\":\"mild\"" },
        { "record_problem", "\"disease_definition_uuid\":\"d-0\"" },
        { "update_problem", "\"disease_uuid\":\"d-0\",\"problem_status\":\"resolved\"" },
        { "record_medication", "\"med_descript\":\"x\"" },
        { "update_medication", "\"medication_uuid\":\"m-0\",\"dosage\":\"1 mg\"" },
        { "archive_patient_record", "\"kind\":\"allergies\",\"record\":\"a-0\"" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Without_a_patient_a_scope_or_an_api_it_says_which(string tool, string arguments)
    {
        await using var world = await World.StartAsync(Toolset);
        var call = $$"""{"patient":"00000000-0000-4000-8000-000000000000"{{(arguments.Length == 0 ? "" : ",")}}{{arguments}}}""";

        (await world.CallAsync(tool, call)).ErrorCode.ShouldBe("not_found");
        (await world.CallAsync(tool, call, world.Build(Toolset, ("HEALTHMCP_SCOPES", "xcures/subjects.read")))).ErrorCode.ShouldBe("insufficient_scope");
        world.Sandbox.Faults.Next("patients", "*", Fault.HtmlErrorPage(), 9);
        var failed = await world.CallAsync(tool, call);
        failed.ErrorCode.ShouldBe("upstream_error");
        failed.Text.ShouldNotContain("CANARY");
        world.Build(Toolset, ("HEALTHMCP_READ_ONLY", "true")).Tools.On.Any(one => one.Name == tool).ShouldBe(tool == "get_vitals");
    }

    [Fact]
    public async Task Vital_signs_come_newest_first_with_codes_and_both_units_and_the_critical_ones_before()
    {
        await using var world = await World.StartAsync(Toolset);
        var patient = await PatientAsync(world, "\"date_taken\":\"2024-05-06\",\"bp_systolic\":200,\"bp_diastolic\":110,\"weight_kg\":80");

        var readings = await world.CallAsync("get_vitals", $$"""{"patient":"{{patient}}"}""");
        var trend = await world.CallAsync("get_vitals", $$"""{"patient":"{{patient}}","view":"trend","date_from":"2024-03-03"}""");

        readings.Notices[0].ShouldStartWith("Procedure-blocking");
        readings.Data.GetProperty("critical")[0].GetProperty("vital").GetString().ShouldBe("bp_systolic");
        readings.Data.GetProperty("critical")[0].GetProperty("loinc").GetString().ShouldBe("8480-6");
        readings.Data.GetProperty("readings")[0].GetProperty("weight_kg").GetString().ShouldBe("80.00");
        readings.Data.GetProperty("readings")[0].GetProperty("date_taken").GetString().ShouldBe("2024");
        trend.Notices.ShouldContain(notice => notice.Contains("widened to whole years"));
        var first = trend.Data.GetProperty("trend")[0];
        first.GetProperty("vital").GetString().ShouldBe("bp_systolic");
        first.GetProperty("severity").GetString().ShouldBe("critical");
        first.GetProperty("points")[first.GetProperty("count").GetInt32() - 1].GetProperty("value").GetString().ShouldBe("200");
        readings.Text.ShouldNotContain("Williams");
    }

    [Fact]
    public async Task An_empty_period_says_what_was_searched_and_a_wrong_one_what_is_wrong()
    {
        await using var world = await World.StartAsync(Toolset);
        var patient = await PatientAsync(world, "\"date_taken\":\"2024-05-06\",\"pulse\":70");

        var empty = await world.CallAsync("get_vitals", $$"""{"patient":"{{patient}}","date_to":"1999-01-01"}""");
        var swapped = await world.CallAsync("get_vitals", $$"""{"patient":"{{patient}}","date_from":"2024-01-01","date_to":"2023-01-01"}""");
        var both = await world.CallAsync("get_vitals", $$"""{"patient":"{{patient}}","vitals_uuid":"v","view":"trend"}""");

        empty.Notices[0].ShouldStartWith("Nothing was found. Searched");
        swapped.ErrorCode.ShouldBe("invalid_argument");
        both.ErrorCode.ShouldBe("invalid_argument");
    }

    [Fact]
    public async Task A_correction_is_checked_with_what_stays_and_works_the_bmi_out_anew()
    {
        await using var world = await World.StartAsync(Toolset);
        var patient = await PatientAsync(world, "\"date_taken\":\"2024-05-06\",\"bp_systolic\":120,\"bp_diastolic\":80,\"weight_kg\":80,\"height_cm\":175");
        var reading = (await world.CallAsync("get_vitals", $$"""{"patient":"{{patient}}"}""")).Data.GetProperty("readings")[0].GetProperty("id").GetString();

        var swapped = await world.CallAsync("correct_vitals", $$"""{"patient":"{{patient}}","vitals_uuid":"{{reading}}","bp_systolic":70}""");
        var corrected = await ConfirmAsync(world, "correct_vitals", $$"""{"patient":"{{patient}}","vitals_uuid":"{{reading}}","weight_kg":70}""");

        swapped.ErrorCode.ShouldBe("invalid_argument");
        corrected.Content.GetProperty("write").GetProperty("verified").GetBoolean().ShouldBeTrue();
        corrected.Data.GetProperty("before").GetProperty("bmi").GetString().ShouldBe("26.1");
        corrected.Data.GetProperty("after").GetProperty("bmi").GetString().ShouldBe("22.9");
        corrected.Data.GetProperty("after").GetProperty("bp_systolic").GetInt32().ShouldBe(120);
    }

    [Fact]
    public async Task A_confirmation_is_good_for_the_version_that_was_seen_only()
    {
        await using var world = await World.StartAsync(Toolset);
        var patient = await PatientAsync(world, "\"date_taken\":\"2024-05-06\",\"pulse\":70");
        var reading = (await world.CallAsync("get_vitals", $$"""{"patient":"{{patient}}"}""")).Data.GetProperty("readings")[0].GetProperty("id").GetString();
        var change = $$"""{"patient":"{{patient}}","vitals_uuid":"{{reading}}","pulse":72""";
        var old = await world.CallAsync("correct_vitals", change + "}");

        await ConfirmAsync(world, "correct_vitals", $$"""{"patient":"{{patient}}","vitals_uuid":"{{reading}}","respiration_rate":15}""");
        var stale = await world.CallAsync("correct_vitals", $$"""{{change}},"confirmation":"{{old.Confirmation}}"}""");

        stale.ErrorCode.ShouldBe("invalid_confirmation");
        stale.Text.ShouldContain("older version of the record");
    }

    [Fact]
    public async Task A_medication_that_the_patient_is_allergic_to_is_said_first_and_its_words_do_not_come_back()
    {
        await using var world = await World.StartAsync(Toolset);
        var written = await ConfirmAsync(world, "record_medication", $$"""{{{Who}},"med_descript":"Ibuprofen 400 mg","patient_note":"for Karen Williams"}""");

        written.Notices[0].ShouldStartWith("Interaction: the practice's API warns of 1");
        written.Data.GetProperty("interaction_warnings").GetArrayLength().ShouldBe(1);
        written.Text.ShouldNotContain("400 mg");
        written.Text.ShouldNotContain("Karen");
    }

    [Fact]
    public async Task A_definition_is_known_by_name_from_a_record_or_the_map_and_else_says_what_is_needed()
    {
        await using var world = await World.StartAsync(Toolset);
        using var folder = new TempFolder();
        var map = Path.Combine(folder.Path, "map.json");
        await File.WriteAllTextAsync(map, """{"disease":{"Gout":"11111111-1111-4111-8111-111111111111"}}""");
        var call = $$"""{{{Who}},"disease_definition":"gout"}""";

        var seen = await world.CallAsync("record_problem", $$"""{{{Who}},"disease_definition":"urticaria  pigmentosa"}""");
        var unknown = await world.CallAsync("record_problem", call);
        var mapped = await world.CallAsync("record_problem", call, world.Build(Toolset, ("PATIENTS_DEFINITIONS", map)));

        seen.IsError.ShouldBeFalse(seen.Text);
        seen.Text.ShouldContain("active problem of the same definition");
        unknown.ErrorCode.ShouldBe("invalid_argument");
        unknown.Text.ShouldContain("PATIENTS_DEFINITIONS");
        unknown.Text.ShouldNotContain("gout");
        mapped.Data.GetProperty("disease_definition").GetProperty("name").GetString().ShouldBe("Gout");
        (await world.CallAsync("record_problem", $$"""{{{Who}},"disease_definition":"Mr. Nolan"}""")).ErrorCode.ShouldBe("question_withheld");
    }

    [Fact]
    public async Task What_is_archived_is_gone_and_a_second_time_is_not_found()
    {
        await using var world = await World.StartAsync(Toolset);
        var patient = await PatientAsync(world, "\"date_taken\":\"2024-05-06\",\"pulse\":70");
        var reading = (await world.CallAsync("get_vitals", $$"""{"patient":"{{patient}}"}""")).Data.GetProperty("readings")[0].GetProperty("id").GetString();
        var call = $$"""{"patient":"{{patient}}","kind":"vital-signs","record":"{{reading}}"}""";

        var archived = await ConfirmAsync(world, "archive_patient_record", call);

        archived.Content.GetProperty("write").GetProperty("verified").GetBoolean().ShouldBeTrue(archived.Text);
        (await world.CallAsync("archive_patient_record", call)).ErrorCode.ShouldBe("not_found");
    }

    [Theory]
    [InlineData("""{"allergy":{"X":"no uuid"}}""")]
    [InlineData("""{"allergies":{}}""")]
    [InlineData("[1]")]
    [InlineData("{")]
    [InlineData(null)]
    public async Task A_map_that_cannot_be_read_stops_the_start_without_its_entries(string? content)
    {
        using var folder = new TempFolder();
        var map = Path.Combine(folder.Path, "map.json");
        if (content is not null) await File.WriteAllTextAsync(map, content);
        var problems = new List<string>();

        HealthMcp.Upstreams.Patients.Clinical.DefinitionMap.Read(name => name == "PATIENTS_DEFINITIONS" ? map : null, problems);

        problems.ShouldHaveSingleItem().ShouldStartWith("PATIENTS_DEFINITIONS must");
        problems[0].ShouldNotContain("no uuid");
    }

    private static async Task<string> PatientAsync(World world, string measured) =>
        (await ConfirmAsync(world, "record_vitals", $$"""{{{Who}},{{measured}}}""")).Data.GetProperty("patient").GetProperty("uuid").GetString()!;

    private static async Task<ToolReply> ConfirmAsync(World world, string tool, string arguments)
    {
        var preview = await world.CallAsync(tool, arguments);
        preview.IsError.ShouldBeFalse(preview.Text);
        var written = await world.CallAsync(tool, $$"""{{arguments[..^1]}},"confirmation":"{{preview.Confirmation}}"}""");
        written.IsError.ShouldBeFalse(written.Text);
        return written;
    }
}
