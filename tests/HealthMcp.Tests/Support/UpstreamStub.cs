using System.Net;
using System.Text;

namespace HealthMcp.Tests.Support;

/// <summary>An upstream that answers what the test wrote down, in order, and remembers what it was asked.</summary>
internal sealed class UpstreamStub : HttpMessageHandler
{
    private readonly Queue<Func<CancellationToken, Task<HttpResponseMessage>>> _answers = new();

    public List<(string Method, string Uri, string? Body, string? Token)> Asked { get; } = [];

    public HttpMessageInvoker Invoker => new(this);

    public UpstreamStub Answer(int status, string body = "{}", string type = "application/json", Action<HttpResponseMessage>? also = null)
    {
        _answers.Enqueue(_ =>
        {
            var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8) };
            response.Content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue(type);
            also?.Invoke(response);
            return Task.FromResult(response);
        });
        return this;
    }

    public UpstreamStub Fail(Exception exception)
    {
        _answers.Enqueue(_ => Task.FromException<HttpResponseMessage>(exception));
        return this;
    }

    public UpstreamStub Hang()
    {
        _answers.Enqueue(async cancellation =>
        {
            var never = new TaskCompletionSource<HttpResponseMessage>();
            await using var registration = cancellation.Register(() => never.TrySetCanceled(cancellation));
            return await never.Task;
        });
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        lock (Asked) Asked.Add((request.Method.Method, request.RequestUri!.PathAndQuery, body, request.Headers.Authorization?.Parameter));
        Func<CancellationToken, Task<HttpResponseMessage>> answer;
        lock (_answers) answer = _answers.Count > 1 ? _answers.Dequeue() : _answers.Peek();
        return await answer(cancellationToken);
    }
}
