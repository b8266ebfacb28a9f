using HealthMcp.Sandbox;
using HealthMcp.Sandbox.DrCloud;
using HealthMcp.Tests.Support;
using HealthMcp.Tests.Upstreams.DrCloud.SignIn;
using ModelContextProtocol.Client;

namespace HealthMcp.Tests.Upstreams.DrCloud.Reading;

/// <summary>The type that the vendor opens to one patient's sign-in only, as <see cref="EveryTypeTests"/> has the others.</summary>
public sealed class AppointmentTests : IAsyncLifetime
{
    private const string Nobody = "00000000-0000-4000-8000-000000000000";
    private World _world = null!;
    private App _signedIn = null!;
    private McpClient _client = null!;

    public async Task InitializeAsync()
    {
        _world = await World.StartAsync(("HEALTHMCP_TOOLSETS", "drcloud"));
        _signedIn = await SignInHarness.SignedInAsync(_world, native: true, settings: ("HEALTHMCP_TOOLSETS", "drcloud"));
        _client = await _world.ConnectAsync(_signedIn);
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        _signedIn.Dispose();
    }

    [Fact]
    public async Task It_is_searched_and_what_was_found_is_read()
    {
        var found = (await SearchAsync("")).Resources()[0];
        var id = found.GetProperty("id").GetString()!;
        var read = (await ReadAsync(id)).Resources().ShouldHaveSingleItem();

        id.ShouldStartWith("appt_");
        read.EnumerateObject().Select(member => member.Name).ShouldBe(found.EnumerateObject().Select(member => member.Name));
        var line = (await SearchAsync(",\"view\":\"summary\"")).Resources()[0].GetProperty("summary").GetString();
        line.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task What_is_not_there_is_said_so_and_what_is_anothers_is_not_told_apart()
    {
        (await SearchAsync(",\"query\":\"date=ge2090\"")).Notices[0].ShouldStartWith("Nothing was found. Searched: Appointment");
        var own = (await SearchAsync("")).Resources().Count;
        var all = FhirStore.Instance.Value.Of("Appointment").Select(row => row["id"]!.ToString()).Append(Nobody).ToList();
        var refused = new List<ToolReply>();
        foreach (var id in all)
        {
            if (await ReadAsync(id) is not { IsError: true } reply) continue;
            refused.Add(reply);
            reply.Text.ShouldNotContain(id);
        }

        refused.Count.ShouldBe(all.Count - own);
        refused.Select(reply => reply.Text).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem().ShouldContain("not of that patient's record");
    }

    [Fact]
    public async Task Without_its_scope_nothing_is_sent()
    {
        using var without = _world.Build(("HEALTHMCP_TOOLSETS", "drcloud"), ("HEALTHMCP_SCOPES", "drcloud/fhir.read user/Patient.rs"));
        foreach (var (tool, more) in new[] { ("drcloud_fhir_search", ""), ("drcloud_fhir_read", $",\"id\":\"{Nobody}\"") })
            (await _world.CallAsync(tool, $$"""{"type":"Appointment"{{more}}}""", without)).ErrorCode.ShouldBe("insufficient_scope");
        _world.Sandbox.Journal.Entries.ShouldNotContain(entry => entry.PathAndQuery.Contains("/Appointment", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_parameter_is_named_and_not_repeated()
    {
        var search = await SearchAsync(""","parameters":[{"name":"canary-parameter","value":"x"}]""");
        (search.ErrorCode, search.Text.Contains("canary", StringComparison.OrdinalIgnoreCase)).ShouldBe(("invalid_argument", false));
        (await SearchAsync(",\"query\":\"date=canary\"")).ErrorCode.ShouldBe("invalid_argument");
        (await ReadAsync("canary")).ErrorCode.ShouldBe("upstream_rejected");
        (await ReadAsync(Nobody, ",\"history\":true")).Text.ShouldContain("keeps no former versions");
    }

    [Fact]
    public async Task A_server_that_fails_is_said_to_fail()
    {
        // Asked to wait that long, the client does not try again by itself.
        var busy = Fault.Status(503, TimeSpan.FromMinutes(2));
        _world.Sandbox.Faults.Next("drcloud", "GET /apis/{site}/fhir/Appointment", busy);
        _world.Sandbox.Faults.Next("drcloud", "GET /apis/{site}/fhir/Appointment/{id}", busy);
        foreach (var reply in new[] { await SearchAsync(""), await ReadAsync(Nobody) })
            (reply.ErrorCode, reply.Text.Contains("CANARY", StringComparison.Ordinal)).ShouldBe(("upstream_error", false));
    }

    private Task<ToolReply> SearchAsync(string more) => _client.ReplyAsync("drcloud_fhir_search", $$"""{"type":"Appointment"{{more}}}""");

    private Task<ToolReply> ReadAsync(string id, string more = "") =>
        _client.ReplyAsync("drcloud_fhir_read", $$"""{"type":"Appointment","id":"{{id}}"{{more}}}""");
}
