using Xunit.Abstractions;

namespace HealthMcp.Tests.Proofs.Canaries;

/// <summary>Markers in everything that four live systems say, through the whole program to a client, its files, log and traces.</summary>
public sealed class CanaryTests(ITestOutputHelper output)
{
    // These look first at what is there, and records of one word in each field refuse them: archived already, two ids alike. Their refusals are searched
    // here, and ScriptLeakTests has them answered.
    private static readonly string[] RefusedByMadeUpRecords =
    [
        "archive_definition", "correct_vitals", "link_patients", "record_allergy", "record_problem", "set_custom_fields", "update_allergy",
        "update_medication", "update_patient", "update_problem", "change_fhir_provider_auth",

        // A made-up word is no parameter of a search, so what it asks is not told below identified.
        "search_fhir_by_text",
    ];

    // A PDF that says so is not fetched below identified.
    private static readonly string[] FilesBelowIdentified = [.. CanaryFiles.AllKinds.Where(kind => kind != "pdf")];

    [Theory]
    [InlineData("deidentified", "", false)]
    [InlineData("deidentified", "", true)]
    [InlineData("limited", "date zip city facility", false)]
    [InlineData("limited", "date zip city facility", true)]
    public async Task No_marker_leaves_below_identified_but_what_the_level_shows(string level, string shown, bool overHttp)
    {
        await using var run = await CanaryRun.StartAsync(overHttp, ("HEALTHMCP_PRIVACY", level));
        await run.RunAsync();

        foreach (var channel in run.Channels)
        {
            var caught = Caught(run, channel).Where(canary => !Shown(channel, canary)).ToList();
            caught.Select(canary => $"{channel}: {canary.Kind} {canary.Where}").Distinct().ShouldBeEmpty();
        }

        Described(run);

        bool Shown(string channel, Canary canary) =>
            channel.StartsWith("results", StringComparison.Ordinal) && shown.Split(' ').Contains(canary.Kind, StringComparer.Ordinal);
    }

    [Fact]
    public async Task At_identified_they_are_in_the_results_and_nowhere_else_so_that_none_is_no_empty_proof()
    {
        await using var run = await CanaryRun.StartAsync(("HEALTHMCP_PRIVACY", "identified"), ("HEALTHMCP_PURPOSE", "treatment"));
        await run.RunAsync();

        foreach (var channel in run.Channels.Where(name => !name.StartsWith("results", StringComparison.Ordinal)))
            Caught(run, channel)
                .Select(canary => $"{channel}: {canary.Kind} {canary.Where}").Distinct().ShouldBeEmpty();
        var results = new Trap(run.Channels.Where(name => name.StartsWith("results", StringComparison.Ordinal)).SelectMany(run.Channel));
        var seen = results.Caught(run.Planted).Count();
        output.WriteLine($"{seen} of {run.Planted.Count} in the results at identified");
        seen.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public async Task What_a_caller_wrote_comes_back_from_transforms_only()
    {
        await using var run = await CanaryRun.StartAsync(("HEALTHMCP_PRIVACY", "deidentified"));
        await run.RunAsync();

        foreach (var channel in run.Channels.Where(name => name != "results of transforms"))
            new Trap(run.Channel(channel)).Caught(run.Callers)
                .Select(canary => $"{channel}: {canary.Where}: {run.Channel(channel).First(text => new Trap(text).Holds(canary))}")
                .ShouldBeEmpty();
    }

    private static IEnumerable<Canary> Caught(CanaryRun run, string channel)
    {
        var trap = new Trap(run.Channel(channel));
        var caught = trap.Caught(Searched(run, channel));

        // Ids of spans and our own names of files are hexadecimal digits, of which "1dec1950" is eight, and a number may be some.
        return channel is "files" or "file names" or "traces" or "log"
            ? caught.Where(canary => (canary.Kind != "date" && !canary.Marker.All(c => char.IsAsciiDigit(c) || c == '-')) || trap.HoldsApart(canary))
            : caught;
    }

    // Files hold hashes, sealed text and durations, in which five digits stand by chance.
    private static IEnumerable<Canary> Searched(CanaryRun run, string channel) =>
        channel == "files" ? run.Planted.Where(canary => canary.Kind is not ("zip" or "date") || canary.Marker.Length > 8) : run.Planted;

    private void Described(CanaryRun run)
    {
        output.WriteLine($"{run.Planted.Count} planted, {run.Calls} calls, {run.Successes} answered, {run.Asked} requests upstream");
        output.WriteLine(string.Join(", ", run.Channels));
        var mute = run.Tools.Where(tool => tool.Value.Answered == 0).ToList();
        foreach (var (name, tally) in mute) output.WriteLine($"{name}: {tally}");
        output.WriteLine($"{run.Tools.Count} tools; files: {string.Join(", ", run.Served)}");
        mute.Select(tool => tool.Key).Except(RefusedByMadeUpRecords).ShouldBeEmpty();
        FilesBelowIdentified.Except(run.Served).ShouldBeEmpty();
        run.Successes.ShouldBeGreaterThan(60);
        run.Planted.Count.ShouldBeGreaterThan(5000);
        foreach (var channel in new[]
        {
            "results of look-ups", "results of exports", "refusals", "files", "file names", "log", "prompts", "completions", "traces",
            "measurements", "progress",
        })
        {
            run.Channels.ShouldContain(channel);
        }
    }
}
