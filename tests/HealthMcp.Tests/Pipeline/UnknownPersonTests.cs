using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Pipeline;
using HealthMcp.Storage;
using HealthMcp.Tests.Support;
using HealthMcp.Tests.Upstreams.XCures;
using HealthMcp.Upstreams.XCures;
using Microsoft.Extensions.Logging.Abstractions;

namespace HealthMcp.Tests.Pipeline;

/// <summary>A handle from a list that names nobody, and texts that name the patient by a name that is in no list of names.</summary>
public sealed class UnknownPersonTests : IDisposable
{
    private const string Id = "7d0c2a50-3f7e-4b19-9d57-6a1f0c3e8b21";
    private const string Queries = $"{XCuresHarness.Registry}/query";
    private const string Own = $"{XCuresHarness.Subjects}/{Id}";
    private const string Text = "in good spirits, qyxanthei walks daily; file 48151 and 971-555-0143 checked, feels stable";

    private static readonly string[] Hers = ["qyxanthei", "48151", "0143"];

    private readonly TempFolder _folder = new();
    private readonly XCuresHarness _xcures = new();
    private readonly App _app;

    public UnknownPersonTests()
    {
        _app = Build(tool => tool);
        _xcures.Upstream.On("GET", Queries, XCuresHarness.Page(1, $$"""{"id":"q1","subjectId":"{{Id}}","status":"completed"}"""));
        _xcures.Upstream.On("GET", $"{Own}/status/clinical-concepts", """{"loaded":true}""");
    }

    private App Build(Func<Tool, Tool> change)
    {
        var client = new UpstreamClient(_xcures.Connection, _xcures.Upstream.Invoker(), _xcures.Time);
        var settings = Composition.Configure(name => name == "HEALTHMCP_DATA_DIR" ? _folder.Path : null, []).Settings;
        var tools = XCuresModule.ToolSets(client, _xcures.Files, _xcures.Time);
        var system = new UpstreamSystem(_xcures.Connection, [.. tools.Select(set => new Changed(set, change))]) { Person = XCuresModule.Person(client) };
        var data = new DataHome(settings.Storage, Entropy.System, _xcures.Time);
        var all = settings with { Tools = new ToolSelection(["all"], ReadOnly: false) };
        return new App(all, [system], data, NullLoggerFactory.Instance, _xcures.Time, new SeededEntropy(1), []);
    }

    private sealed class Changed(IToolSet set, Func<Tool, Tool> change) : IToolSet
    {
        public IEnumerable<Tool> Tools => set.Tools.Select(change);
    }

