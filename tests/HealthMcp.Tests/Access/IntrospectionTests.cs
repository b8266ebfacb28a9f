using System.Net;
using System.Text.Json.Nodes;
using HealthMcp.Access.Tokens;
using HealthMcp.Hosting;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Access;

/// <summary>The other mode: the issuer is asked about each token.</summary>
public sealed class IntrospectionTests
{
    private const string Token = "opaque+token/1~";

    private readonly FakeIssuer _issuer = new();
    private readonly ManualTime _time = new();
    private readonly ITokenCheck _check;

    public IntrospectionTests() => _check = TokenChecks.Build(
        new AuthSettings { Mode = AuthMode.Introspection, Issuers = [FakeIssuer.Address], Client = new IntrospectionClient("us", "secret") },
        FakeIssuer.Resource,
        _issuer.Invoker,
        _time);

    [Fact]
    public async Task An_active_token_is_good_for_what_the_issuer_says()
    {
        Says();
        var claims = (await CheckAsync()).Claims!;

        claims.Subject.ShouldBe("alice");
        claims.Scopes.Holds("xcures/subjects.read").ShouldBeTrue();
        claims.Scopes.Holds("xcures/concepts.read").ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"active":false}""", "Inactive")]
    [InlineData("""{"active":"true"}""", "Inactive")]
    [InlineData("""{"iss":"https://evil.test"}""", "UnknownIssuer")]
    [InlineData("""{"aud":"https://else.test"}""", "Audience")]
    [InlineData("""{"aud":null}""", "Audience")]
    [InlineData("""{"token_type":"DPoP"}""", "SenderBound")]
    [InlineData("""{"cnf":{"jkt":"x"}}""", "SenderBound")]
    [InlineData("""{"exp":5}""", "Expired")]
    [InlineData("""{"exp":"9999999999"}""", "Claims")]
    [InlineData("""{"sub":null}""", "Claims")]
    [InlineData("""{"scope":["xcures/subjects.read"]}""", "Claims")]
    public async Task What_the_issuer_does_not_vouch_for_is_refused(string change, string fault)
    {
        Says(JsonNode.Parse(change)!.AsObject());

        (await CheckAsync()).Fault.ShouldBe(Enum.Parse<TokenFault>(fault));
    }

    [Fact]
    public async Task An_answer_is_kept_briefly_and_a_withdrawn_token_ends_with_it()
    {
        Says();
        for (var i = 0; i < 10; i++) (await CheckAsync()).Claims.ShouldNotBeNull();
        Questions().ShouldBe(1);
        Says(new JsonObject { ["active"] = false });
        _time.Advance(IntrospectionCheck.Kept);

        (await CheckAsync()).Fault.ShouldBe(TokenFault.Inactive);
        Questions().ShouldBe(2);
    }

    [Fact]
    public async Task An_answer_is_not_kept_beyond_the_end_of_the_token()
    {
        Says(new JsonObject { ["exp"] = _time.GetUtcNow().ToUnixTimeSeconds() + 5 });
        (await CheckAsync()).Claims.ShouldNotBeNull();
        _time.Advance(TimeSpan.FromSeconds(36));

        (await CheckAsync()).Fault.ShouldBe(TokenFault.Expired);
    }

    [Fact]
    public async Task Without_an_answer_no_token_is_good_or_bad()
    {
        _issuer.Down = true;

        (await CheckAsync()).IsUnavailable.ShouldBeTrue();
    }

    [Fact]
    public async Task Many_requests_with_one_token_are_one_question()
    {
        Says();
        _issuer.Hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = Enumerable.Range(0, 10 * IntrospectionCheck.MostBadPerMinute).Select(_ => CheckAsync()).ToList();
        _issuer.Hold.SetResult();

        (await Task.WhenAll(waiting)).ShouldAllBe(verdict => verdict.Claims != null);
        Questions().ShouldBe(1);
    }

    [Fact]
    public async Task Invented_tokens_of_one_sender_are_asked_about_so_many_times_a_minute_and_hold_up_nobody_else()
    {
        Says();
        (await CheckAsync()).Claims.ShouldNotBeNull();
        for (var i = 0; i < 20 * IntrospectionCheck.MostBadPerMinute; i++)
        {
            var verdict = await CheckAsync($"invented-{RequestCase.Number(i)}");
            verdict.Claims.ShouldBeNull();
            verdict.IsUnavailable.ShouldBeFalse();
        }

        Questions().ShouldBe(1 + IntrospectionCheck.MostBadPerMinute);
        (await CheckAsync("one-more")).Wait.ShouldBeInRange(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1));
        (await CheckAsync()).Claims.ShouldNotBeNull();
        (await CheckAsync("one-more", "192.0.2.2")).Fault.ShouldBe(TokenFault.Inactive);
        _time.Advance(TimeSpan.FromMinutes(1));
        (await CheckAsync("one-more")).Fault.ShouldBe(TokenFault.Inactive);
    }

    [Fact]
    public async Task A_bad_token_that_comes_again_is_asked_about_once()
    {
        for (var i = 0; i < 5 * IntrospectionCheck.MostBadPerMinute; i++) (await CheckAsync("bad")).Fault.ShouldBe(TokenFault.Inactive);

        Questions().ShouldBe(1);
    }

    [Fact]
    public async Task Invented_tokens_do_not_crowd_out_a_real_one()
    {
        for (var i = 0; i < 10_100; i++) await CheckAsync($"invented-{RequestCase.Number(i)}", RequestCase.Number(i));
        Says();
        (await CheckAsync()).Claims.ShouldNotBeNull();
        var before = Questions();

        (await CheckAsync()).Claims.ShouldNotBeNull();
        Questions().ShouldBe(before);
    }

    [Fact]
    public async Task Good_tokens_are_not_counted_however_many_there_are()
    {
        Says();
        var good = _issuer.Introspect;
        _issuer.Introspect = _ => good(Token);
        for (var i = 0; i < 5 * IntrospectionCheck.MostBadPerMinute; i++) (await CheckAsync($"good-{RequestCase.Number(i)}")).Claims.ShouldNotBeNull();
    }

    [Fact]
    public async Task Tokens_that_could_not_be_asked_about_are_not_held_against_their_sender()
    {
        Says();
        _issuer.Down = true;
        for (var i = 0; i < 2 * IntrospectionCheck.MostBadPerMinute; i++) (await CheckAsync()).IsUnavailable.ShouldBeTrue();
        _issuer.Down = false;

        (await CheckAsync()).Claims.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public void A_sender_is_an_address_or_a_network_that_one_customer_has(string one, string other, bool same) =>
        (Sender.Name(IPAddress.Parse(one)) == Sender.Name(IPAddress.Parse(other))).ShouldBe(same);

    private int Questions() => _issuer.Asked.Count(address => address.EndsWith("/introspect", StringComparison.Ordinal));

    private void Says(JsonObject? change = null) => _issuer.Introspect = token =>
    {
        if (token != Token) return new JsonObject { ["active"] = false };
        var answer = new JsonObject
        {
            ["active"] = true,
            ["iss"] = FakeIssuer.Address,
            ["aud"] = FakeIssuer.Resource,
            ["sub"] = "alice",
            ["exp"] = _time.GetUtcNow().ToUnixTimeSeconds() + 300,
            ["scope"] = "xcures/subjects.read",
        };
        foreach (var (name, value) in change ?? []) answer[name] = value?.DeepClone();
        return answer;
    };

    private Task<TokenVerdict> CheckAsync(string token = Token, string from = "192.0.2.1") => _check.CheckAsync(token, from, CancellationToken.None).AsTask();
}
