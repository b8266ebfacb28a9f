using HealthMcp.Catalog;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Upstreams.PhenoML;

/// <summary>An upload and what comes after: processing, failure, a lost answer.</summary>
public sealed class CodeUploadTests
{
    private const string Upload = """{"name":"clinic","version":"1","format":"json","codes":[{"code":"a","description":"b"}]}""";
    private readonly PhenoStub _stub = new();
    private readonly List<(int Done, int? Total, string Says)> _progress = [];

    [Fact]
    public async Task The_state_is_followed_until_it_is_ready()
    {
        var looks = 0;
        Answers(request => request.Method == HttpMethod.Post ? Json("""{"status":"processing"}""", 202)
            : looks++ == 0 ? Json("{}", 404) : Json(State(looks < 5 ? "processing" : "ready", 1)));
        var result = await RunAsync(Upload);
        result.Write.ShouldBe(new WriteOutcome("done", Verified: true));
        result.Notices.ShouldHaveSingleItem().ShouldStartWith("The code system is ready");
        _progress.Select(each => each.Done).ShouldBe([0, 3, 6]);
        _progress.ShouldAllBe(each => each.Total == 60);
    }

    [Theory]
    [InlineData("processing", 1, "still processing")]
    [InlineData("failed", 0, "could not process")]
    [InlineData("ready", 7, "another number of codes")]
    public async Task What_is_not_ready_is_told_with_the_next_step(string status, int codes, string says)
    {
        var before = true;
        Answers(request =>
        {
            if (request.Method == HttpMethod.Post) before = false;
            return request.Method == HttpMethod.Post ? Json("{}", 202) : before ? Json("{}", 404) : Json(State(status, codes));
        });
        var result = await RunAsync(Upload.Replace("\"codes\"", "\"wait_seconds\":9,\"codes\"", StringComparison.Ordinal));
        result.Write!.Verified.ShouldBeFalse();
        result.Notices.ShouldHaveSingleItem().ShouldContain(says);
    }

    [Fact]
    public async Task A_lost_answer_is_resolved_by_looking()
    {
        var sent = 0;
        Answers(request => request.Method == HttpMethod.Post ? ++sent > 0 ? throw new HttpRequestException(HttpRequestError.ResponseEnded, "gone") : null!
            : sent == 0 ? Json("{}", 404) : Json(State("ready", 1)));
        (await RunAsync(Upload)).Write.ShouldBe(new WriteOutcome("already_written", Verified: true));
        sent.ShouldBe(1);
    }

    [Fact]
    public async Task A_lost_replacement_that_left_the_old_one_is_in_doubt()
    {
        var sent = 0;
        Answers(request => request.Method == HttpMethod.Post ? ++sent > 0 ? Json("{}", 500) : null! : Json(State("ready", 1)));
        var replacing = Upload.Replace("{\"name\"", "{\"replace\":true,\"name\"", StringComparison.Ordinal);
        var failure = await Should.ThrowAsync<CallFailureException>(() => RunAsync(replacing));
        failure.Code.ShouldBe(FailureCodes.InDoubt);
        sent.ShouldBe(1);
    }

    [Theory]
    [InlineData(400, FailureCodes.UpstreamRejected, "several versions")]
    [InlineData(402, FailureCodes.UpstreamForbidden, "credits")]
    [InlineData(403, FailureCodes.UpstreamForbidden, "dedicated")]
    [InlineData(409, FailureCodes.Conflict, "list_code_systems")]
    [InlineData(424, FailureCodes.UpstreamRejected, "replace true")]
    public async Task A_refusal_says_what_to_do(int status, string code, string says)
    {
        Answers(request => request.Method == HttpMethod.Post ? Json($$"""{"message":"{{StubAnswer.Canary}}"}""", status) : Json("{}", 404));
        var failure = await Should.ThrowAsync<CallFailureException>(() => RunAsync(Upload));
        failure.Code.ShouldBe(code);
        failure.Message.ShouldContain(says);
        failure.Message.ShouldNotContain(StubAnswer.Canary);
    }

    [Theory]
    [InlineData(403, FailureCodes.UpstreamForbidden)]
    [InlineData(404, FailureCodes.NotFound)]
    [InlineData(409, FailureCodes.Conflict)]
    [InlineData(424, FailureCodes.UpstreamRejected)]
    public async Task An_export_that_is_refused_says_why(int status, string code)
    {
        Answers(_ => Json($$"""{"message":"{{StubAnswer.Canary}}"}""", status));
        var failure = await ToolCalls.FailAsync(_stub.Tool("export_code_system"), """{"name":"clinic"}""");
        failure.Code.ShouldBe(code);
        failure.Message.ShouldNotContain(StubAnswer.Canary);
    }

    private static string State(string status, int codes) => $$"""
        {"name":"CLINIC","version":"1","code_count":{{codes}},"builtin":false,"status":"{{status}}","created_at":"2026-01-01T00:00:00Z",
        "updated_at":"2026-01-01T00:00:00Z"}
        """;

    private static HttpResponseMessage Json(string json, int status = 200) => StubAnswer.Json(json, status);

    private void Answers(Func<HttpRequestMessage, HttpResponseMessage> answer) => _stub.Answer = (request, _) => Task.FromResult(answer(request));

    private async Task<UpstreamResult> RunAsync(string arguments)
    {
        var tool = _stub.Tool("upload_code_system");
        var call = ToolCalls.Context(tool, progress: (done, total, says) => _progress.Add((done, total, says)));
        var plan = await ToolCalls.RunAsync<WritePlan>(tool, arguments, call);
        return await plan.Execute(Guid.Empty, CancellationToken.None);
    }
}
