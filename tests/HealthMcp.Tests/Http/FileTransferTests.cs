using System.Net;
using System.Text;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Http;

public sealed class FileTransferTests
{
    private const string Address = "https://bucket.s3.example.org/doc?X-Amz-Signature=SECRET-SIGNATURE";
    private readonly ScriptedUpstream _own = new();
    private readonly ScriptedUpstream _open = new();
    private readonly UpstreamClock _time = new();

    [Fact]
    public async Task A_file_comes_with_its_type_and_neither_token_nor_header_of_ours_is_sent()
    {
        _open.On("GET", "/doc", _ => Text("hello", "Text/Plain"));

        var file = await Transfer().FetchAsync(Address, 1000, CancellationToken.None);

        Encoding.UTF8.GetString(file.Content.Span).ShouldBe("hello");
        file.MediaType.ShouldBe("text/plain");
        _open.Sent.ShouldHaveSingleItem().Headers.ShouldBeEmpty();
        _own.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task On_the_systems_own_origin_no_token_is_sent_either()
    {
        _own.On("GET", "/files/doc", _ => Text("hello", "text/plain"));

        await Transfer().FetchAsync("https://xcures.test/files/doc?sig=1", 1000, CancellationToken.None);

        _own.Sent.ShouldHaveSingleItem().Headers.ShouldBeEmpty();
        _open.Sent.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("http://bucket.s3.example.org/doc")]
    [InlineData("https://localhost/doc")]
    public async Task Nothing_is_sent_where_an_answer_leads_inside(string address)
    {
        await FailAsync(address);
        await Should.ThrowAsync<CallFailureException>(() => Transfer().StoreAsync(address, "x"u8.ToArray(), "text/plain", CancellationToken.None));

        _own.Sent.ShouldBeEmpty();
        _open.Sent.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(301, FailureCodes.UpstreamError, 1)]
    [InlineData(302, FailureCodes.UpstreamError, 1)]
    [InlineData(307, FailureCodes.UpstreamError, 1)]
    [InlineData(403, FailureCodes.UpstreamError, 1)]
    [InlineData(404, FailureCodes.NotFound, 1)]
    [InlineData(500, FailureCodes.UpstreamError, 3)]
    [InlineData(503, FailureCodes.UpstreamError, 3)]
    public async Task Each_status_gets_its_sentence_and_nothing_of_address_or_body(int status, string code, int attempts)
    {
        _open.On("GET", "/doc", _ => new HttpResponseMessage((HttpStatusCode)status)
        {
            Headers = { Location = new Uri("https://169.254.169.254/latest") },
            Content = new StringContent("<Error><Code>SECRET-SIGNATURE Marissa</Code></Error>"),
        });

        var failure = await FailAsync(Address);

        failure.Code.ShouldBe(code);
        foreach (var word in new[] { "SECRET", "Marissa", "bucket", "169.254" }) failure.ToString().ShouldNotContain(word);
        _open.Sent.Count.ShouldBe(attempts);
        _open.Sent.ShouldAllBe(sent => sent.Uri.Host == "bucket.s3.example.org");
    }

    [Fact]
    public async Task A_file_over_its_bound_is_refused()
    {
        _open.On("GET", "/doc", _ => Text(new string('x', 2000), "text/plain"));

        (await FailAsync(Address)).Code.ShouldBe(FailureCodes.UpstreamTooLarge);
        _open.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_storage_that_breaks_off_is_asked_again_and_then_given_up()
    {
        _open.Once("GET", "/doc", _ => ScriptedUpstream.Broken()).On("GET", "/doc", _ => Text("whole", "text/plain"));
        Encoding.UTF8.GetString((await Transfer().FetchAsync(Address, 1000, CancellationToken.None)).Content.Span).ShouldBe("whole");

        var always = new FileTransferTests();
        always._open.On("GET", "/doc", _ => throw new HttpRequestException(HttpRequestError.ConnectionError, "bucket.s3.example.org refused"));
        var failure = await always.FailAsync(Address);
        failure.Code.ShouldBe(FailureCodes.UpstreamUnreachable);
        failure.ToString().ShouldNotContain("bucket");
    }

    [Fact]
    public async Task A_storage_that_never_answers_is_given_up_after_the_limit()
    {
        using var arrived = new SemaphoreSlim(0);
        _open.Hang("GET", "/doc", () => arrived.Release());

        var fetching = Transfer().FetchAsync(Address, 1000, CancellationToken.None);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await arrived.WaitAsync();
            _time.Advance(FileTransfer.Longest);
        }

        (await Should.ThrowAsync<CallFailureException>(() => fetching)).Code.ShouldBe(FailureCodes.UpstreamTimeout);
    }

    [Fact]
    public async Task A_call_that_ends_ends_the_transfer()
    {
        using var stop = new CancellationTokenSource();
        _open.Hang("GET", "/doc", stop.Cancel);

        await Should.ThrowAsync<OperationCanceledException>(() => Transfer().FetchAsync(Address, 1000, stop.Token));
    }

    [Fact]
    public async Task A_file_is_put_with_its_type_alone_and_again_when_the_answer_was_lost()
    {
        _open.Once("PUT", "/doc", _ => throw new IOException("reset")).On("PUT", "/doc", _ => new HttpResponseMessage(HttpStatusCode.NoContent));

        await Transfer().StoreAsync(Address, "<a/>"u8.ToArray(), "application/xml", CancellationToken.None);

        _open.Sent.Count.ShouldBe(2);
        _open.Sent.ShouldAllBe(sent => sent.Body == "<a/>" && sent.Headers["Content-Type"] == "application/xml" && !sent.Headers.ContainsKey("Authorization"));
    }

    private FileTransfer Transfer()
    {
        var connection = new SystemConnection(
            new SystemSource("xcures", Sandbox: false, "live:xcures:1"),
            _ => ValueTask.FromResult(new Uri("https://xcures.test/")),
            TokenSource.Fixed("TOKEN", _time))
        {
            CommonHeaders = _ => ValueTask.FromResult<IReadOnlyList<(string, string)>>([("ProjectId", "P")]),
            RetryDelay = TimeSpan.Zero,
        };
        return new FileTransfer(connection, _own.Invoker(), _open.Invoker(), _time);
    }

    private Task<CallFailureException> FailAsync(string address) =>
        Should.ThrowAsync<CallFailureException>(() => Transfer().FetchAsync(address, 1000, CancellationToken.None));

    private static HttpResponseMessage Text(string body, string type) =>
        new(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, type) };
}
