using HealthMcp.Pipeline;
using HealthMcp.Privacy;

namespace HealthMcp.Tests;

public sealed class SettingsTests
{
    private static readonly (string, string)[] LivePatients =
        [("PATIENTS_BASE_URL", "https://p.example"), ("PATIENTS_ORG_ID", "org"), ("PATIENTS_API_TOKEN", "t")];

    [Fact]
    public void Without_any_setting_all_four_systems_are_the_sandbox_and_deidentified()
    {
        var settings = Read();

        settings.Sandbox.ShouldBe(Settings.Systems);
        settings.SandboxOnly.ShouldBeTrue();
        settings.Privacy.Level.ShouldBe(PrivacyLevel.Deidentified);
        settings.WritesOf("patients").ShouldBe(WriteMode.Confirm);
    }

    [Fact]
    public void One_live_system_switches_the_sandbox_off_for_the_others()
    {
        var settings = Read(LivePatients);

        settings.Live.ShouldBe(["patients"]);
        settings.Sandbox.ShouldBeEmpty();
        settings.WritesOf("patients").ShouldBe(WriteMode.Approve);
    }

    [Fact]
    public void Unless_the_sandbox_is_asked_for_by_name()
    {
        var settings = Read([.. LivePatients, ("HEALTHMCP_SANDBOX", "xcures,phenoml")]);

        settings.Sandbox.ShouldBe(["xcures", "phenoml"]);
        settings.SandboxOnly.ShouldBeFalse();
        settings.WritesOf("xcures").ShouldBe(WriteMode.Confirm);
    }

    [Theory]
    [InlineData("HEALTHMCP_PRIVACY", "open", "HEALTHMCP_PRIVACY")]
    [InlineData("HEALTHMCP_PRIVACY", "2", "HEALTHMCP_PRIVACY")]
    [InlineData("HEALTHMCP_PRIVACY", "identified", "HEALTHMCP_PURPOSE")]
    [InlineData("HEALTHMCP_PURPOSE", "curiosity", "HEALTHMCP_PURPOSE")]
    [InlineData("HEALTHMCP_WRITES", "yes", "HEALTHMCP_WRITES")]
    [InlineData("HEALTHMCP_READ_ONLY", "maybe", "HEALTHMCP_READ_ONLY")]
    [InlineData("HEALTHMCP_TOOLSETS", "xcures,nonsense", "HEALTHMCP_TOOLSETS")]
    [InlineData("HEALTHMCP_SANDBOX", "nonsense", "HEALTHMCP_SANDBOX")]
    [InlineData("XCURES_BASE_URL", "http://x.example", "XCURES_BASE_URL")]
    [InlineData("DRCLOUD_BASE_URL", "https://user:pw@x.example", "DRCLOUD_BASE_URL")]
    public void A_mistake_is_named_and_its_value_is_not_shown(string name, string value, string named)
    {
        var problems = Problems((name, value));

        problems.ShouldContain(p => p.Contains(named, StringComparison.Ordinal));
        if (value.Length > 4) problems.ShouldNotContain(p => p.Contains(value, StringComparison.Ordinal) && value != "identified");
    }

    [Fact]
    public void A_system_cannot_be_live_and_sandbox_at_once() =>
        Problems([.. LivePatients, ("HEALTHMCP_SANDBOX", "patients")]).ShouldHaveSingleItem().ShouldContain("HEALTHMCP_SANDBOX");

    [Fact]
    public void A_misspelt_scope_is_no_reason_to_grant_more() =>
        Read(("HEALTHMCP_SCOPES", "xcures/subject.read")).Scopes!.Holds("xcures/subjects.read").ShouldBeFalse();

    private static Settings Read(params (string Name, string Value)[] settings)
    {
        var problems = new List<string>();
        var read = Composition.Configure(settings.ToDictionary(s => s.Name, s => s.Value, StringComparer.Ordinal).GetValueOrDefault, problems);
        problems.ShouldBeEmpty();
        return read.Settings;
    }

    private static List<string> Problems(params (string Name, string Value)[] settings)
    {
        var problems = new List<string>();
        Composition.Configure(settings.ToDictionary(s => s.Name, s => s.Value, StringComparer.Ordinal).GetValueOrDefault, problems);
        problems.ShouldNotBeEmpty();
        return problems;
    }
}
