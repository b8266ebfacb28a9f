using System.Net;
using System.Net.Http.Headers;
using System.Text;
using HealthMcp.Sandbox;

namespace HealthMcp.Tests.Sandbox;

/// <summary>The sandbox's authorization server by its own rules, with no code of the product in between.</summary>
public sealed class DrCloudAuthorizationTests
{
    // RFC 7636, appendix B.
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private const string Redirect = "http://127.0.0.1:4711/callback";

    [Fact]
    public async Task A_code_is_good_once_and_its_second_use_ends_what_came_of_the_first()
    {
        await using var client = await SandboxClient.StartAsync();
        var code = await CodeAsync(client);
        var tokens = (await ExchangeAsync(client, code)).Object;

        tokens["token_type"]!.ToString().ShouldBe("Bearer");
        tokens.ContainsKey("refresh_token").ShouldBeTrue();
        tokens.ContainsKey("id_token").ShouldBeTrue();
        (await ReadAsync(client, tokens["access_token"]!.ToString())).ShouldBe(HttpStatusCode.OK);
        (await ExchangeAsync(client, code)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await ReadAsync(client, tokens["access_token"]!.ToString())).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("x", Redirect)]
    [InlineData(Verifier + "A", Redirect)]
    [InlineData("", Redirect)]
    [InlineData(Verifier, "http://127.0.0.1:4712/callback")]
    public async Task A_code_needs_its_verifier_and_its_redirect(string verifier, string redirect)
    {
        await using var client = await SandboxClient.StartAsync();
        (await ExchangeAsync(client, await CodeAsync(client), verifier, redirect)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("client_id", "unknown", 400)]
    [InlineData("redirect_uri", "https://evil.test/callback", 400)]
    [InlineData("redirect_uri", "http://localhost:1/callback", 400)]
    [InlineData("response_type", "token", 302)]
    [InlineData("code_challenge", "", 302)]
    [InlineData("code_challenge_method", "plain", 302)]
    [InlineData("aud", "https://another.test/fhir", 302)]
    public async Task A_wrong_question_is_not_put_to_anyone(string name, string value, int status)
    {
        await using var client = await SandboxClient.StartAsync();
        using var http = Browser();
        using var answer = await http.GetAsync(Address(client, (name, value)));

        ((int)answer.StatusCode).ShouldBe(status);
        if (status == 302) answer.Headers.Location!.Query.ShouldStartWith("?error=");
    }

    [Fact]
    public async Task A_refresh_token_is_good_once_and_its_second_use_ends_the_sign_in()
    {
        await using var client = await SandboxClient.StartAsync();
        var first = (await ExchangeAsync(client, await CodeAsync(client))).Object["refresh_token"]!.ToString();
        var second = (await RefreshAsync(client, first)).Object;

        second["refresh_token"]!.ToString().ShouldNotBe(first);
        (await RefreshAsync(client, first)).Object["error"]!.ToString().ShouldBe("invalid_request");
        (await RefreshAsync(client, second["refresh_token"]!.ToString())).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await ReadAsync(client, second["access_token"]!.ToString())).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Scopes_are_narrowed_to_what_the_client_may_have()
    {
        await using var client = await SandboxClient.StartAsync();
        const string Asked = "openid offline_access api:fhir user/Patient.read system/Patient.read patient/Patient.read patient/*.read";
        var code = await CodeAsync(client, ("scope", Asked));

        (await ExchangeAsync(client, code)).Object["scope"]!.ToString().ShouldBe("openid offline_access patient/Patient.read");
    }

    [Fact]
    public async Task A_secret_that_is_wrong_opens_nothing()
    {
        await using var client = await SandboxClient.StartAsync();
        var at = client.At.DrCloud;
        foreach (var secret in new[] { "wrong", "", at.ClientSecret + "x" })
        {
            var request = Token(client, ("grant_type", "refresh_token"), ("refresh_token", "x"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{at.ClientId}:{secret}")));
            (await client.SendAsync(request)).Object["error"]!.ToString().ShouldBe("invalid_client");
        }

        (await client.SendAsync(Token(client, ("grant_type", "refresh_token"), ("refresh_token", "x"), ("client_id", at.ClientId))))
            .Object["error"]!.ToString().ShouldBe("invalid_client");
    }

    [Fact]
    public async Task A_token_for_one_patient_sees_that_patient_whatever_is_asked()
    {
        await using var client = await SandboxClient.StartAsync();
        var (mine, other) = (global::HealthMcp.Sandbox.Data.Person.All[0].FhirId, global::HealthMcp.Sandbox.Data.Person.All[1].FhirId);
        var token = (await ExchangeAsync(client, await CodeAsync(client, ("patient", mine)))).Object;

        token["patient"]!.ToString().ShouldBe(mine);
        var found = await GetAsync(client, token["access_token"]!.ToString(), $"Patient?_id={other}");
        found.Body.ShouldContain(mine);
        found.Body.ShouldNotContain(other);
        (await GetAsync(client, token["access_token"]!.ToString(), $"Patient/{other}")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await GetAsync(client, token["access_token"]!.ToString(), $"Patient/{mine}")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_page_does_not_run_what_the_link_brings()
    {
        await using var client = await SandboxClient.StartAsync();
        using var http = Browser();

        (await http.GetStringAsync(Address(client, ("state", "\"><script>alert(1)</script>"), ("scope", "<b>x</b>")))).ShouldNotContain("<script>");
    }

    private static Uri Address(SandboxClient client, params (string Name, string Value)[] changes)
    {
        var fields = Fields(client, changes);
        return new Uri(new Uri(client.At.DrCloud.BaseUri, "oauth2/default/authorize")
            + "?" + string.Join('&', fields.Where(f => f.Value.Length > 0).Select(f => $"{f.Key}={Uri.EscapeDataString(f.Value)}")));
    }

    private static Dictionary<string, string> Fields(SandboxClient client, params (string Name, string Value)[] changes)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["response_type"] = "code", ["client_id"] = client.At.DrCloud.PublicClientId, ["redirect_uri"] = Redirect, ["state"] = "s",
            ["scope"] = "openid offline_access launch/patient patient/Patient.read", ["code_challenge"] = Challenge, ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in changes) fields[name] = value;
        return fields;
    }

    private static async Task<string> CodeAsync(SandboxClient client, params (string Name, string Value)[] changes)
    {
        using var http = Browser();
        var fields = Fields(client, changes);
        fields["decision"] = "allow";
        fields.TryAdd("patient", global::HealthMcp.Sandbox.Data.Person.All[0].FhirId);
        using var answer = await http.PostAsync(new Uri(client.At.DrCloud.BaseUri, "oauth2/default/authorize"), new FormUrlEncodedContent(fields));
        return answer.Headers.Location!.Query.Split('&')[0]["?code=".Length..];
    }

    private static Task<Reply> ExchangeAsync(SandboxClient client, string code, string verifier = Verifier, string redirect = Redirect) =>
        client.SendAsync(Token(
            client,
            ("grant_type", "authorization_code"),
            ("client_id", client.At.DrCloud.PublicClientId),
            ("code", code),
            ("redirect_uri", redirect),
            ("code_verifier", verifier)));

    private static Task<Reply> RefreshAsync(SandboxClient client, string token) => client.SendAsync(
        Token(client, ("grant_type", "refresh_token"), ("client_id", client.At.DrCloud.PublicClientId), ("refresh_token", token)));

    private static HttpRequestMessage Token(SandboxClient client, params (string Name, string Value)[] form) =>
        new(HttpMethod.Post, client.At.DrCloud.TokenUri) { Content = new FormUrlEncodedContent(form.ToDictionary(f => f.Name, f => f.Value)) };

    private static async Task<HttpStatusCode> ReadAsync(SandboxClient client, string token) => (await GetAsync(client, token, "Patient")).Status;

    private static Task<Reply> GetAsync(SandboxClient client, string token, string path) =>
        client.SendAsync(SandboxClient.Bearer(new(HttpMethod.Get, new Uri(client.At.DrCloud.FhirBase, path)), token));

    private static HttpClient Browser() => new(new SocketsHttpHandler { AllowAutoRedirect = false });
}
