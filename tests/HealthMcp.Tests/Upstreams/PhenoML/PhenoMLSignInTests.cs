using System.Text;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Tests.Support;
using HealthMcp.Upstreams.PhenoML;
using HealthMcp.Upstreams.PhenoML.Codes;

namespace HealthMcp.Tests.Upstreams.PhenoML;

public sealed class PhenoMLSignInTests
{
    private readonly PhenoStub _stub = new();

    [Fact]
    public async Task It_signs_in_with_Basic_and_keeps_the_token_for_as_long_as_the_vendor_says()
    {
        _stub.Answer = (_, _) => Task.FromResult(StubAnswer.Json("""{"codes":[]}"""));
        var tool = _stub.Tool("extract_codes");
        await tool.Method(new ExtractCodesInput { Text = "a" }, PhenoStub.Call(tool), CancellationToken.None);
        _stub.Time.Now += TimeSpan.FromSeconds(3500);
        await tool.Method(new ExtractCodesInput { Text = "a" }, PhenoStub.Call(tool), CancellationToken.None);
        _stub.Came.Count(c => c.Path == "/v2/auth/token").ShouldBe(1);
        _stub.Time.Now += TimeSpan.FromSeconds(100);
        await tool.Method(new ExtractCodesInput { Text = "a" }, PhenoStub.Call(tool), CancellationToken.None);
        _stub.Came.Count(c => c.Path == "/v2/auth/token").ShouldBe(2);
        _stub.Came[0].Authorization.ShouldBe("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("client:se+cret/=")));
        _stub.Came[0].Body.ShouldBe("grant_type=client_credentials");
    }

    [Theory]
    [InlineData("400", FailureCodes.UpstreamUnauthorized)]
    [InlineData("401", FailureCodes.UpstreamUnauthorized)]
    [InlineData("401 empty", FailureCodes.UpstreamUnauthorized)]
    [InlineData("429", FailureCodes.UpstreamRateLimited)]
    [InlineData("500", FailureCodes.UpstreamError)]
    [InlineData("302", FailureCodes.UpstreamError)]
    [InlineData("html", FailureCodes.UpstreamNotJson)]
    [InlineData("truncated", FailureCodes.UpstreamNotJson)]
    [InlineData("array", FailureCodes.UpstreamNotJson)]
    [InlineData("reset", FailureCodes.UpstreamUnreachable)]
    [InlineData("broken", FailureCodes.UpstreamUnreachable)]
    public async Task A_failed_sign_in_is_a_fixed_sentence(string how, string code)
    {
        _stub.SignIn = StubAnswer.Bad(how);
        var failure = await Should.ThrowAsync<CallFailureException>(() => _stub.RunAsync("extract_codes", new ExtractCodesInput { Text = "a" }));
        failure.Code.ShouldBe(code);
        failure.Message.ShouldNotContain("CANARY");
        failure.Message.ShouldNotContain("se+cret");
    }

    [Theory]
    [InlineData("""{"token_type":"Bearer"}""")]
    [InlineData("""{"access_token":""}""")]
    [InlineData("""{"access_token":"a\nb"}""")]
    [InlineData("""{"access_token":7}""")]
    public async Task An_answer_without_a_usable_token_is_not_taken(string answer)
    {
        _stub.SignIn = (_, _) => Task.FromResult(StubAnswer.Json(answer));
        (await Should.ThrowAsync<CallFailureException>(() => _stub.RunAsync("extract_codes", new ExtractCodesInput { Text = "a" }))).Code
            .ShouldBe(FailureCodes.UpstreamNotJson);
    }

    [Fact]
    public async Task A_sign_in_that_never_answers_is_a_timeout()
    {
        _stub.SignIn = StubAnswer.Bad("hangs");
        _stub.Time.Fires = TimeSpan.FromSeconds(20);
        (await Should.ThrowAsync<CallFailureException>(() => _stub.RunAsync("extract_codes", new ExtractCodesInput { Text = "a" }))).Code
            .ShouldBe(FailureCodes.UpstreamTimeout);
    }
}
