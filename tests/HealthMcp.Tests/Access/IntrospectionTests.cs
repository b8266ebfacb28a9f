using System.Text.Json.Nodes;
using HealthMcp.Access.Tokens;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Access;

/// <summary>The other mode: the issuer is asked about each token.</summary>
public sealed class IntrospectionTests
{
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

    private int Questions() => _issuer.Asked.Count(address => address.EndsWith("/introspect", StringComparison.Ordinal));

    private void Says(JsonObject? change = null) => _issuer.Introspect = token =>
    {
        token.ShouldBe("opaque+token/1~");
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

    private Task<TokenVerdict> CheckAsync() => _check.CheckAsync("opaque+token/1~", CancellationToken.None).AsTask();
}
