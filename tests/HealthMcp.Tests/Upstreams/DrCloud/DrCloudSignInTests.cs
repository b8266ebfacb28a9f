using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Tests.Support;
using HealthMcp.Upstreams.DrCloud;
using HealthMcp.Upstreams.DrCloud.Search;

namespace HealthMcp.Tests.Upstreams.DrCloud;

public sealed class DrCloudSignInTests
{
    private static readonly FhirSearchInput AnyPatient = new() { Type = "Patient" };
    private readonly FhirStub _stub = new();

    [Fact]
    public async Task The_assertion_is_signed_short_lived_and_for_this_server()
    {
        await _stub.RunAsync(AnyPatient);
        var form = _stub.SignIns.Single()
            .Split('&')
            .Select(p => p.Split('='))
            .ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1].Replace('+', ' ')), StringComparer.Ordinal);
        form["grant_type"].ShouldBe("client_credentials");
        form["scope"].ShouldBe("system/Patient.read system/Observation.read");
        form["client_assertion_type"].ShouldBe("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        var parts = form["client_assertion"].Split('.');
        using var key = RSA.Create();
        key.ImportFromPem(FhirStub.Pem);
        key.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
            Base64Url.DecodeFromChars(parts[2]),
            HashAlgorithmName.SHA384,
            RSASignaturePadding.Pkcs1)
            .ShouldBeTrue();
        var head = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0])).RootElement;
        var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1])).RootElement;
        head.GetProperty("alg").GetString().ShouldBe("RS384");
        head.GetProperty("kid").GetString().ShouldBe(ClientAssertion.Thumbprint(key));
        claims.GetProperty("iss").GetString().ShouldBe("client");
        claims.GetProperty("sub").GetString().ShouldBe("client");
        claims.GetProperty("aud").GetString().ShouldBe("https://ehr.test/oauth2/default/token");
        (claims.GetProperty("exp").GetInt64() - _stub.Time.Now.ToUnixTimeSeconds()).ShouldBeInRange(1, 60);
    }

    [Fact]
    public async Task A_token_of_a_minute_is_used_for_it_and_renewed_with_another_jti()
    {
        var tool = _stub.Tool();
        async Task AskAsync(int later)
        {
            _stub.Time.Now += TimeSpan.FromSeconds(later);
            await tool.Method(AnyPatient, FhirStub.Call(tool), CancellationToken.None);
        }

        await AskAsync(0);
        await AskAsync(30);
        _stub.SignIns.Count.ShouldBe(1);
        await AskAsync(31);
        _stub.SignIns.Count.ShouldBe(2);
        _stub.SignIns.Distinct(StringComparer.Ordinal).Count().ShouldBe(2);
    }

    [Theory]
    [InlineData(null, "DRCLOUD_PRIVATE_KEY_FILE")]
    [InlineData(" ", "DRCLOUD_PRIVATE_KEY_FILE")]
    [InlineData("no key", "DRCLOUD_PRIVATE_KEY_FILE")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "DRCLOUD_PRIVATE_KEY_FILE")]
    public async Task Without_a_good_key_the_answer_says_what_to_set(string? pem, string says)
    {
        _stub.Key = pem;
        var failure = await Should.ThrowAsync<CallFailureException>(() => _stub.RunAsync(AnyPatient));
        failure.Code.ShouldBe(FailureCodes.NotConfigured);
        failure.Message.ShouldContain(says);
        _stub.SignIns.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("public")]
    [InlineData("short")]
    public async Task A_public_or_short_key_is_not_used(string kind)
    {
        using var rsa = RSA.Create(kind == "short" ? 1024 : 2048);
        _stub.Key = kind == "short" ? rsa.ExportPkcs8PrivateKeyPem() : rsa.ExportSubjectPublicKeyInfoPem();
        (await Should.ThrowAsync<CallFailureException>(() => _stub.RunAsync(AnyPatient))).Code.ShouldBe(FailureCodes.NotConfigured);
    }

    [Theory]
    [InlineData("400", FailureCodes.UpstreamUnauthorized)]
    [InlineData("401 empty", FailureCodes.UpstreamUnauthorized)]
    [InlineData("429", FailureCodes.UpstreamRateLimited)]
    [InlineData("500", FailureCodes.UpstreamError)]
    [InlineData("html", FailureCodes.UpstreamNotJson)]
    [InlineData("reset", FailureCodes.UpstreamUnreachable)]
    public async Task A_failed_sign_in_is_a_fixed_sentence(string how, string code)
    {
        _stub.SignIn = StubAnswer.Bad(how);
        var failure = await Should.ThrowAsync<CallFailureException>(() => _stub.RunAsync(AnyPatient));
        failure.Code.ShouldBe(code);
        failure.Message.ShouldNotContain("CANARY");
    }

    [Fact]
    public async Task A_refused_scope_is_told_apart()
    {
        _stub.SignIn = (_, _) => Task.FromResult(StubAnswer.Json("""{"error":"invalid_scope"}""", 400));
        (await Should.ThrowAsync<CallFailureException>(() => _stub.RunAsync(AnyPatient))).Message.ShouldContain("DRCLOUD_SCOPES");
    }
}
