using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace HealthMcp.EndToEndTests.ManyMachines;

/// <summary>Two built programs on one PostgreSQL, as behind a load balancer that knows nothing of them.</summary>
[Trait("Needs", "PostgreSQL")]
public sealed class TwoInstancesTests
{
    private const string Helen = """{"firstName":"Helen","lastName":"Milliken"}""";
    private const string Marissa = """{"firstName":"Marissa","lastName":"Jones"}""";

    [DatabaseFact]
    public async Task What_one_gives_out_the_other_takes()
    {
        await using var cluster = await Cluster.StartAsync();
        var ((one, _), (two, _)) = (await cluster.JoinAsync(), await cluster.JoinAsync());

        foreach (var (who, here, there) in new[] { (Marissa, one, two), (Helen, two, one) })
        {
            var handle = (await cluster.CallAsync(here, "search_subjects", who)).Data()[0].GetProperty("id").GetString();
            var read = await cluster.CallAsync(there, "get_clinical_concepts", $$"""{"subject":"{{handle}}","kinds":["condition"]}""");
            read.IsError.ShouldBeFalse(read.Content.ToString());
            (await cluster.CallAsync(there, "search_subjects", who)).Data()[0].GetProperty("id").GetString().ShouldBe(handle);
        }

        var confirmation = await PreviewAsync(cluster, one, 1);
        var both = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => ConfirmAsync(cluster, i % 2 == 0 ? two : one, 1, confirmation)));
        // Whoever repeats a confirmation gets the answer of the first.
        both.ShouldAllBe(reply => !reply.IsError);
        both.Select(reply => reply.Data().GetProperty("id").GetString()).Distinct().Count().ShouldBe(1);
        (await cluster.CallAsync(two, "record_vitals", Vitals(2, confirmation))).IsError.ShouldBeTrue();

        (await cluster.RunAsync("keys", "revoke", cluster.KeyId)).ExitCode.ShouldBe(0);
        foreach (var instance in new[] { one, two })
        {
            (await cluster.CallAsync(instance, "search_subjects", Marissa)).Status.ShouldBe(HttpStatusCode.NotFound);
        }

        await WholeAsync(cluster, atLeast: 12);
    }

    [DatabaseFact(Balanced = true)]
    public async Task One_that_is_killed_takes_nothing_with_it()
    {
        await using var cluster = await Cluster.StartAsync();
        var ((one, _), (two, victim)) = (await cluster.JoinAsync(), await cluster.JoinAsync());
        using var balancer = await Nginx.StartAsync(one, two);
        var (written, inDoubt) = (new List<int>(), 0);
        for (var i = 1; i <= 12; i++)
        {
            if (i == 6) Kill(victim);
            try
            {
                var confirmation = await PreviewAsync(cluster, balancer.Address, i);
                if (!(await ConfirmAsync(cluster, balancer.Address, i, confirmation)).IsError) written.Add(i);
            }
            catch (Exception e) when (i == 6 && e is HttpRequestException or IOException)
            {
                // The one call that was on its way when it died.
                inDoubt++;
            }
        }

        written.Count.ShouldBe(12 - inDoubt);
        inDoubt.ShouldBeLessThanOrEqualTo(1);
        for (var i = 1; i <= 12; i++) (await CountAsync(cluster, one, i)).ShouldBe(written.Contains(i) ? 1 : 0, $"day {i}");
        await WholeAsync(cluster, atLeast: 20);
    }

    [DatabaseFact]
    public async Task One_killed_with_calls_on_it_leaves_the_chain_whole_and_the_other_at_work()
    {
        await using var cluster = await Cluster.StartAsync();
        var ((one, _), (two, victim)) = (await cluster.JoinAsync(), await cluster.JoinAsync());
        var onVictim = Enumerable.Range(0, 12).Select(_ => cluster.CallAsync(two, "search_subjects", Helen)).ToList();
        var onOther = Enumerable.Range(0, 12).Select(_ => cluster.CallAsync(one, "search_subjects", Marissa)).ToList();
        await Task.WhenAny(onVictim);
        Kill(victim);

        (await Task.WhenAll(onOther)).ShouldAllBe(reply => !reply.IsError);
        await Task.WhenAll(onVictim.Select(call => call.ContinueWith(_ => { }, TaskScheduler.Default)));
        (await cluster.CallAsync(one, "search_subjects", Helen)).IsError.ShouldBeFalse();
        await WholeAsync(cluster, atLeast: 14);
    }

    [DatabaseFact]
    public async Task One_that_is_asked_to_stop_says_so_first_and_ends_well()
    {
        if (OperatingSystem.IsWindows()) return;
        await using var cluster = await Cluster.StartAsync();
        var (address, process) = await cluster.JoinAsync("--drain", "3");
        (await cluster.ReadyAsync(address)).ShouldBe(HttpStatusCode.OK);

        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        while (await cluster.ReadyAsync(address) == HttpStatusCode.OK) await Task.Yield();
        (await cluster.CallAsync(address, "search_subjects", Helen)).IsError.ShouldBeFalse();

        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        process.ExitCode.ShouldBe(0);
        await WholeAsync(cluster, atLeast: 2);
    }

    [DatabaseFact]
    public async Task Without_its_database_it_lives_and_is_not_ready_and_answers_nothing()
    {
        await using var cluster = await Cluster.StartAsync();
        var (address, _) = await cluster.JoinAsync();
        (await cluster.ReadyAsync(address)).ShouldBe(HttpStatusCode.OK);

        // As good as gone for the program, and quick to bring back.
        await cluster.SqlAsync("alter table healthmcp_bytes rename to away");
        while (await cluster.ReadyAsync(address) == HttpStatusCode.OK) await Task.Yield();
        (await cluster.CallAsync(address, "search_subjects", Helen)).IsError.ShouldBeTrue();

        await cluster.SqlAsync("alter table away rename to healthmcp_bytes");
        while (await cluster.ReadyAsync(address) != HttpStatusCode.OK) await Task.Yield();
        (await cluster.CallAsync(address, "search_subjects", Helen)).IsError.ShouldBeFalse();
    }

    private static void Kill(Process process)
    {
        process.Kill();
        process.WaitForExit();
    }

    private static string Vitals(int day, string? confirmation = null) =>
        $$"""
        {"patient_lookup":{"first_name":"Helen","last_name":"Milliken","date_of_birth":"2000-11-16"},
        "date_taken":"2026-10-{{day:D2}}","pulse":{{Pulse(day)}}{{(confirmation is null ? "" : $",\"confirmation\":\"{confirmation}\"")}}}
        """;

    // A rate that no record of the sandbox has, and another for each day.
    private static int Pulse(int day) => 180 + day;

    private static async Task<string> PreviewAsync(Cluster cluster, Uri instance, int day)
    {
        var reply = await cluster.CallAsync(instance, "record_vitals", Vitals(day));
        reply.IsError.ShouldBeFalse(reply.Content.ToString());
        return reply.Write().GetProperty("confirmation").GetString()!;
    }

    private static Task<Reply> ConfirmAsync(Cluster cluster, Uri instance, int day, string confirmation) =>
        cluster.CallAsync(instance, "record_vitals", Vitals(day, confirmation));

    private static async Task<int> CountAsync(Cluster cluster, Uri instance, int day)
    {
        var found = await cluster.CallAsync(instance, "search_patients", """{"first_name":"Helen","last_name":"Milliken"}""");
        found.IsError.ShouldBeFalse(found.Content.ToString());
        var patient = found.Data()[0].GetProperty("id").GetString();
        var vitals = await cluster.CallAsync(instance, "get_vitals", $$"""{"patient":"{{patient}}"}""");
        vitals.IsError.ShouldBeFalse(vitals.Content.ToString());
        return vitals.Content.ToString().Split($"\"pulse\":{Pulse(day)}").Length - 1;
    }

    private static async Task WholeAsync(Cluster cluster, int atLeast)
    {
        (await cluster.RunAsync("doctor")).Output.ShouldContain("audit     whole");
        var lines = (long)(await cluster.SqlAsync(
            "select sum(length(encode(bytes, 'escape')) - length(replace(encode(bytes, 'escape'), '{\"seq\":', '\"seq\":'))) "
            + "from healthmcp_pieces where name = 'audit.jsonl'"))!;
        lines.ShouldBeGreaterThanOrEqualTo(atLeast);
    }
}
