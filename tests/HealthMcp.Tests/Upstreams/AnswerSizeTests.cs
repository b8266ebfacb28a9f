using System.Globalization;
using System.Text;
using HealthMcp.Tests.Support;
using Xunit.Abstractions;

namespace HealthMcp.Tests.Upstreams;

/// <summary>
/// How long an answer is beside what the systems answered on the way to it, for typical reads, whole (no page is cut), at the default level. The goal of
/// the project is a median of six tenths over ten typical reads of xCures and Patients; with FHIR and single records seven are held (decision 0020 says
/// what the rest is).
/// </summary>
public sealed class AnswerSizeTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Half_of_ten_typical_reads_answer_with_at_most_six_tenths_of_what_the_systems_answered()
    {
        await using var world = await TypicalReads.StartAsync();
        var client = await world.ConnectAsync();
        var ratios = new List<double>();
        foreach (var read in TypicalReads.Ten.Concat(TypicalReads.Further))
        {
            var reply = await read.AskAsync(world, client);
            var (own, theirs) = (Encoding.UTF8.GetByteCount(reply.Content.GetRawText()), Upstream(world));
            ratios.Add((double)own / theirs);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ratios[^1]:0.00} {own,7} of {theirs,7} {read.Name}"));
        }

        var (typical, all) = (Median(ratios[..TypicalReads.Ten.Length]), Median(ratios));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median {typical:0.00} of the ten, {all:0.00} of all {ratios.Count}"));
        TypicalReads.Ten.Length.ShouldBe(10);
        typical.ShouldBeLessThanOrEqualTo(0.6);
        all.ShouldBeLessThanOrEqualTo(0.7);
    }

    private static double Median(IReadOnlyList<double> ratios)
    {
        var ordered = ratios.Order().ToList();
        return (ordered[(ordered.Count - 1) / 2] + ordered[ordered.Count / 2]) / 2;
    }

    private static int Upstream(World world) => world.Sandbox.Journal.Entries
        .Where(entry => !entry.Template.EndsWith("/token", StringComparison.Ordinal))
        .Sum(entry => Encoding.UTF8.GetByteCount(entry.Answer ?? ""));
}
