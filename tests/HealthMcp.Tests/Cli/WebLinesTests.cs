using System.Globalization;
using HealthMcp.Cli;
using HealthMcp.Keys;
using HealthMcp.Storage;
using HealthMcp.Tests.Access;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Cli;

/// <summary>What the doctor says of serving over HTTP.</summary>
public sealed class WebLinesTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeIssuer _issuer = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_issuer_is_asked_for_the_keys_that_tokens_are_checked_with()
    {
        var (said, advice) = await SayAsync(("HEALTHMCP_AUTH_ISSUERS", $"{FakeIssuer.Address} {FakeIssuer.Other}"));

        said.ShouldContain("OAuth, tokens checked by signature");
        said.ShouldContain($"{FakeIssuer.Address}: reachable, keys to check signatures with: 4");
        said.ShouldContain($"{FakeIssuer.Other}: reachable, keys to check signatures with: 1");
        advice.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("down", "not reachable", "does not answer")]
    [InlineData("no keys", "of no use", "no key that is taken here")]
    [InlineData("another's name", "of no use", "exactly as the issuer writes itself")]
    public async Task What_keeps_callers_out_is_said_with_what_to_do(string fault, string state, string problem)
    {
        (_issuer.Down, _issuer.Keys) = (fault == "down", fault == "no keys" ? [TestKey.Weak] : _issuer.Keys);
        if (fault == "another's name") _issuer.Replaced = address => address.Contains("well-known") ? FakeIssuer.Metadata("https://evil.test") : null;
        var (said, advice) = await SayAsync(("HEALTHMCP_AUTH_ISSUERS", FakeIssuer.Address));

        said.ShouldContain($"{FakeIssuer.Address}: ");
        said.ShouldContain(state);
        advice.Single().ShouldStartWith("! ");
        advice.Single().ShouldContain(problem);
    }

    [Theory]
    [InlineData(true, "answers about tokens")]
    [InlineData(false, "of no use")]
    public async Task An_issuer_that_is_to_be_asked_is_asked_and_no_secret_is_shown(bool knowsUs, string state)
    {
        if (!knowsUs) _issuer.Introspect = _ => [];
        var (said, advice) = await SayAsync(
            ("HEALTHMCP_AUTH_ISSUERS", FakeIssuer.Address), ("HEALTHMCP_AUTH_MODE", "introspection"),
            ("HEALTHMCP_AUTH_CLIENT_ID", "us"), ("HEALTHMCP_AUTH_CLIENT_SECRET", "s3cret"));

        said.ShouldContain(state);
        advice.Count.ShouldBe(knowsUs ? 0 : 1);
        (said + string.Concat(advice)).ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task Without_an_issuer_it_says_who_may_come_in()
    {
        (string, string)[] live = [("PATIENTS_BASE_URL", "https://p.example"), ("PATIENTS_ORG_ID", "org"), ("PATIENTS_API_TOKEN", "t")];

        (await SayAsync()).Said.ShouldContain("everyone who reaches it may use the made-up patients");
        (await SayAsync(live)).Said.ShouldContain("HTTP is refused while a system is live");
        var (time, text) = (new ManualTime(), KeyText.New(new SeededEntropy()));
        var (now, scopes) = (time.GetUtcNow(), new[] { "xcures/subjects.read" });
        new KeyStore(DataDirectory.Open(_folder.Path), time)
            .Add(new RegistrationKey("k1", "test", KeyText.Hash(text), scopes, "deidentified", now, now.AddDays(1), []));
        (await SayAsync(live)).Said.ShouldContain("registration keys only");
        _issuer.Asked.ShouldBeEmpty();
    }

    private async Task<(string Said, IReadOnlyList<string> Advice)> SayAsync(params (string Name, string Value)[] settings)
    {
        var given = settings.Append(("HEALTHMCP_DATA_DIR", _folder.Path)).ToDictionary(s => s.Item1, s => s.Item2, StringComparer.Ordinal);
        var problems = new List<string>();
        var read = Composition.Configure(given.GetValueOrDefault, problems).Settings;
        problems.ShouldBeEmpty();
        var output = new StringWriter(CultureInfo.InvariantCulture);
        var data = new DataHome(read.Storage, Entropy.System, TimeProvider.System);
        var advice = await new WebLines(read, data, _issuer.Invoker, new ManualTime()).WriteAsync(output, CancellationToken.None);
        return (output.ToString(), advice);
    }
}
