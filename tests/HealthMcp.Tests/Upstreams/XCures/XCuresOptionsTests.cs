using HealthMcp.Upstreams.XCures;

namespace HealthMcp.Tests.Upstreams.XCures;

public sealed class XCuresOptionsTests
{
    private const string Id = "0f8fad5b-d9cb-469f-a165-70867728950e";

    [Fact]
    public void Nothing_set_is_not_configured_and_no_problem() => Read().ShouldBe((null, ""));

    [Fact]
    public void Client_and_secret_are_enough()
    {
        var (options, problems) = Read(("XCURES_CLIENT_ID", Id), ("XCURES_CLIENT_SECRET", " s "), ("XCURES_PROJECT_ID", ""));

        problems.ShouldBeEmpty();
        options.ShouldNotBeNull().Account.ShouldBe(new XCuresAccount(new Uri("https://partner.xcures.com"), Id, "s", null));
        options.ToString().ShouldNotContain(Id);
    }

    [Theory]
    [InlineData("XCURES_CLIENT_ID", Id, "XCURES_CLIENT_SECRET is missing")]
    [InlineData("XCURES_CLIENT_SECRET", "hush", "XCURES_CLIENT_ID is missing")]
    [InlineData("XCURES_CLIENT_ID", "hush", "XCURES_CLIENT_ID must be a UUID")]
    [InlineData("XCURES_PROJECT_ID", "hush", "XCURES_PROJECT_ID must be a UUID")]
    [InlineData("XCURES_BASE_URL", "http://hush.example", "XCURES_BASE_URL must be https")]
    [InlineData("XCURES_BASE_URL", "https://hush:pw@x.example", "XCURES_BASE_URL must not contain credentials")]
    [InlineData("XCURES_BASE_URL", "https://x.example/?hush", "XCURES_BASE_URL must not contain a query")]
    [InlineData("XCURES_BASE_URL", "hush", "XCURES_BASE_URL is not an absolute https address")]
    [InlineData("XCURES_BASE_URL", "ftp://hush.example", "XCURES_BASE_URL is not an absolute https address")]
    public void Partly_or_badly_set_says_which_setting_and_never_its_value(string name, string value, string says)
    {
        var (options, problems) = Read((name, value));

        options.ShouldBeNull();
        problems.ShouldContain(says);
        problems.ShouldNotContain("hush");
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000")]
    [InlineData("http://localhost:5000/base")]
    public void Loopback_needs_no_https(string url) =>
        Read(("XCURES_BASE_URL", url), ("XCURES_CLIENT_ID", Id), ("XCURES_CLIENT_SECRET", "s")).Problems.ShouldBeEmpty();

    private static (XCuresOptions? Options, string Problems) Read(params (string Name, string Value)[] settings)
    {
        var problems = new List<string>();
        var options = XCuresOptions.Read(name => settings.FirstOrDefault(setting => setting.Name == name).Value, problems);
        return (options, string.Join('\n', problems));
    }
}
