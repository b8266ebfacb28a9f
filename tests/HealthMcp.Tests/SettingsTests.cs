using HealthMcp.Pipeline;
using HealthMcp.Privacy;

namespace HealthMcp.Tests;

public sealed class SettingsTests
{
    private static readonly (string, string)[] LivePatients =
        [("PATIENTS_BASE_URL", "https://p.example"), ("PATIENTS_ORG_ID", "org"), ("PATIENTS_API_TOKEN", "t")];

    [Theory]
    [InlineData(null, true)]
    [InlineData("on", true)]
    [InlineData("OFF", false)]
    [InlineData("yes", null)]
    [InlineData("", null)]
    [InlineData("false", null)]
    public void Whether_writes_say_that_an_ai_wrote_them_is_on_or_off_and_nothing_else(string? word, bool? signs)
    {
        var problems = new List<string>();
        var read = SettingWords.Authorship(word, problems);

        if (signs is { } known) (read, problems.Count).ShouldBe((known, 0));
        else problems.ShouldHaveSingleItem().ShouldStartWith("HEALTHMCP_AI_AUTHORSHIP must be on or off");
    }

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
    [InlineData("HEALTHMCP_AUTH_ISSUERS", "http://issuer.example", "HEALTHMCP_AUTH_ISSUERS")]
    [InlineData("HEALTHMCP_AUTH_ISSUERS", "issuer.example", "HEALTHMCP_AUTH_ISSUERS")]
    [InlineData("HEALTHMCP_AUTH_ISSUERS", "https://issuer.example?tenant=1", "HEALTHMCP_AUTH_ISSUERS")]
    [InlineData("HEALTHMCP_AUTH_ISSUERS", ",", "HEALTHMCP_AUTH_ISSUERS")]
    [InlineData("HEALTHMCP_AUTH_AUDIENCE", "api://healthmcp", "HEALTHMCP_AUTH_ISSUERS")]
    [InlineData("HEALTHMCP_AUTH_CLIENT_SECRET", "s3cret-value", "HEALTHMCP_AUTH_ISSUERS")]
    [InlineData("HEALTHMCP_PUBLIC_URL", "http://mcp.example/mcp", "HEALTHMCP_PUBLIC_URL")]
    [InlineData("HEALTHMCP_PUBLIC_URL", "https://clinic.example", "HEALTHMCP_PUBLIC_URL")]
    [InlineData("HEALTHMCP_PROXY", "proxy.example", "HEALTHMCP_PROXY")]
    [InlineData("HEALTHMCP_PROXY", "0.0.0.0/0", "HEALTHMCP_PROXY")]
    [InlineData("HEALTHMCP_RATE_LIMIT", "0", "HEALTHMCP_RATE_LIMIT")]
    [InlineData("HEALTHMCP_RATE_LIMIT", "often", "HEALTHMCP_RATE_LIMIT")]
    [InlineData("XCURES_BASE_URL", "http://x.example", "XCURES_BASE_URL")]
    [InlineData("DRCLOUD_BASE_URL", "https://user:pw@x.example", "DRCLOUD_BASE_URL")]
    public void A_mistake_is_named_and_its_value_is_not_shown(string name, string value, string named)
    {
        var problems = Problems((name, value));

        problems.ShouldContain(p => p.Contains(named, StringComparison.Ordinal));
        if (value.Length > 4) problems.ShouldNotContain(p => p.Contains(value, StringComparison.Ordinal) && value != "identified");
    }

    [Theory]
    [InlineData("HEALTHMCP_AUTH_MODE", "trust")]
    [InlineData("HEALTHMCP_AUTH_MODE", "introspection")]
    [InlineData("HEALTHMCP_AUTH_CLIENT_ID", "client-1")]
    [InlineData("HEALTHMCP_AUTH_CLOCK_SKEW", "301")]
    [InlineData("HEALTHMCP_AUTH_CLOCK_SKEW", "-1")]
    [InlineData("HEALTHMCP_AUTH_REQUIRED_CLAIMS", "=clinic")]
    [InlineData("HEALTHMCP_AUTH_REQUIRED_CLAIMS", "tenant=")]
    public void A_mistake_in_the_settings_of_sign_in_is_named(string name, string value) =>
        Problems(("HEALTHMCP_AUTH_ISSUERS", "https://issuer.example"), (name, value)).ShouldContain(p => p.Contains(name, StringComparison.Ordinal));

    [Fact]
    public void Introspection_is_for_one_issuer() =>
        Problems(
            ("HEALTHMCP_AUTH_ISSUERS", "https://a.example https://b.example"),
            ("HEALTHMCP_AUTH_MODE", "introspection"),
            ("HEALTHMCP_AUTH_CLIENT_ID", "us"),
            ("HEALTHMCP_AUTH_CLIENT_SECRET", "s3cret-value")).ShouldHaveSingleItem().ShouldContain("one issuer");

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
