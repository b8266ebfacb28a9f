using HealthMcp.Cli;

namespace HealthMcp.Tests.Cli;

public sealed class HttpStartTests
{
    private static readonly (string, string)[] Live =
        [("PATIENTS_BASE_URL", "https://p.example"), ("PATIENTS_ORG_ID", "org"), ("PATIENTS_API_TOKEN", "t")];

    [Theory]
    [InlineData("http://127.0.0.1:8765", false, true)]
    [InlineData("http://localhost:8765", false, true)]
    [InlineData("http://[::1]:8765", false, true)]
    [InlineData("http://127.0.0.9:1", false, true)]
    [InlineData("http://0.0.0.0:8765", false, false)]
    [InlineData("http://*:8765", false, false)]
    [InlineData("http://+:8765", false, false)]
    [InlineData("http://[::]:8765", false, false)]
    [InlineData("http://192.0.2.7:8765", false, false)]
    [InlineData("http://localhost.example:8765", false, false)]
    [InlineData("http://x@127.0.0.1:8765", false, false)]
    [InlineData("http://１27.0.0.1:8765", false, false)]
    [InlineData("http://%31%32%37.0.0.1:8765", false, false)]
    [InlineData("http://127.0.0.1:8765?", false, false)]
    [InlineData("http://LOCALHOST:8765", false, true)]
    [InlineData("http://0.0.0.0:8765", true, true)]
    [InlineData("ftp://127.0.0.1", true, false)]
    [InlineData("8765", true, false)]
    [InlineData("https://127.0.0.1:8765", true, false)]
    public void Only_the_sandbox_is_served_and_beyond_this_machine_only_when_asked_for(string url, bool anonymousSandbox, bool served) =>
        (Refusal(Of(), [url], anonymousSandbox) is null).ShouldBe(served);

    [Theory]
    [InlineData("http://127.0.0.1:8765", false)]
    [InlineData("http://0.0.0.0:8765", true)]
    public void A_live_system_is_never_served_over_http_without_authentication(string url, bool anonymousSandbox) =>
        Refusal(Of(Live), [url], anonymousSandbox)!
            .ShouldContain("without authentication");

    [Fact]
    public void One_good_address_does_not_excuse_another() => Refusal(Of(), ["http://127.0.0.1:1", "http://0.0.0.0:2"], false).ShouldNotBeNull();

    [Theory]
    [InlineData("http://127.0.0.1:8765", "", "", null)]
    [InlineData("http://localhost:8765", "10.0.0.0/8", "https://mcp.example/mcp", null)]
    [InlineData("http://0.0.0.0:8765", "10.0.0.0/8", "https://mcp.example/mcp", null)]
    [InlineData("http://0.0.0.0:8765", "", "https://mcp.example/mcp", "--behind-proxy")]
    [InlineData("http://192.0.2.7:8765", "", "https://mcp.example/mcp", "plain text")]
    [InlineData("http://0.0.0.0:8765", "10.0.0.0/8", "", "HEALTHMCP_PUBLIC_URL")]
    [InlineData("https://0.0.0.0:8765", "10.0.0.0/8", "https://mcp.example/mcp", "TLS")]
    public void With_sign_in_live_systems_are_served_but_never_in_plain_text_beyond_this_machine(string url, string proxy, string address, string? refusal)
    {
        (string, string)[] given =
        [
            .. Live,
            ("HEALTHMCP_AUTH_ISSUERS", "https://issuer.example"), ("HEALTHMCP_PROXY", proxy), ("HEALTHMCP_PUBLIC_URL", address),
        ];
        var said = Refusal(Of([.. given.Where(setting => setting.Item2.Length > 0)]), [url], false);

        if (refusal is null) said.ShouldBeNull();
        else said!.ShouldContain(refusal);
    }

    [Fact]
    public void Sign_in_for_some_and_everyone_let_in_is_a_contradiction() =>
        Refusal(Of(("HEALTHMCP_AUTH_ISSUERS", "https://issuer.example")), ["http://127.0.0.1:1"], true).ShouldNotBeNull();

    [Fact]
    public void One_plain_address_beyond_this_machine_is_not_excused_by_another() =>
        Refusal(Of(("HEALTHMCP_AUTH_ISSUERS", "https://issuer.example")), ["http://127.0.0.1:1", "http://0.0.0.0:2"], false).ShouldNotBeNull();

    [Theory]
    [InlineData("http://127.0.0.1:8765", "", "", true, null)]
    [InlineData("http://127.0.0.1:8765", "", "", false, "healthmcp keys create")]
    [InlineData("http://0.0.0.0:8765", "10.0.0.0/8", "https://mcp.example/mcp", true, null)]
    [InlineData("http://0.0.0.0:8765", "10.0.0.0/8", "https://mcp.example/mcp", false, "without authentication")]
    [InlineData("http://0.0.0.0:8765", "", "https://mcp.example/mcp", true, "--behind-proxy")]
    [InlineData("http://0.0.0.0:8765", "10.0.0.0/8", "", true, "HEALTHMCP_PUBLIC_URL")]
    [InlineData("https://0.0.0.0:8765", "10.0.0.0/8", "https://mcp.example/mcp", true, "TLS")]
    public void With_keys_alone_live_systems_are_served_while_one_is_active_and_never_in_plain_text(
        string url, string proxy, string address, bool anyKey, string? refusal)
    {
        (string, string)[] given = [.. Live, ("HEALTHMCP_PROXY", proxy), ("HEALTHMCP_PUBLIC_URL", address)];
        var said = Refusal(Of([.. given.Where(setting => setting.Item2.Length > 0)]), [url], false, anyKey);

        if (refusal is null) said.ShouldBeNull();
        else said!.ShouldContain(refusal);
    }

    [Fact]
    public void A_key_does_not_let_everyone_in_to_live_systems() => Refusal(Of(Live), ["http://127.0.0.1:1"], true, anyKey: true).ShouldNotBeNull();

    private static string? Refusal(Settings settings, IReadOnlyList<string> urls, bool anonymousSandbox, bool anyKey = false) =>
        HttpStart.Refusal(settings, urls, anonymousSandbox, () => anyKey);

    private static Settings Of(params (string Name, string Value)[] settings)
    {
        var given = settings.ToDictionary(s => s.Name, s => s.Value, StringComparer.Ordinal);
        return Composition.Configure(given.GetValueOrDefault, []).Settings;
    }
}
