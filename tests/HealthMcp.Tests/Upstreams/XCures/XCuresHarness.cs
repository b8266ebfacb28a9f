using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Tests.Support;
using HealthMcp.Upstreams.XCures;

namespace HealthMcp.Tests.Upstreams.XCures;

/// <summary>The xCures tools over a scripted upstream.</summary>
internal sealed class XCuresHarness
{
    public const string Registry = "/api/v1/patient-registry";
    public const string Subjects = $"{Registry}/subject";
    public const string Project = "6a0f4c62-9d0b-4f0c-8c3e-5a1f2b3c4d5e";

    public XCuresHarness(string? project = Project, bool scriptToken = true, bool sandbox = true)
    {
        if (project is not null) Upstream.On("GET", $"{Registry}/project", $$"""[{"id":"{{Project}}","name":"Oncology"}]""");
        if (scriptToken) Upstream.On("POST", "/oauth/token", """{"access_token":"t-1","token_type":"Bearer"}""");
        var account = new XCuresAccount(new Uri("https://xcures.test/"), "0f8fad5b-d9cb-469f-a165-70867728950e", "s3cret", project);
        Connection = XCuresModule.Connect(
            new SystemSource("xcures", sandbox, sandbox ? "sandbox:xcures" : "live:xcures:1"),
            _ => ValueTask.FromResult(account),
            Upstream.Invoker(),
            Time);
        var client = new UpstreamClient(Connection, Upstream.Invoker(), Time);
        Files = new FileTransfer(Connection, Upstream.Invoker(), Storage.Invoker(), Time);
        Tools = [.. XCuresModule.ToolSets(client, Files, Time).SelectMany(set => set.Tools)];
    }

    public ScriptedUpstream Upstream { get; } = new();

    /// <summary>What lies at signed addresses, on another machine.</summary>
    public ScriptedUpstream Storage { get; } = new();

    public FileTransfer Files { get; }

    public UpstreamClock Time { get; } = new();

    public SystemConnection Connection { get; }

    public IReadOnlyList<Tool> Tools { get; }

    public Tool Search => Tools.Single(tool => tool.Name == "search_subjects");

    public Tool Named(string name) => Tools.Single(tool => tool.Name == name);

    public Tool Concepts => Tools.Single(tool => tool.Name == "get_clinical_concepts");

    public static string Page(int total, params string[] rows) => $$"""{"totalCount":{{total}},"results":[{{string.Join(',', rows)}}]}""";

    public static string Subject(string id, string first, string last, string born = "1971-06-29", string identifier = "AB12CD", string mrn = "MRN-77") =>
        $$"""{"id":"{{id}}","identifier":"{{identifier}}","firstName":"{{first}}","lastName":"{{last}}","birthDate":"{{born}}","addressCity":"""
        + $$""" "Springfield","externalIdentifiers":[{"externalIdentifier":"{{mrn}}","externalSystem":"ehr"}]}""";
}
