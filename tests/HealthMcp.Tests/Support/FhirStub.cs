using System.Security.Cryptography;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.DrCloud;
using HealthMcp.Upstreams.DrCloud.Exporting;
using HealthMcp.Upstreams.DrCloud.Search;

namespace HealthMcp.Tests.Support;

/// <summary>A FHIR server as far as a test needs it: signs in, says what it can, records what came, and answers as told.</summary>
internal sealed class FhirStub : HttpMessageHandler
{
    public const string Vendor = """{"resourceType":"CapabilityStatement","fhirVersion":"4.0.1","format":["application/json"],"software":{"name":"OpenEMR"}}""";

    public static readonly string Pem = MakePem();

    private readonly List<Uri> _came = [];
    private int _tokens;

    public ImpatientTime Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public string Metadata { get; set; } = Vendor;

    public Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>? SignIn { get; set; }

    public Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Answer { get; set; } = (_, _) => Task.FromResult(StubAnswer.Json(Bundle()));

    public string? Key { get; set; } = Pem;

    public string? Scope { get; set; } = "system/*.read";

    public Uri? FhirBase { get; set; }

    /// <summary>Token requests' form bodies.</summary>
    public List<string> SignIns { get; } = [];

    public List<string> Accepts { get; } = [];

    /// <summary>Searches that came: type and decoded query.</summary>
    public IReadOnlyList<string> Searches =>
        [.. _came.Where(u => !u.AbsolutePath.EndsWith("/metadata", StringComparison.Ordinal)).Select(u => u.Segments[^1] + Uri.UnescapeDataString(u.Query))];

    public IReadOnlyList<Uri> Came => _came;

    public static string Bundle(params string[] resources) => Bundle("collection", null, resources);

    public static string Bundle(string type, string? next, params string[] resources)
    {
        var link = next is null ? "" : $$"""{"relation":"next","url":"{{next}}"}""";
        var entries = resources.Select(r => $$"""{"resource":{{r}}}""");
        return $$"""{"resourceType":"Bundle","type":"{{type}}","link":[{{link}}],"entry":[{{string.Join(',', entries)}}]}""";
    }

    public static string Conformant(string type, params string[] parameters)
    {
        var searched = string.Join(',', parameters.Select(p => $$"""{"name":"{{p}}"}"""));
        return """{"resourceType":"CapabilityStatement","format":["application/fhir+json"],"software":{"name":"HAPI FHIR Server"}"""
            + $$""","rest":[{"resource":[{"type":"{{type}}","searchParam":[{{searched}}]}]}]}""";
    }

    public void Answers(params string[] resources) => Answer = (_, _) => Task.FromResult(StubAnswer.Json(Bundle(resources)));

    public static CallContext Call(Tool tool, string level = "identified", string? page = null) => new()
    {
        LetThrough = true,
        Tool = tool.Definition,
        Trace = new CallTrace(),
        DatesVisible = level != "deidentified",
        IdentifiersVisible = level == "identified",
        Page = page,
    };

    public Tool Tool(string name = "drcloud_fhir_search")
    {
        var account = new DrCloudAccount(
            new Uri("https://ehr.test/"),
            "default",
            "client",
            null,
            Key,
            ["system/Patient.read", "system/Observation.read"]) { OwnFhirBase = FhirBase };
        var http = new HttpMessageInvoker(this);
        var connection = DrCloudModule.Connect(
            new SystemSource("drcloud", true, "sandbox:drcloud"),
            _ => ValueTask.FromResult(account),
            http,
            Time,
            span => span.Fill((byte)++_tokens),
            () => null);
        return DrCloudModule.ToolSets(new UpstreamClient(connection, http, Time), Time, Exports).SelectMany(set => set.Tools).Single(tool => tool.Name == name);
    }

    private static ExportBook Exports() => throw new InvalidOperationException("exports are tested on the whole program");

    public async Task<UpstreamResult> RunAsync(FhirSearchInput input, string level = "identified", string? page = null)
    {
        var tool = Tool();
        return (UpstreamResult)await tool.Method(input, Call(tool, level, page), CancellationToken.None);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var uri = request.RequestUri!;
        if (uri.AbsolutePath.EndsWith("/token", StringComparison.Ordinal))
        {
            SignIns.Add(await request.Content!.ReadAsStringAsync(cancellationToken));
            if (SignIn is { } own) return await own(request, cancellationToken);
            return StubAnswer.Json($$"""{"access_token":"t{{SignIns.Count}}","expires_in":60{{(Scope is null ? "" : $",\"scope\":\"{Scope}\"")}}}""");
        }

        _came.Add(uri);
        Accepts.Add(request.Headers.Accept.ToString());
        return uri.AbsolutePath.EndsWith("/metadata", StringComparison.Ordinal)
            ? StubAnswer.Json(Metadata, type: "application/fhir+json")
            : await Answer(request, cancellationToken);
    }

    private static string MakePem()
    {
        using var key = RSA.Create(2048);
        return key.ExportPkcs8PrivateKeyPem();
    }
}
