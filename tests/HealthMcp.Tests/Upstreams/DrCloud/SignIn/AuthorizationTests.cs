using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using HealthMcp.Catalog;
using HealthMcp.Storage;
using HealthMcp.Tests.Support;
using HealthMcp.Upstreams.DrCloud;
using HealthMcp.Upstreams.DrCloud.SignIn;
using Microsoft.AspNetCore.WebUtilities;

namespace HealthMcp.Tests.Upstreams.DrCloud.SignIn;

/// <summary>What is asked, where, and which answers are taken for answers.</summary>
public sealed class AuthorizationTests
{
    private const string Base = "https://ehr.test/oauth2/default";

    private static readonly DrCloudAccount Account = new(new Uri("https://ehr.test/"), "default", "client", null, null, []);

    [Fact]
    public void The_question_has_all_that_ties_the_answer_to_it()
    {
        var asked = Asked();
        asked.Address.GetLeftPart(UriPartial.Path).ShouldBe(Base + "/authorize");
        var query = QueryHelpers.ParseQuery(asked.Address.Query).ToDictionary(p => p.Key, p => p.Value.Single()!, StringComparer.Ordinal);

        query["response_type"].ShouldBe("code");
        query["client_id"].ShouldBe("client");
        query["redirect_uri"].ShouldBe("http://127.0.0.1:1234/callback");
        query["scope"].ShouldBe("openid patient/Patient.read");
        query["aud"].ShouldBe("https://ehr.test/apis/default/fhir");
        query["code_challenge_method"].ShouldBe("S256");
        query["code_challenge"].ShouldBe(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(asked.Verifier))));
        asked.Address.AbsoluteUri.ShouldNotContain(asked.Verifier);
        new[] { query["state"], query["nonce"], asked.Verifier }.ShouldAllBe(secret => secret.Length == 43);
        new[] { asked.State, asked.Nonce, asked.Verifier, Asked().State }.Distinct(StringComparer.Ordinal).Count().ShouldBe(4);
        Asked(scopes: "patient/Patient.read").Address.Query.ShouldNotContain("nonce");
    }

    [Theory]
    [InlineData("code=c&state=STATE", "Code")]
    [InlineData("code=c&state=STATE&iss=https://ehr.test/oauth2/default", "Code")]
    [InlineData("code=c", "NotOurs")]
    [InlineData("code=c&state=", "NotOurs")]
    [InlineData("code=c&state=other", "NotOurs")]
    [InlineData("code=c&state=STATEx", "NotOurs")]
    [InlineData("code=c&state=other&state=STATE", "NotOurs")]
    [InlineData("error=access_denied", "NotOurs")]
    [InlineData("error=access_denied&state=STATE", "Denied")]
    [InlineData("state=STATE", "Broken")]
    [InlineData("code=&state=STATE", "Broken")]
    [InlineData("code=a&code=b&state=STATE", "Broken")]
    [InlineData("code=c&error=access_denied&state=STATE", "Broken")]
    [InlineData("code=c&state=STATE&iss=https://evil.test/oauth2/default", "Broken")]
    [InlineData("code=c&state=STATE&iss=", "Broken")]
    [InlineData("code=c&state=STATE&iss=x&iss=y", "Broken")]
    public void Only_an_answer_to_this_question_from_this_server_counts(string query, string kind)
    {
        var asked = Asked();
        AuthorizationAnswer.Read("?" + query.Replace("STATE", asked.State, StringComparison.Ordinal), asked).Kind.ToString().ShouldBe(kind);
    }

    [Theory]
    [InlineData("iss=https://ehr.test/oauth2/default", "Code")]
    [InlineData("iss=https://ehr.test/oauth2/default/", "Broken")]
    [InlineData("iss=https://ehr.test/oauth2/other", "Broken")]
    [InlineData("", "Broken")]
    public void A_server_that_names_itself_must_do_so_letter_by_letter(string iss, string kind)
    {
        var asked = Asked(new SmartConfiguration(new Uri(Base + "/authorize"), new Uri(Base + "/token")) { Issuer = Base, NamesItself = true });
        AuthorizationAnswer.Read($"?code=c&state={asked.State}&{iss}", asked).Kind.ToString().ShouldBe(kind);
    }

    [Fact]
    public void An_error_is_said_in_words_of_the_standard_only()
    {
        var asked = Asked();
        AuthorizationAnswer.Read($"?error=access_denied&state={asked.State}", asked).Error.ShouldBe("access_denied");
        AuthorizationAnswer.Read($"?error=Jane+Doe&state={asked.State}", asked).Error!.ShouldNotContain("Jane");
    }

    [Theory]
    [InlineData("""{"nonce":"N","aud":"client","iss":"I","exp":9999999999}""", true)]
    [InlineData("""{"nonce":"N","aud":["client"],"iss":"I","exp":9999999999}""", true)]
    [InlineData("""{"nonce":"N","aud":["client","b"],"azp":"client","iss":"I","exp":9999999999}""", true)]
    [InlineData("""{"nonce":"N","aud":["client","b"],"iss":"I","exp":9999999999}""", false)]
    [InlineData("""{"nonce":"N","aud":["b"],"iss":"I","exp":9999999999}""", false)]
    [InlineData("""{"nonce":"x","aud":"client","iss":"I","exp":9999999999}""", false)]
    [InlineData("""{"aud":"client","iss":"I","exp":9999999999}""", false)]
    [InlineData("""{"nonce":"N","iss":"I","exp":9999999999}""", false)]
    [InlineData("""{"nonce":"N","aud":"client","iss":"J","exp":9999999999}""", false)]
    [InlineData("""{"nonce":"N","aud":"client","iss":"I","exp":1}""", false)]
    [InlineData("""{"nonce":"N","aud":"client","iss":"I","exp":"9999999999"}""", false)]
    [InlineData("""{"nonce":"N","aud":"client","iss":"I"}""", false)]
    [InlineData("[]", false)]
    [InlineData("no json", false)]
    public void An_identity_must_answer_this_question(string claims, bool answers)
    {
        var asked = Asked(new SmartConfiguration(new Uri(Base + "/authorize"), new Uri(Base + "/token")) { Issuer = "I" });
        var body = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.Replace("\"N\"", $"\"{asked.Nonce}\"", StringComparison.Ordinal)));
        IdentityToken.Answers($"e30.{body}.c2ln", asked, "client", new Support.ManualTime().GetUtcNow()).ShouldBe(answers);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.*.c")]
    public void What_is_no_token_is_no_identity(string? token) => IdentityToken.Answers(token, Asked(), "client", default).ShouldBeFalse();

    [Theory]
    [InlineData("""{"authorization_endpoint":"B/authorize","token_endpoint":"B/token","code_challenge_methods_supported":["S256"]}""", "")]
    [InlineData("""{"authorization_endpoint":"B/authorize","token_endpoint":"B/token","revocation_endpoint":"B/revoke","scopes_supported":[["openid"]]}""", "")]
    [InlineData("""{"authorization_endpoint":"https://evil.test/authorize","token_endpoint":"B/token"}""", "authorization_endpoint")]
    [InlineData("""{"authorization_endpoint":"B/authorize","token_endpoint":"https://evil.test/token"}""", "token_endpoint")]
    [InlineData("""{"authorization_endpoint":"B/authorize","token_endpoint":"B/token","revocation_endpoint":"https://evil.test/r"}""", "revocation_endpoint")]
    [InlineData("""{"authorization_endpoint":"http://ehr.test/authorize","token_endpoint":"B/token"}""", "authorization_endpoint")]
    [InlineData("""{"authorization_endpoint":"https://ehr.test:444/authorize","token_endpoint":"B/token"}""", "authorization_endpoint")]
    [InlineData("""{"authorization_endpoint":"https://a@ehr.test/authorize","token_endpoint":"B/token"}""", "authorization_endpoint")]
    [InlineData("""{"authorization_endpoint":"javascript:alert(1)","token_endpoint":"B/token"}""", "authorization_endpoint")]
    [InlineData("""{"authorization_endpoint":"/authorize","token_endpoint":"B/token"}""", "authorization_endpoint")]
    [InlineData("""{"token_endpoint":"B/token"}""", "authorization_endpoint")]
    [InlineData("""{"authorization_endpoint":"B/authorize"}""", "token_endpoint")]
    [InlineData("""{"authorization_endpoint":"B/authorize","token_endpoint":"B/token","code_challenge_methods_supported":["plain"]}""", "S256")]
    [InlineData("[]", "")]
    [InlineData("<html>", "")]
    public async Task Nobody_is_sent_to_an_address_that_is_not_the_configured_servers(string document, string complains)
    {
        var stub = new UpstreamStub().Answer(200, document.Replace("\"B/", $"\"{Base}/", StringComparison.Ordinal));
        Task<SmartConfiguration> FindAsync() => SmartConfiguration.FindAsync(Account, stub.Invoker, TimeProvider.System, default);
        if (complains.Length == 0 && document[0] == '{') (await FindAsync()).Authorize.AbsoluteUri.ShouldBe(Base + "/authorize");
        else (await Should.ThrowAsync<CallFailureException>(FindAsync)).Message.ShouldContain(complains);
    }

    [Theory]
    [InlineData(404, true)]
    [InlineData(302, false)]
    [InlineData(401, false)]
    [InlineData(500, false)]
    public async Task Only_where_there_is_no_document_the_vendors_addresses_are_taken(int status, bool found)
    {
        var stub = new UpstreamStub().Answer(status, also: r => r.Headers.Location = new Uri("https://evil.test/"));
        Task<SmartConfiguration> FindAsync() => SmartConfiguration.FindAsync(Account, stub.Invoker, TimeProvider.System, default);
        if (found) (await FindAsync()).Authorize.AbsoluteUri.ShouldBe(Base + "/authorize");
        else await Should.ThrowAsync<CallFailureException>(FindAsync);
        stub.Asked.Single().Uri.ShouldBe("/apis/default/fhir/.well-known/smart-configuration");
    }

    [Theory]
    [InlineData("", false, null, "patient")]
    [InlineData("", false, "secret", "user")]
    [InlineData("", true, "secret", "patient")]
    [InlineData("openid user/Patient.read", true, null, "user")]
    public void What_is_asked_for_fits_the_client(string configured, bool onePatient, string? secret, string role)
    {
        var account = Account with { ClientSecret = secret, Scopes = configured.Split(' ', StringSplitOptions.RemoveEmptyEntries) };
        var asked = SignInScopes.ToAsk(account, onePatient);

        asked.ShouldContain("openid");
        if (configured.Length == 0) asked.ShouldContain("offline_access");
        asked.Contains("launch/patient", StringComparer.Ordinal).ShouldBe(role == "patient");
        asked.Where(s => s.EndsWith(".read", StringComparison.Ordinal)).ShouldAllBe(s => s.StartsWith(role + "/", StringComparison.Ordinal));
    }

    private static AuthorizationRequest Asked(SmartConfiguration? server = null, string scopes = "openid patient/Patient.read") => new(
        Account,
        server ?? new SmartConfiguration(new Uri(Base + "/authorize"), new Uri(Base + "/token")),
        scopes.Split(' '),
        new Uri("http://127.0.0.1:1234/callback"),
        Entropy.System.Fill);
}
