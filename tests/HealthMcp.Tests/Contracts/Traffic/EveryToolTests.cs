using System.Text.Json;
using System.Text.RegularExpressions;
using HealthMcp.Catalog;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Contracts.Traffic;

/// <summary>What every tool must do when it may not, cannot, or is asked for what is not there. The scripts have a call of every tool.</summary>
public sealed partial class EveryToolTests
{
    private const string Nobody = "00000000-0000-4000-8000-000000000000";

    private static readonly string[] Refusals =
        [FailureCodes.NotFound, FailureCodes.InvalidArgument, FailureCodes.UnknownHandle, FailureCodes.Conflict, FailureCodes.UpstreamRejected];

    private static readonly string[] Failures =
        [FailureCodes.UpstreamError, FailureCodes.UpstreamNotJson, FailureCodes.UpstreamUnreachable, FailureCodes.InDoubt];

    /// <summary>Tools that answer without the system: what a server does not say of itself is said to be unknown.</summary>
    private static readonly string[] AnswerAllTheSame = ["drcloud_capabilities"];

    /// <summary>Ids of parts of a list that a call replaces as a whole: they name no record, and the system gives new ones.</summary>
    private static readonly (string Tool, string Name)[] PartsOfLists = [("update_subject", "tag")];

    /// <summary>
    /// Stores the Provenance of what another operation has written by then: where it fails, the write stands and the answer says what is missing.
    /// </summary>
    private const string Beside = "POST /fhir-provider/{fhir_provider_id}/fhir/{fhir_path}";

