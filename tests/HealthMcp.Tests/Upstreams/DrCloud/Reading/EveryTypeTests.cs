using System.Text.RegularExpressions;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;
using HealthMcp.Upstreams.DrCloud;

namespace HealthMcp.Tests.Upstreams.DrCloud.Reading;

/// <summary>Each of the 24 types through a real client: search, read, not there, no scope, a wrong parameter, a server that fails.</summary>
public sealed partial class EveryTypeTests(TypesFixture fixture) : IClassFixture<TypesFixture>
{
    private const string Nobody = "00000000-0000-4000-8000-000000000000";

    // The vendor opens these to a patient's sign-in only; LoginCommandTests reads them so.
    private static readonly string[] Closed = ["Appointment"];

    public static TheoryData<string> Types => new(FhirTypes.All.Select(type => type.Name));

    public static TheoryData<string> Open => new(FhirTypes.All.Select(type => type.Name).Except(Closed, StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Open))]
    public async Task It_is_searched_and_what_was_found_is_read(string type)
    {
        var found = (await SearchAsync(type)).Resources()[0];
        var id = found.GetProperty("id").GetString()!;
        var read = (await ReadAsync(type, id)).Resources().ShouldHaveSingleItem();

        id.ShouldContain('_');
        read.GetProperty("id").GetString().ShouldBe(id);
        read.EnumerateObject().Select(member => member.Name).ShouldBe(found.EnumerateObject().Select(member => member.Name));
    }

    [Theory]
    [MemberData(nameof(Open))]
    public async Task Its_lines_say_nothing_that_the_resources_do_not(string type)
    {
        var resources = await SearchAsync(type, "\"count\":50,\"max_bytes\":262144");
        var lines = await SearchAsync(type, "\"count\":50,\"max_bytes\":262144,\"view\":\"summary\"");
        var shown = resources.Data.GetRawText();

        // A display that is its code but for capitals is left out of a resource (decision 0020), so case says nothing here.
        lines.Resources().ShouldNotBeEmpty();
        lines.Resources().Sum(row => row.TryGetProperty("count", out var count) ? count.GetInt32() : 1).ShouldBe(resources.Resources().Count);
        foreach (var word in lines.Resources().SelectMany(row => Word().Matches(row.GetProperty("summary").GetString()!)).Select(match => match.Value))
            (shown.Contains(word, StringComparison.OrdinalIgnoreCase) || OwnWords.Contains(word)).ShouldBeTrue(word);
    }

    [Theory]
    [MemberData(nameof(Open))]
    public async Task What_is_not_there_is_said_to_be_not_there(string type)
    {
        (await ReadAsync(type, Nobody)).ErrorCode.ShouldBe("not_found");
        var search = await SearchAsync(type, $"\"ids\":[\"{Nobody}\"]", "");
        search.Resources().ShouldBeEmpty();
        search.Notices[0].ShouldStartWith($"Nothing was found. Searched: {type}");
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Without_its_scope_nothing_is_sent(string type)
    {
        foreach (var (tool, arguments) in new[]
        {
            ("drcloud_fhir_search", $$"""{"type":"{{type}}"}"""), ("drcloud_fhir_read", $$"""{"type":"{{type}}","id":"{{Nobody}}"}"""),
        })
        {
            var refused = await fixture.WithoutScopes.ReplyAsync(tool, arguments);
            refused.ErrorCode.ShouldBe("insufficient_scope");
            refused.Text.ShouldContain($"user/{type}.rs");
        }
    }

    [Fact]
    public async Task What_the_EHR_did_not_grant_is_refused_before_it_is_asked()
    {
        foreach (var type in Closed)
        {
            foreach (var refused in new[] { await SearchAsync(type), await ReadAsync(type, Nobody) })
            {
                refused.ErrorCode.ShouldBe("upstream_forbidden");
                refused.Text.ShouldContain("healthmcp login drcloud --patient");
            }

            fixture.World.Sandbox.Journal.Entries.ShouldNotContain(entry => entry.PathAndQuery.Contains($"/{type}", StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Open))]
    public async Task A_wrong_parameter_is_named_and_not_repeated(string type)
    {
        var search = await SearchAsync(type, """ "parameters":[{"name":"canary-parameter","value":"x"}] """, "");
        search.ErrorCode.ShouldBe("invalid_argument");
        search.Text.ShouldNotContain("canary");
        var read = await ReadAsync(type, "canary");
        (read.ErrorCode, read.Content.GetProperty("error").GetProperty("argument").GetString()).ShouldBe(("upstream_rejected", "id"));
        read.Text.ShouldNotContain("canary", Case.Insensitive);
        (await ReadAsync(type, "a b")).ErrorCode.ShouldBe("unknown_handle");
        (await ReadAsync(type, Nobody, "\"version\":\"../..\"")).ErrorCode.ShouldBe("invalid_argument");
        (await ReadAsync(type, Nobody, "\"history\":true")).Text.ShouldContain("keeps no former versions");
    }

    [Theory]
    [MemberData(nameof(Open))]
    public async Task A_server_that_fails_is_said_to_fail(string type)
    {
        // Asked to wait that long, the client does not try again by itself.
        var busy = Fault.Status(503, TimeSpan.FromMinutes(2));
        fixture.World.Sandbox.Faults.Next("drcloud", $"GET /apis/{{site}}/fhir/{type}", busy);
        var search = await SearchAsync(type);
        (search.ErrorCode, search.Text.Contains("CANARY", StringComparison.Ordinal)).ShouldBe(("upstream_error", false));
        fixture.World.Sandbox.Faults.Next("drcloud", $"GET /apis/{{site}}/fhir/{type}/{{id}}", busy);
        var read = await ReadAsync(type, Nobody);
        (read.ErrorCode, read.Text.Contains("CANARY", StringComparison.Ordinal)).ShouldBe(("upstream_error", false));

        // Asked again it answers. Without that the failures of all types together would have the system left alone for a while.
        (await SearchAsync(type)).IsError.ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task The_capabilities_tell_what_is_offered_and_granted(string type)
    {
        var row = (await fixture.Client.ReplyAsync("drcloud_capabilities", $$"""{"type":"{{type}}"}""")).First;
        row.GetProperty("type").GetString().ShouldBe(type);
        row.GetProperty("search").GetBoolean().ShouldBeTrue();
        row.GetProperty("version").GetBoolean().ShouldBeFalse();
        row.GetProperty("granted").GetString().ShouldBe(Closed.Contains(type) ? "no" : "yes");
        (row.GetProperty("askedOfTheServer").GetArrayLength() + row.GetProperty("finishedHere").GetArrayLength()).ShouldBeGreaterThan(1);
    }

    // A level that hides names takes no search for everybody's Patient record, but for one sex.
    private Task<ToolReply> SearchAsync(string type, string more = "\"count\":1", string? query = null)
    {
        var narrow = query ?? (type == "Patient" ? ",\"query\":\"gender=female\"" : "");
        return fixture.Client.ReplyAsync("drcloud_fhir_search", $$"""{"type":"{{type}}",{{more}}{{narrow}}}""");
    }

    private Task<ToolReply> ReadAsync(string type, string id, string? more = null) =>
        fixture.Client.ReplyAsync("drcloud_fhir_read", $$"""{"type":"{{type}}","id":"{{id}}"{{(more is null ? "" : "," + more)}}}""");

    private static readonly HashSet<string> OwnWords = new(
        ("since until from yes reaction reason with for activity role member ended payor result content target due members dose take dispense reference absent "
            + "active born died marital qualification practitioner organization site outcome about who LOINC SNOMED RxNorm ICD CVX NDC CPT").Split(' '),
        StringComparer.Ordinal);

    [GeneratedRegex("[A-Za-z0-9]{3,}")]
    private static partial Regex Word();
}
