using System.Net;
using System.Text;

namespace HealthMcp.Tests.Support;

/// <summary>A request as it went out.</summary>
internal sealed record SentRequest(string Method, Uri Uri, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Path => Uri.AbsolutePath;

    /// <summary>Query parameters in order, decoded.</summary>
    public IReadOnlyList<(string Name, string Value)> Query { get; } =
        [.. Uri.Query.TrimStart('?')
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2))
            .Select(pair => (Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair[1])))];

    public string? Get(string name) => Query.FirstOrDefault(pair => pair.Name == name).Value;
}

/// <summary>What a route answers to one request.</summary>
internal delegate Task<HttpResponseMessage> Scripted(SentRequest request, CancellationToken cancellation);

/// <summary>Stands in for an upstream: records what is sent and answers by script. The first route that matches and has answers left, wins.</summary>
internal sealed class ScriptedUpstream : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private readonly List<SentRequest> _sent = [];
    private readonly List<(string Method, string Path, Queue<Scripted> Once, Scripted? Always)> _routes = [];

    public IReadOnlyList<SentRequest> Sent
    {
        get { lock (_gate) return [.. _sent]; }
    }

    public IReadOnlyList<SentRequest> To(string path) => [.. Sent.Where(request => request.Path == path)];

    public HttpMessageInvoker Invoker() => new(this);

    /// <summary>Answers every request to the path with what <paramref name="answer"/> gives.</summary>
    public ScriptedUpstream On(string method, string path, Func<SentRequest, HttpResponseMessage> answer) =>
        Route(method, path, [], (request, _) => Task.FromResult(answer(request)));

    public ScriptedUpstream On(string method, string path, string json) => On(method, path, _ => Json(json));

    /// <summary>Answers one request after the other; once they are used up, later routes count.</summary>
    public ScriptedUpstream Once(string method, string path, params Func<SentRequest, HttpResponseMessage>[] answers) =>
        Route(method, path, answers.Select(Later), null);

    /// <summary>Never answers; <paramref name="arrived"/> is told of each request.</summary>
    public ScriptedUpstream Hang(string method, string path, Action arrived) => Route(method, path, [], async (_, cancellation) =>
    {
        var never = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stop = cancellation.Register(() => never.TrySetCanceled(cancellation));
        arrived();
        return await never.Task;
    });

    public static HttpResponseMessage Json(string json, int status = 200) =>
        new((HttpStatusCode)status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Html(string html, int status = 200) =>
        new((HttpStatusCode)status) { Content = new StringContent(html, Encoding.UTF8, "text/html") };

    /// <summary>An answer whose connection breaks in the middle of the body.</summary>
    public static HttpResponseMessage Broken(int status = 200)
    {
        var content = new StreamContent(new BrokenStream());
        content.Headers.ContentType = new("application/json");
        return new((HttpStatusCode)status) { Content = content };
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var headers = request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? []).ToDictionary(
            h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase);
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var sent = new SentRequest(request.Method.Method, request.RequestUri!, headers, body);
        return await Answer(sent)(sent, cancellationToken);
    }

    private static Scripted Later(Func<SentRequest, HttpResponseMessage> answer) =>
        (request, _) => Task.FromResult(answer(request));

    private ScriptedUpstream Route(
        string method,
        string path,
        IEnumerable<Scripted> once,
        Scripted? always)
    {
        lock (_gate) _routes.Add((method, path, new(once), always));
        return this;
    }

    private Scripted Answer(SentRequest sent)
    {
        lock (_gate)
        {
            _sent.Add(sent);
            foreach (var route in _routes.Where(route => route.Method == sent.Method && route.Path == sent.Path))
            {
                if (route.Once.TryDequeue(out var next)) return next;
                if (route.Always is not null) return route.Always;
            }
        }

        throw new InvalidOperationException($"no script for {sent.Method} {sent.Path}");
    }

    private sealed class BrokenStream : MemoryStream
    {
        private bool _started;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_started) throw new IOException("connection reset");
            _started = true;
            "{\"id"u8.CopyTo(buffer.Span);
            return ValueTask.FromResult(4);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("connection reset");
    }
}
