using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using HealthMcp.Sandbox;

namespace HealthMcp.Tests.Sandbox;

public sealed class DrCloudSignInTests(SandboxFixture fixture) : IClassFixture<SandboxFixture>
{
    private readonly SandboxClient _client = fixture.Client;

    [Fact]
    public async Task Scopes_are_narrowed_silently_and_those_with_a_colon_not_repeated()
    {
        var reply = await FhirClient.SignInAsync(_client, FhirClient.Assertion(_client), "system/Patient.read user/Patient.read system/Unheard.read api:fhir");
        reply.Object["scope"]!.ToString().ShouldBe("system/Patient.read");
        ((int)reply.Object["expires_in"]!).ShouldBe(60);
    }

    [Fact]
    public async Task An_assertion_cannot_be_used_twice()
    {
        var assertion = FhirClient.Assertion(_client);
        (await FhirClient.SignInAsync(_client, assertion, "system/Patient.read")).Status.ShouldBe(HttpStatusCode.OK);
        await IsRefusedAsync(assertion);
    }

    [Fact]
    public Task Another_audience_is_refused() => IsRefusedAsync(FhirClient.Assertion(_client, audience: _client.At.DrCloud.FhirBase.ToString()));

    [Fact]
    public Task Another_issuer_is_refused() => IsRefusedAsync(FhirClient.Assertion(_client, issuer: "someone-else"));

    [Fact]
    public Task An_expired_assertion_is_refused() => IsRefusedAsync(FhirClient.Assertion(_client, expires: TimeSpan.FromMinutes(-5)));

    [Fact]
    public Task Another_algorithm_is_refused() => IsRefusedAsync(FhirClient.Assertion(_client, algorithm: "RS256"));

    [Fact]
    public async Task A_key_of_another_client_is_refused()
    {
        await using var other = await SandboxClient.StartAsync();
        await IsRefusedAsync(FhirClient.Assertion(other, audience: _client.At.DrCloud.TokenUri.ToString()));
    }

    [Fact]
    public async Task A_key_given_in_the_options_is_registered_too()
    {
        using var rsa = RSA.Create(2048);
        var key = rsa.ExportParameters(includePrivateParameters: false);
        var (modulus, exponent) = (Base64Url.EncodeToString(key.Modulus), Base64Url.EncodeToString(key.Exponent));
        var jwks = $$"""{"keys":[{"kty":"RSA","kid":"mine","alg":"RS384","n":"{{modulus}}","e":"{{exponent}}"}]}""";
        await using var client = await SandboxClient.StartAsync(new SandboxOptions { DrCloudClientPublicJwks = jwks });
        var reply = await FhirClient.SignInAsync(client, FhirClient.Assertion(client, key: rsa.ExportPkcs8PrivateKeyPem()), "system/Goal.read");
        reply.Object["scope"]!.ToString().ShouldBe("system/Goal.read");
    }

    private async Task IsRefusedAsync(string assertion)
    {
        var reply = await FhirClient.SignInAsync(_client, assertion, "system/Patient.read");
        (reply.Status, reply.Body).ShouldBe((HttpStatusCode.BadRequest, """{"error":"invalid_client"}"""));
    }
}
