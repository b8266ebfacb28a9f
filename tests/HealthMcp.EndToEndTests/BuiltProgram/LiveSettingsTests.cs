namespace HealthMcp.EndToEndTests.BuiltProgram;

/// <summary>The sandbox alone, and the program pointed at it with the settings of real systems: what it prints is all that is needed.</summary>
public sealed class LiveSettingsTests
{
    [Fact]
    public async Task The_settings_that_the_sandbox_prints_reach_all_four_systems()
    {
        using var built = new Built();
        var settings = (await built.SandboxAsync()).Append(("HEALTHMCP_SCOPES", Scopes)).ToArray();

        foreach (var (tool, arguments, expected) in Calls)
        {
            var done = await built.RunAsync(["call", tool, arguments], "", settings);
            done.ExitCode.ShouldBe(0, $"{tool}: {done.Output}{done.Error}");
            done.Output.ShouldContain(expected);
            done.Output.ShouldContain("kind=live");
        }

        (await built.RunAsync(["doctor"], "", settings)).Output.ShouldNotContain("sandbox, reachable");
    }

    [Fact]
    public async Task Over_mcp_a_live_write_waits_for_a_person_and_in_a_terminal_she_answers()
    {
        using var built = new Built();
        var settings = (await built.SandboxAsync()).Append(("HEALTHMCP_SCOPES", Scopes)).ToArray();
        const string Vitals = """{"patient_lookup":{"first_name":"Marissa","last_name":"Jones","date_of_birth":"1971-06-29"},"date_taken":"2026-11-20","pulse":70}""";

        (await built.RunAsync(["call", "record_vitals", Vitals], "", settings)).Output.ShouldContain("needs a person's approval");
        (await built.RunAsync(["call", "record_vitals", Vitals, "--yes"], "", settings)).Output.ShouldContain("verified=true");
    }

    [Fact]
    public async Task A_program_that_agrees_for_a_person_does_not_know_the_code()
    {
        using var built = new Built();
        var settings = (await built.SandboxAsync()).Append(("HEALTHMCP_SCOPES", Scopes)).Append(("HEALTHMCP_APPROVAL_CODE", "north-wind-7")).ToArray();
        const string Vitals = """{"patient_lookup":{"first_name":"Marissa","last_name":"Jones","date_of_birth":"1971-06-29"},"date_taken":"2026-11-20","pulse":70}""";

        var refused = await built.RunAsync(["call", "record_vitals", Vitals, "--yes"], "", settings);

        refused.ExitCode.ShouldBe(1);
        refused.Output.ShouldContain("needs a person's approval");
    }

    [Fact]
    public async Task By_default_a_live_system_is_only_read()
    {
        using var built = new Built();
        var settings = await built.SandboxAsync();

        const string Vitals = """{"patient":"0edaa0d0-ffd2-4a24-8c17-f6ebfb64a40b","date_taken":"2026-11-20","pulse":70}""";

        var done = await built.RunAsync(["call", "record_vitals", Vitals, "--yes"], "", [.. settings]);

        done.ExitCode.ShouldBe(1);
        done.Output.ShouldContain("patients/vitals.write");
    }

    private const string Scopes = "xcures/subjects.read xcures/concepts.read patients/vitals.write patients/records.read phenoml/codes.read phenoml/fhir.create drcloud/fhir.read user/*.rs";

    private static readonly (string Tool, string Arguments, string Expected)[] Calls =
    [
        ("search_subjects", """{"firstName":"Marissa","lastName":"Jones"}""", "subj_"),
        ("get_clinical_concepts", """{"subject":"e08e4764-60ba-4b27-8d81-18e7cb0d3892","kinds":["condition"]}""", "Malignant neoplasm"),
        ("extract_codes", """{"text":"asthma","system":{"name":"ICD-10-CM"}}""", "J45"),
        ("lang2fhir_create", """{"text":"asthma","resource":"auto"}""", "Condition"),
        ("drcloud_fhir_search", """{"type":"Condition","patient":"f1f3c73d-bb2a-4c72-b09b-885520ec7812"}""", "Condition"),
    ];
}
