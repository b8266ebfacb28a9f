using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using HealthMcp.Catalog;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;
using ModelContextProtocol.Client;
using Xunit.Abstractions;

namespace HealthMcp.Tests.Upstreams.XCures.Writing;

/// <summary>
/// Writes over a network that loses answers after the write, cuts connections before it, and answers rubbish. What has an id of the client's is
/// there exactly once in the end; everything else was sent at most once, and what the caller was told of it is true.
/// </summary>
public sealed class ExactlyOnceTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Sequences = 200;
    private readonly UpstreamClock _time = new(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));
    private readonly Dictionary<string, int> _told = new(StringComparer.Ordinal);
    private World _world = null!;
    private McpClient _client = null!;
    private int _number;

    public async Task InitializeAsync()
    {
        _world = await World.StartAsync(
            new SandboxOptions { Time = _time, TokenLifetime = TimeSpan.FromDays(30) },
            ("HEALTHMCP_WRITES", "direct"), ("HEALTHMCP_TOOLSETS", "xcures"), ("HEALTHMCP_PRIVACY", "identified"), ("HEALTHMCP_PURPOSE", "treatment"));
        _client = await _world.ConnectAsync();
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public void A_lost_answer_neither_loses_nor_doubles_a_write()
    {
        Prop.ForAll(TroubledCall.Sequences(), calls => Task.Run(() => PlayAsync(calls)).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Sequences));

        output.WriteLine(string.Join(", ", _told.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}: {pair.Value}")));
        _told.Keys.Select(key => key.Split(' ')[1]).ShouldContain(FailureCodes.InDoubt);
        _told.Keys.Select(key => key.Split(' ')[1]).ShouldContain("ok");
    }

    [Fact]
    public async Task A_refusal_after_a_lost_batch_does_not_say_that_nothing_was_written()
    {
        var name = Name();
        _world.Sandbox.Faults.Next("xcures", "POST /api/v1/patient-registry/subject", Fault.AnswerLost(), 4);
        _world.Sandbox.Faults.Next("xcures", "POST /api/v2/patient-registry/subject", Fault.ExpiredToken(), 20);
        var reply = await _client.ReplyAsync("create_subjects", $$"""
            {"subjects":[{"firstName":"Ann","lastName":"{{name}}"},{"firstName":"Ben","lastName":"{{Name()}}"}]}
            """);
        Clear();

        reply.ErrorCode.ShouldBe(FailureCodes.InDoubt, reply.Text);
        (await SubjectsAsync(name)).ShouldBe(1);
    }

    private async Task<bool> PlayAsync(List<TroubledCall> calls)
    {
        foreach (var call in calls)
        {
            // Failures of earlier sequences must not keep the circuit of this one open.
            _time.Advance(TimeSpan.FromMinutes(2));
            await (call.Thing switch
            {
                WrittenThing.SubjectWithGivenId => GivenIdAsync(call),
                WrittenThing.Subject => SubjectAsync(call),
                WrittenThing.Batch => BatchAsync(call),
                WrittenThing.Change => ChangeAsync(call),
                WrittenThing.RecordRequest => RecordRequestAsync(call),
                WrittenThing.Application => ApplicationAsync(call),
                _ => InvitationAsync(call),
            });
        }

        return true;
    }

    // The one kind of call that a caller may simply repeat.
    private async Task GivenIdAsync(TroubledCall call)
    {
        var name = Name();
        var arguments = $$"""{"subjects":[{"id":"{{Guid(name)}}","firstName":"Ann","lastName":"{{name}}"}]}""";
        Plant(call);
        await TellAsync(call, "create_subjects", arguments);
        await TellAsync(call, "create_subjects", arguments);
        Clear();
        (await _client.ReplyAsync("create_subjects", arguments)).IsError.ShouldBeFalse();
        (await SubjectsAsync(name)).ShouldBe(1, call.ToString());
    }

    private async Task SubjectAsync(TroubledCall call)
    {
        var name = Name();
        var reply = await PlayAsync(call, "create_subjects", $$"""{"subjects":[{"firstName":"Ann","lastName":"{{name}}"}]}""");
        IsTrue(call, reply, await SubjectsAsync(name), "search_subjects");
    }

    private async Task BatchAsync(TroubledCall call)
    {
        var names = new[] { Name(), Name(), Name() };
        var subjects = string.Join(',', names.Select(name => $$"""{"firstName":"Ann","lastName":"{{name}}"}"""));
        var reply = await PlayAsync(call, "create_subjects", $$"""{"subjects":[{{subjects}}]}""");
        for (var i = 0; i < names.Length; i++)
        {
            var there = await SubjectsAsync(names[i]);
            there.ShouldBeLessThanOrEqualTo(1, call.ToString());
            if (!reply.IsError && !reply.Data.GetProperty("subjects")[i].TryGetProperty("failureReason", out _)) there.ShouldBe(1, call.ToString());
            if (reply.IsError && reply.ErrorCode != FailureCodes.InDoubt) there.ShouldBe(0, $"{reply.Text} {call}");
        }
    }

    private async Task ChangeAsync(TroubledCall call)
    {
        var (name, next) = (Name(), Name());
        var subject = await MadeAsync(name);
        var before = Sent("PUT ");
        var reply = await PlayAsync(call, "update_subject", $$"""{"subject":"{{subject}}","changes":{"lastName":"{{next}}"} }""");
        (Sent("PUT ") - before).ShouldBeLessThanOrEqualTo(1, call.ToString());
        (await SubjectsAsync(name) + await SubjectsAsync(next)).ShouldBe(1, call.ToString());
        IsTrue(call, reply, await SubjectsAsync(next), "get_subject");
    }

    private async Task RecordRequestAsync(TroubledCall call)
    {
        var subject = await MadeAsync(Name());
        var reply = await PlayAsync(call, "request_records", $$"""{"subject":"{{subject}}"}""");
        var made = await _client.ReplyAsync("get_record_requests", $$"""{"subject":"{{subject}}"}""");
        IsTrue(call, reply, made.Data.GetArrayLength(), "get_record_requests");
    }

    private async Task ApplicationAsync(TroubledCall call)
    {
        var id = Guid(Name());
        var before = Sent("POST /api/v1/patient-registry/application");
        var reply = await PlayAsync(call, "create_application", Application(id));
        (Sent("POST /api/v1/patient-registry/application") - before).ShouldBeLessThanOrEqualTo(1, call.ToString());
        var there = await _client.ReplyAsync("get_application", $$"""{"id":"{{id}}"}""");
        IsTrue(call, reply, there.IsError ? 0 : 1, "applicant");
    }

    private async Task InvitationAsync(TroubledCall call)
    {
        const string Operation = "POST /api/v1/patient-registry/application/{id}/resend-verification";
        var id = Guid(Name());
        (await _client.ReplyAsync("create_application", Application(id))).IsError.ShouldBeFalse();
        var before = Sent(Operation);
        var reply = await PlayAsync(call, "resend_application_invite", $$"""{"id":"{{id}}"}""");
        (Sent(Operation) - before).ShouldBeLessThanOrEqualTo(1, call.ToString());
        if (reply.ErrorCode == FailureCodes.InDoubt) reply.Text.ShouldContain("applicant");
    }

    private static void IsTrue(TroubledCall call, ToolReply reply, int there, string findOut)
    {
        there.ShouldBeLessThanOrEqualTo(1, call.ToString());
        if (!reply.IsError) there.ShouldBe(1, call.ToString());
        else if (reply.ErrorCode == FailureCodes.InDoubt) reply.Text.ShouldContain(findOut, Case.Insensitive, call.ToString());
        else there.ShouldBe(0, $"{call} {reply.Text}");
    }

    private async Task<ToolReply> PlayAsync(TroubledCall call, string tool, string arguments)
    {
        Plant(call);
        var reply = await TellAsync(call, tool, arguments);
        Clear();
        return reply;
    }

    private async Task<ToolReply> TellAsync(TroubledCall call, string tool, string arguments)
    {
        var reply = await _client.ReplyAsync(tool, arguments);
        var key = $"{call.Thing} {reply.ErrorCode ?? "ok"}";
        _told[key] = _told.GetValueOrDefault(key) + 1;
        return reply;
    }

    private void Plant(TroubledCall call)
    {
        foreach (var trouble in call.Troubles) _world.Sandbox.Faults.Next("xcures", trouble.Operation, trouble.Fault, trouble.Times);
    }

    private void Clear()
    {
        _world.Sandbox.Faults.Clear();
        _time.Advance(TimeSpan.FromMinutes(2));
    }

    private async Task<string> MadeAsync(string name)
    {
        var reply = await _client.ReplyAsync("create_subjects", $$"""{"subjects":[{"firstName":"Ann","lastName":"{{name}}"}]}""");
        return reply.Data.GetProperty("subjects")[0].GetProperty("id").GetString()!;
    }

    private async Task<int> SubjectsAsync(string name) =>
        (await _client.ReplyAsync("search_subjects", JsonSerializer.Serialize(new Dictionary<string, string> { ["lastName"] = name }))).Data.GetArrayLength();

    // A token that has run out is the one reason to send again: the refused request did nothing.
    private int Sent(string operation) => _world.Sandbox.Journal.Entries.Count(entry => entry.System == "xcures" && entry.Status != 401
        && (operation.EndsWith(' ') ? entry.Operation.StartsWith(operation, StringComparison.Ordinal) : entry.Operation == operation));

    private static string Application(string id) => $$"""
        {"id":"{{id}}","firstName":"Ann","lastName":"Example","birthDate":"1980-01-02","addressPostalCode":"45011","sexAtBirth":"female","emailAddress":"a@example.org"}
        """;

    // No name is part of another: the sandbox finds parts.
    private string Name() => $"Q{++_number:00000}Z";

    private static string Guid(string name) => $"7d0c2a50-3f7e-4b19-9d57-0000000{name[1..6]}";
}
