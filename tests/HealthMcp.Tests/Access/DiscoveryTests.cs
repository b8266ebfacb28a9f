using HealthMcp.Access.Tokens;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Access;

/// <summary>Where an issuer's metadata is looked for, and whose is believed.</summary>
public sealed class DiscoveryTests
{
    private const string Published = "https://issuer.test/.well-known/oauth-authorization-server/tenant";

    [Theory]
    [InlineData("https://a.test", "https://a.test/.well-known/oauth-authorization-server https://a.test/.well-known/openid-configuration")]
    [InlineData("https://a.test/", "https://a.test/.well-known/oauth-authorization-server https://a.test/.well-known/openid-configuration")]
    [InlineData(
        "https://a.test/t/1",
        "https://a.test/.well-known/oauth-authorization-server/t/1 https://a.test/.well-known/openid-configuration/t/1 https://a.test/t/1/.well-known/openid-configuration")]
    public void Metadata_is_looked_for_with_the_path_inserted_and_in_the_form_of_OpenID(string issuer, string places) =>
        string.Join(' ', IssuerMetadata.Places(new Uri(issuer)).Select(place => place.AbsoluteUri)).ShouldBe(places);

    [Theory]
    [InlineData("""{"issuer":"https://evil.test","jwks_uri":"https://issuer.test/tenant/keys"}""")]
    [InlineData("""{"issuer":"https://issuer.test/tenant/","jwks_uri":"https://issuer.test/tenant/keys"}""")]
    [InlineData("""{"issuer":"https://issuer.test/tenant","jwks_uri":"http://issuer.test/tenant/keys"}""")]
    [InlineData("""{"issuer":"https://issuer.test/tenant","jwks_uri":"http://127.0.0.1/keys"}""")]
    [InlineData("""{"issuer":"https://issuer.test/tenant","jwks_uri":"https://localhost/keys"}""")]
    [InlineData("""{"issuer":"https://issuer.test/tenant","jwks_uri":"https://user:pw@issuer.test/tenant/keys"}""")]
    [InlineData("""{"issuer":"https://issuer.test/tenant","jwks_uri":"file:///etc/hosts"}""")]
    [InlineData("""{"issuer":"https://issuer.test/tenant","jwks_uri":5}""")]
    [InlineData("""{"issuer":"https://issuer.test/tenant"}""")]
    [InlineData("""{"issuer":"https://issuer.test/tenant","issuer":"https://issuer.test/tenant","jwks_uri":"https://issuer.test/tenant/keys"}""")]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("302 https://evil.test/metadata")]
    public async Task Metadata_that_is_not_the_issuers_own_or_leads_elsewhere_gives_no_key(string metadata)
    {
        var issuer = new FakeIssuer();
        issuer.Replaced = address => address == Published ? metadata : null;

        (await CheckAsync(issuer)).IsUnavailable.ShouldBeTrue();
        issuer.Asked.ShouldNotContain($"{FakeIssuer.Address}/keys");
        issuer.Asked.ShouldAllBe(address => address.StartsWith("https://issuer.test/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("302 https://evil.test/keys")]
    [InlineData("""{"keys":{}}""")]
    [InlineData("{}")]
    [InlineData("""{"keys":[],"keys":[]}""")]
    [InlineData("x")]
    public async Task A_key_set_that_is_none_makes_no_token_good_or_bad(string keys)
    {
        var issuer = new FakeIssuer();
        issuer.Replaced = address => address == $"{FakeIssuer.Address}/keys" ? keys : null;

        (await CheckAsync(issuer)).IsUnavailable.ShouldBeTrue();
        issuer.Asked.ShouldNotContain(address => address.Contains("evil", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_set_without_end_is_not_read_to_it()
    {
        var issuer = new FakeIssuer();
        issuer.Replaced = address => address == $"{FakeIssuer.Address}/keys" ? $$"""{"keys":[],"pad":"{{new string('x', 300_000)}}"}""" : null;

        (await CheckAsync(issuer)).IsUnavailable.ShouldBeTrue();
    }

    [Fact]
    public async Task The_OpenID_form_is_found_where_the_other_is_missing()
    {
        var issuer = new FakeIssuer();
        issuer.Replaced = address => address switch
        {
            Published => "x",
            $"{FakeIssuer.Address}/.well-known/openid-configuration" => FakeIssuer.Metadata(FakeIssuer.Address),
            _ => null,
        };

        (await CheckAsync(issuer)).Claims.ShouldNotBeNull();
    }

    private static async Task<TokenVerdict> CheckAsync(FakeIssuer issuer)
    {
        var time = new ManualTime();
        var check = TokenChecks.Build(new AuthSettings { Issuers = [FakeIssuer.Address] }, FakeIssuer.Resource, issuer.Invoker, time);
        return await check.CheckAsync(new TokenMaker(time.GetUtcNow()).Make(), "192.0.2.1", CancellationToken.None);
    }
}