    public void Dispose()
    {
        _app.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_persons_own_record_is_read_first_and_once()
    {
        Knows();
        Concepts();
        var subject = await HandleAsync();
        for (var i = 0; i < 2; i++)
        {
            var answer = await CallAsync("get_clinical_concepts", $$"""{"subject":"{{subject}}","kinds":["imaging"]}""");
            answer.ShouldContain("feels stable");
            foreach (var word in Hers) answer.ShouldNotContain(word, Case.Insensitive);
        }

        _xcures.Upstream.To(Own).Count.ShouldBe(1, "what was learned is remembered with the handle");
    }

    [Fact]
    public async Task Else_they_would_stay_so_that_this_is_no_empty_proof()
    {
        Knows();
        Concepts();
        using var blind = Build(tool => tool with { Definition = tool.Definition with { PersonRecord = null } });
        var answer = await CallAsync("get_clinical_concepts", $$"""{"subject":"{{await HandleAsync()}}","kinds":["imaging"]}""", app: blind);
        answer.ShouldContain(Hers[0]);
        answer.ShouldContain(Hers[1]);
    }

    [Fact]
    public async Task Without_that_record_no_text_is_answered()
    {
        _xcures.Upstream.On("GET", Own, _ => ScriptedUpstream.Json("{}", 403));
        Concepts();
        var answer = await CallAsync("get_clinical_concepts", $$"""{"subject":"{{await HandleAsync()}}","kinds":["imaging"]}""", fails: true);
        answer.ShouldContain("upstream_forbidden");
        foreach (var word in Hers) answer.ShouldNotContain(word, Case.Insensitive);
    }

    [Fact]
    public async Task Another_record_in_its_place_is_none()
    {
        _xcures.Upstream.On("GET", Own, XCuresHarness.Subject("8d0c2a50-3f7e-4b19-9d57-6a1f0c3e8b22", "Ann", "Example"));
        Concepts();
        var answer = await CallAsync("get_clinical_concepts", $$"""{"subject":"{{await HandleAsync()}}","kinds":["imaging"]}""", fails: true);
        answer.ShouldContain("upstream_not_json");
    }

    [Fact]
    public async Task Whoever_is_known_already_costs_no_request()
    {
        Knows();
        Concepts();
        _xcures.Upstream.On("GET", XCuresHarness.Subjects, XCuresHarness.Page(1, Record));
        await CallAsync("search_subjects", """{"state":"OH"}""");
        (await CallAsync("get_clinical_concepts", $$"""{"subject":"{{await HandleAsync()}}","kinds":["imaging"]}""")).ShouldNotContain(Hers[0]);
        _xcures.Upstream.To(Own).ShouldBeEmpty();
    }

    [Fact]
    public void Every_tool_that_answers_texts_about_a_person_has_the_person_known()
    {
        using var all = OneApp.Build();
        var silent = all.Tools.All.Select(tool => tool.Definition)
            .Where(tool => tool.PersonRecord is null && TakesPerson(tool))
            .Where(tool => !tool.Endpoints.Any(endpoint => endpoint.Key is "xcures GET /api/v1/patient-registry/subject/{id}"
                or "drcloud GET /fhir/Patient/{id}" or "patients GET /api/v1/{org_id}/patients/{patient_uuid}"))
            .Select(tool => tool.Name);

        // They answer states and ids, what the caller has just sent, or records of a FHIR server behind PhenoML, whose Patient is read by none of our systems.
        silent.ShouldBe(
            [
                "get_record_requests", "search_subjects", "submit_checklist_feedback", "upload_document",
                "provider_fhir_bundle", "provider_fhir_search", "provider_fhir_write", "search_fhir_by_text",
            ],
            ignoreOrder: true);
    }

    private static bool TakesPerson(ToolDefinition tool) =>
        ArgumentPlaces<HandleAttribute>.Of(tool.Input).Any(place => place.Mark.Kind is "subj" or "pt");

    private const string Record = $$"""
        {"id":"{{Id}}","identifier":"48151","firstName":"Qyxanthei","lastName":"Vrbszk","birthDate":"1971-06-29","phoneNumber":"971-555-0143"}
        """;

    private void Knows() => _xcures.Upstream.On("GET", Own, Record);

    private void Concepts() => _xcures.Upstream.On(
        "GET", $"{XCuresHarness.Registry}/clinical-concepts/imaging", XCuresHarness.Page(1, $$"""{"id":"c1","procedure":"MRI","findings":"{{Text}}"}"""));

    private async Task<string> HandleAsync()
    {
        var answer = await CallAsync("get_record_requests", $$"""{"subject":"{{Id}}"}""");
        return JsonElement.Parse(answer).GetProperty("data")[0].GetProperty("subjectId").GetString()!;
    }

    private async Task<string> CallAsync(string tool, string arguments, bool fails = false, App? app = null)
    {
        var called = app ?? _app;
        var answer = await called.Pipeline.InvokeAsync(new CallRequest(tool, JsonElement.Parse(arguments), called.LocalCaller("cli")), CancellationToken.None);
        answer.IsError.ShouldBe(fails, answer.Text);
        return System.Text.Encoding.UTF8.GetString(answer.Structured.Span);
    }
}
