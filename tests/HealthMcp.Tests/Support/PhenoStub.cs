using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML;

namespace HealthMcp.Tests.Support;

/// <summary>PhenoML as far as a test needs it: signs in, records what came, and answers as told.</summary>
internal sealed class PhenoStub : HttpMessageHandler
{
    private readonly List<(string Path, string Body, string? Authorization)> _came = [];

    public ImpatientTime Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Answer { get; set; } = (_, _) => Task.FromResult(StubAnswer.Json("{}"));

    public Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> SignIn { get; set; } =
        (_, _) => Task.FromResult(StubAnswer.Json("""{"access_token":"t1","token_type":"Bearer","expires_in":3600}"""));

    public IReadOnlyList<(string Path, string Body, string? Authorization)> Came => _came;

    public string LastBody => _came[^1].Body;

    public static CallContext Call(Tool tool) => new() { Tool = tool.Definition, Trace = new CallTrace(), LetThrough = true };

    public async Task<UpstreamResult> RunAsync(string name, object input)
    {
        var tool = Tool(name);
        return (UpstreamResult)await tool.Method(input, Call(tool), CancellationToken.None);
    }

    public Tool Tool(string name)
    {
        var account = new PhenoMLAccount(new Uri("https://demo.app.pheno.test/"), "client", "se+cret/=");
        var http = new HttpMessageInvoker(this);
        var connection = PhenoMLModule.Connect(new SystemSource("phenoml", true, "sandbox:phenoml"), _ => ValueTask.FromResult(account), http, Time);
        return PhenoMLModule.ToolSets(new UpstreamClient(connection, http, Time), Time).SelectMany(set => set.Tools).Single(tool => tool.Name == name);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        _came.Add((request.RequestUri!.AbsolutePath, body, request.Headers.Authorization?.ToString()));
        return await (request.RequestUri.AbsolutePath == "/v2/auth/token" ? SignIn : Answer)(request, cancellationToken);
    }
}
