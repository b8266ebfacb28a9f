using HealthMcp.Http;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;
using HealthMcp.Upstreams.PhenoML;

namespace HealthMcp.Tests.Upstreams.PhenoML;

/// <summary>Every form in which the vendor takes credentials, against the sandbox, which knows the contract and not this client.</summary>
public sealed class PhenoMLSignInFormsTests : IAsyncLifetime
{
    private readonly UpstreamClock _time = new();
    private readonly HttpMessageInvoker _http = Composition.OutgoingHttp();
    private SandboxServer _sandbox = null!;

    public async Task InitializeAsync() =>
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions { Time = _time, TokenLifetime = TimeSpan.FromMinutes(10) }, CancellationToken.None);

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _sandbox.DisposeAsync();
    }

    [Theory]
    [InlineData("basic", "POST /v2/auth/token", "application/x-www-form-urlencoded")]
    [InlineData("form", "POST /v2/auth/token", "application/x-www-form-urlencoded")]
    [InlineData("json", "POST /v2/auth/token", "application/json")]
    [InlineData("legacy", "POST /auth/token", null)]
    public async Task Each_form_gives_a_token_that_is_good_until_it_expires(string way, string operation, string? media)
    {
        using var tokens = new TokenSource(SignIn(way, "sandbox-phenoml-secret").FetchAsync, _time);
        var token = await tokens.GetAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromMinutes(9));
        (await tokens.GetAsync(CancellationToken.None)).ShouldBe(token);
        _time.Advance(TimeSpan.FromMinutes(1));
        (await tokens.GetAsync(CancellationToken.None)).ShouldNotBe(token);

        var sent = _sandbox.Journal.Of("phenoml", operation);
        sent.Count.ShouldBe(2);
        sent[0].Headers.GetValueOrDefault("Content-Type").ShouldBe(media);
        sent[0].Headers.ContainsKey("Authorization").ShouldBe(way is "basic" or "legacy");
        _sandbox.Journal.Entries.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("basic")]
    [InlineData("form")]
    [InlineData("json")]
    [InlineData("legacy")]
    public async Task A_wrong_secret_is_refused_and_no_other_way_is_tried(string way)
    {
        var failure = await Should.ThrowAsync<HealthMcp.Catalog.CallFailureException>(() => SignIn(way, "wr0ng").FetchAsync(CancellationToken.None));
        failure.Code.ShouldBe("upstream_unauthorized");
        failure.Message.ShouldNotContain("wr0ng");
        _sandbox.Journal.Entries.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(null, "basic")]
    [InlineData(" Legacy ", "legacy")]
    public void The_way_is_a_setting(string? given, string way) => Options(given, out _)!.Account.SignIn.ShouldBe(way);

    [Fact]
    public void An_unknown_way_stops_the_program()
    {
        Options("kerberos", out var problems).ShouldBeNull();
        problems.ShouldBe(["PHENOML_SIGN_IN must be one of basic, form, json, legacy."]);
    }

    private static PhenoMLOptions? Options(string? way, out List<string> problems)
    {
        problems = [];
        var given = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["PHENOML_BASE_URL"] = "https://x.app.pheno.ml", ["PHENOML_CLIENT_ID"] = "id", ["PHENOML_CLIENT_SECRET"] = "secret", ["PHENOML_SIGN_IN"] = way,
        };
        return PhenoMLOptions.Read(given.GetValueOrDefault, problems);
    }

    private PhenoMLSignIn SignIn(string way, string secret)
    {
        var account = new PhenoMLAccount(_sandbox.Addresses.PhenoML.BaseUri, _sandbox.Addresses.PhenoML.ClientId, secret) { SignIn = way };
        return new PhenoMLSignIn(_ => ValueTask.FromResult(account), _http, _time);
    }
}
