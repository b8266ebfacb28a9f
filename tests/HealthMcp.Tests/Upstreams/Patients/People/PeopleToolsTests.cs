using HealthMcp.Catalog;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Upstreams.Patients.People;

/// <summary>What every tool of this side has in common: it works, and it refuses well.</summary>
public sealed class PeopleToolsTests : IAsyncLifetime
{
    private const string Nobody = "00000000-0000-4000-8000-000000000000";
    private PracticeWorld _practice = null!;
    private Dictionary<string, string> _ids = [];

    public static TheoryData<string> Tools => new(PeopleToolTable.All.Select(row => row.Tool));

    public static TheoryData<string> AboutPatients => Named(row => row.Arguments.Contains("<marissa>", StringComparison.Ordinal));

    public static TheoryData<string> Writing => Named(row => row.Scope.EndsWith(".write", StringComparison.Ordinal));

    public async Task InitializeAsync()
    {
        _practice = await PracticeWorld.StartAsync();
        foreach (var kind in new[] { "alert", "field", "tag" })
            _ids[kind] = (await _practice.CallAsync("list_definitions", $$"""{"kind":"{{kind}}"}""")).First.GetProperty("id").GetString()!;
    }

    public async Task DisposeAsync() => await _practice.DisposeAsync();

    [Theory]
    [MemberData(nameof(Tools))]
    public async Task A_good_call_is_answered_without_identifying_values(string tool)
    {
        var reply = await _practice.CallAsync(tool, Arguments(tool));

        reply.IsError.ShouldBeFalse(reply.Text);
        foreach (var value in new[] { "Jones", "Williams", "1971-06-29", "503-555", "MRN-", "Alder Street", "Byron" }) reply.Text.ShouldNotContain(value);
    }

    [Theory]
    [MemberData(nameof(Writing))]
    public async Task A_write_is_previewed_and_then_done_once(string tool)
    {
        var (preview, written) = await _practice.WriteAsync(tool, Arguments(tool));

        preview.Content.GetProperty("write").GetProperty("status").GetString().ShouldBe("preview");
        written.IsError.ShouldBeFalse(written.Text);
        written.Content.GetProperty("write").GetProperty("status").GetString().ShouldBe("done");
        if (tool != "import_patients") written.Content.GetProperty("write").GetProperty("verified").GetBoolean().ShouldBeTrue(written.Text);
    }

    [Theory]
    [MemberData(nameof(Tools))]
    public async Task Without_its_scope_it_is_denied_before_anything_is_sent(string tool)
    {
        var app = _practice.World.Build(("HEALTHMCP_TOOLSETS", "patients"), ("HEALTHMCP_SCOPES", "xcures/subjects.read"));
        var sent = _practice.World.Sandbox.Journal.Entries.Count;

        var reply = await _practice.World.CallAsync(tool, Arguments(tool), app);

        reply.ErrorCode.ShouldBe(FailureCodes.InsufficientScope);
        reply.Text.ShouldContain(Row(tool).Scope);
        _practice.World.Sandbox.Journal.Entries.Count.ShouldBe(sent);
    }

    [Theory]
    [MemberData(nameof(AboutPatients))]
    public async Task A_patient_who_is_not_there_is_not_found(string tool)
    {
        var reply = await _practice.CallAsync(tool, Arguments(tool).Replace(_practice.Marissa, Nobody, StringComparison.Ordinal));

        reply.ErrorCode.ShouldBe(FailureCodes.NotFound);
        reply.Text.ShouldNotContain(Nobody);
    }

    [Theory]
    [MemberData(nameof(AboutPatients))]
    public async Task A_handle_of_another_kind_or_a_path_is_refused(string tool)
    {
        foreach (var hostile in new[] { "prov_0000000000000000", "../../admin", "pt_' OR 1=1", ".." })
        {
            var reply = await _practice.CallAsync(tool, Arguments(tool).Replace(_practice.Marissa, hostile, StringComparison.Ordinal));
            reply.ErrorCode.ShouldBe(FailureCodes.UnknownHandle);
        }
    }

    [Theory]
    [MemberData(nameof(Tools))]
    public async Task A_failing_system_is_told_in_one_sentence_without_its_words(string tool)
    {
        foreach (var status in new[] { 500, 403, 422 })
        {
            _practice.World.Sandbox.Faults.Next("patients", Row(tool).First, Fault.Status(status), 4);

            var reply = await _practice.CallAsync(tool, Arguments(tool));
            _practice.World.Sandbox.Faults.Clear();

            reply.IsError.ShouldBeTrue(reply.Text);
            reply.Text.ShouldNotContain("CANARY");
            reply.Text.ShouldNotContain("Jones");
        }
    }

    private static TheoryData<string> Named(Func<PeopleToolTable.Row, bool> of) => new(PeopleToolTable.All.Where(of).Select(row => row.Tool));

    private string Arguments(string tool)
    {
        var text = _practice.Filled(Row(tool).Arguments);
        return _ids.Aggregate(text, (filled, id) => filled.Replace($"<{id.Key}>", id.Value, StringComparison.Ordinal));
    }

    private static PeopleToolTable.Row Row(string tool) => PeopleToolTable.All.Single(row => row.Tool == tool);
}
