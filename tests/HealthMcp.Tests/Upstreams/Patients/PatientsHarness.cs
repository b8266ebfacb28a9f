using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Tests.Support;
using HealthMcp.Upstreams.Patients;

namespace HealthMcp.Tests.Upstreams.Patients;

/// <summary>The Patients tools over a scripted upstream.</summary>
internal sealed class PatientsHarness
{
    public const string Org = "org-7";
    public const string Id = "22222222-2222-2222-2222-222222222222";
    public const string List = $"/api/v1/{Org}/patients";
    public const string One = $"{List}/{Id}";
    public const string Vitals = $"{One}/vital-signs";

    private readonly IReadOnlyList<Tool> _tools;

    /// <param name="api">What stands in for the API; null for the scripted one.</param>
    public PatientsHarness(HttpMessageHandler? api = null)
    {
        var account = new PatientsAccount(new Uri("https://patients.test"), Org, "tok");
        Func<CancellationToken, ValueTask<PatientsAccount>> known = _ => ValueTask.FromResult(account);
        var connection = PatientsModule.Connect(new SystemSource("patients", Sandbox: true, "sandbox:patients"), known, Time);
        var client = new UpstreamClient(connection, api is null ? Upstream.Invoker() : new HttpMessageInvoker(api), Time);
        _tools = [.. PatientsModule.ToolSets(client, known, Time).SelectMany(set => set.Tools)];
    }

    public ScriptedUpstream Upstream { get; } = new();

    /// <summary>Tuesday 10 March 2026, noon UTC.</summary>
    public UpstreamClock Time { get; } = new();

    public Tool Record => Tool("record_vitals");

    public Tool Tool(string name) => _tools.Single(tool => tool.Name == name);

    public static string Patient(
        string id = Id,
        string first = "Marissa",
        string last = "Jones",
        string born = "1971-06-29",
        string status = "active",
        string preferred = "Rissa") =>
        $$"""{"id":"{{id}}","first_name":"{{first}}","last_name":"{{last}}","preferred_name":"{{preferred}}","version":1"""
        + $$""","date_of_birth":"{{born}}","status":"{{status}}"}""";

    public static string Page(int total, params string[] items) => $$"""{"items":[{{string.Join(',', items)}}],"page":1,"page_size":100,"total":{{total}}}""";

    public PatientsHarness WithPatient(string status = "active")
    {
        Upstream.On("GET", One, Patient(status: status));
        return this;
    }
}