    public static TheoryData<string> Systems => ["xcures", "patients", "phenoml", "drcloud"];

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task The_script_has_a_good_call_of_every_tool(string system)
    {
        await using var run = await ScriptRun.StartAsync(system);

        CallScripts.Of(system).Where(step => step.Fails is null).Select(step => step.Tool).Distinct().ShouldBe(
            run.Tools.Select(tool => tool.Name), ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task Without_one_of_its_scopes_it_is_denied_and_the_attempt_is_on_record(string system)
    {
        await using var run = await ScriptRun.StartAsync(system);
        var expected = new List<string>();
        foreach (var scope in run.Tools.SelectMany(tool => tool.Definition.Scopes).Distinct(StringComparer.Ordinal))
        {
            using var app = run.World.Build(
                ("HEALTHMCP_TOOLSETS", system), ("HEALTHMCP_SCOPES", string.Join(' ', run.World.App.Scopes.Known.Where(known => known != scope))));
            var client = await run.World.ConnectAsync(app);
            foreach (var tool in run.Tools.Where(tool => tool.Definition.Scopes.Contains(scope)))
            {
                var reply = await client.ReplyAsync(tool.Name, "{}");
                reply.ErrorCode.ShouldBe(FailureCodes.InsufficientScope, $"{tool.Name} without {scope}");
                reply.Text.ShouldContain(scope);
                expected.Add(tool.Name);
            }
        }

        (await DeniedAsync(run.World)).ShouldBe(expected);
        run.World.Sandbox.Journal.Entries.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_system_that_fails_is_told_in_one_sentence_without_its_words(string system)
    {
        await using var run = await ScriptRun.StartAsync(system);
        var wrong = new List<string>();
        await run.PlayAsync(async step =>
        {
            run.World.Sandbox.Faults.Next(system, "*", Fault.HtmlErrorPage(), 50);
            var reply = await run.CallAsync(step.Tool, step.Fill(run.Kept));
            run.World.Sandbox.Faults.Clear();
            if (AnswerAllTheSame.Contains(step.Tool)) reply.Notices.ShouldContain(notice => notice.StartsWith("It does not say", StringComparison.Ordinal));
            else if (Unclear(reply) is { } found) wrong.Add($"{step.Tool}: {found}");
        });

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_write_that_fails_is_in_doubt_or_not_sent_and_never_made_twice(string system)
    {
        var writes = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        await using (var first = await ScriptRun.StartAsync(system)) await first.PlayAsync(after: (step, operations) => writes[step.Tool] = operations);

        await using var run = await ScriptRun.StartAsync(system);
        run.Tools.Where(tool => tool.Definition.Endpoints.Any(endpoint => endpoint.ChangesState)).Select(tool => tool.Name).ShouldBeSubsetOf(
            writes.Where(tool => tool.Value.Count > 0).Select(tool => tool.Key));
        var wrong = new List<string>();
        await run.PlayAsync(async step =>
        {
            foreach (var operation in writes[step.Tool])
                wrong.AddRange((await FailAsync(run, system, step, operation)).Select(found => $"{step.Tool}: {found}"));
        });

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_record_that_is_not_there_is_refused_and_its_id_is_not_repeated(string system)
    {
        await using var run = await ScriptRun.StartAsync(system);
        var wrong = new List<string>();
        await run.PlayAsync(async step =>
        {
            foreach (var name in Placeholder().Matches(step.Arguments).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal))
            {
                if (PartsOfLists.Contains((step.Tool, name))) continue;
                var reply = await run.CallAsync(step.Tool, step.Fill(new Dictionary<string, string>(run.Kept, StringComparer.Ordinal) { [name] = Nobody }));
                if (!IsRefused(reply) || reply.Text.Contains(Nobody, StringComparison.Ordinal)) wrong.Add($"{step.Tool} {name}: {reply.Text}");
            }
        });

        wrong.ShouldBeEmpty();
    }

    // A search below a record that is not there may be answered by a system as one that found nothing: then it says where it searched.
    private static bool IsRefused(ToolReply reply) =>
        reply.IsError
            ? Refusals.Contains(reply.ErrorCode)
            : reply.Notices.Any(notice => notice.StartsWith("Nothing was found. Searched", StringComparison.Ordinal));

    private static async Task<IReadOnlyList<string>> FailAsync(ScriptRun run, string system, CallStep step, string operation)
    {
        var before = run.World.Sandbox.Journal.Of(system, operation).Count;
        run.World.Sandbox.Faults.Next(system, operation, Fault.HtmlErrorPage(), 50);
        var reply = await run.CallAsync(step.Tool, step.Fill(run.Kept));
        run.World.Sandbox.Faults.Clear();
        var sent = run.World.Sandbox.Journal.Of(system, operation).Skip(before).ToList();
        if (operation == Beside && step.Tool != "provider_fhir_write")
        {
            return !reply.IsError && reply.Notices.Any(notice => notice.Contains("Provenance", StringComparison.Ordinal)) && sent.Count == 1
                ? []
                : [$"{operation} beside a write: {reply.Text}"];
        }

        return
        [
            .. Unclear(reply) is { } unclear ? new[] { $"{operation}: {unclear}" } : [],
            .. reply.ErrorCode == FailureCodes.InDoubt || reply.Text.Contains("not ", StringComparison.Ordinal)
                ? Array.Empty<string>()
                : [$"{operation}: {reply.Text}"],
            .. sent.Count == 0 ? [$"{operation} was not sent"] : Array.Empty<string>(),
            .. sent.Select(Identity).Distinct(StringComparer.Ordinal).Skip(1).Select(_ => $"{operation} was sent as two writes"),
            .. sent.Count > 1 && !IsRecognised(system, operation, sent[0]) ? [$"{operation} was sent {sent.Count} times"] : Array.Empty<string>(),
        ];
    }

    // What a system recognises a repeat by.
    private static string Identity(JournalEntry entry) => $"{entry.PathAndQuery} {entry.Headers.GetValueOrDefault("Idempotency-Key")} {entry.Body}";

    // By a key or by doing the same again, as the contract says, or by an id that the caller chose.
    private static bool IsRecognised(string system, string operation, JournalEntry sent) =>
        Composition.Catalog.Endpoints.Single(endpoint => endpoint.Key == CallScripts.KeyOf(system, operation)).RepeatIsSafe
        || JsonElement.Parse(sent.Body).TryGetProperty("id", out _);

    private static string? Unclear(ToolReply reply)
    {
        if (!Failures.Contains(reply.ErrorCode)) return $"{reply.ErrorCode} {reply.Text}";
        if (reply.Content.GetRawText().Contains("CANARY", StringComparison.Ordinal) || reply.Text.Contains('<')) return "the upstream's words";
        return reply.Text.EndsWith('.') && reply.Text.Length < 400 && !reply.Text.Contains('\n') ? null : $"no sentence: {reply.Text}";
    }

    private static async Task<IReadOnlyList<string>> DeniedAsync(World world) =>
        [.. (await File.ReadAllLinesAsync(Path.Combine(world.DataDirectory, "audit.jsonl"))).Skip(1)
            .Select(line => JsonElement.Parse(line))
            .Where(line => line.GetProperty("outcome").GetString() == FailureCodes.InsufficientScope)
            .Select(line => line.GetProperty("tool").GetString()!)];

    [GeneratedRegex("<([a-z_A-Z0-9]+)>")]
    private static partial Regex Placeholder();
}
