using System.Text.Json;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Contracts;
using HealthMcp.Tests.Privacy;
using HealthMcp.Tests.Support;
using Xunit.Abstractions;

namespace HealthMcp.Tests.Upstreams;

/// <summary>
/// A short answer says no less: every value of the systems' answers that the level permits is in the answer to the call, under its own name and as
/// often, or once beside the rows. What is permitted is asked of the redactor alone, which other tests hold to the contracts.
/// </summary>
public sealed class AnswerContentTests(ITestOutputHelper output)
{
    /// <summary>Read on the way, so that the person's name is known when texts are read: not what was asked for.</summary>
    private static readonly string[] OnTheWay =
    [
        "GET /api/v1/patient-registry/subject/{id}", "GET /api/v1/{org_id}/patients/{patient_uuid}",
        "GET /api/v1/patient-registry/subject/{subjectId}/status/clinical-concepts", "GET /api/v1/patient-registry/subject/{id}/status/clinical-concepts",
    ];

    /// <summary>A trend has its numbers as points under the name of the vital sign, and nothing of the records that they are from.</summary>
    private static readonly string[] Measured =
        ["bp_systolic", "bp_diastolic", "pulse", "oxygen_saturation", "respiration_rate", "temperature_f", "height_inches", "weight_lbs", "bmi"];

    /// <summary>A coding's display, its concept's text and a unit's code are left out where another of them has the same letters.</summary>
    private static readonly string[] SameWord = ["display", "text", "code", "unit"];

    [Fact]
    public async Task Every_permitted_value_of_the_systems_is_in_the_answer()
    {
        await using var world = await TypicalReads.StartAsync();
        var client = await world.ConnectAsync();
        var (compared, missing) = (0, new List<string>());
        foreach (var read in TypicalReads.Ten.Concat(TypicalReads.Further))
        {
            var reply = await read.AskAsync(world, client);
            var theirs = world.Sandbox.Journal.Entries.Where(entry => Asked(read.Tool, entry))
                .SelectMany(Permitted).SelectMany(leaf => AsShown(read, leaf)).ToList();
            compared += theirs.Count;
            missing.AddRange(Missing(theirs, [.. Leaf.Of(Whole.Of(reply.Content))]).Select(leaf => $"{read.Name}: {leaf.Name} {leaf.Value}"));
        }

        output.WriteLine($"{compared} values compared, {missing.Count} missing");
        missing.ShouldBeEmpty();
        compared.ShouldBeGreaterThan(3000);
    }

    [Theory]
    [InlineData("""[{"code":"1"},{"code":"1"}]""", """[{"code":"1"}]""", 1)]
    [InlineData("""[{"dose":5,"unit":"mg"}]""", """[{"dose":5,"unit":"g"}]""", 1)]
    [InlineData("""[{"status":"active"}]""", """[{"state":"active"}]""", 1)]
    [InlineData("""[{"status":"active"}]""", """[{"status":"active","more":1}]""", 0)]
    public void What_is_not_there_is_noticed(string theirs, string own, int missing) =>
        Missing([.. Leaf.Of(JsonElement.Parse(theirs))], [.. Leaf.Of(JsonElement.Parse(own))]).Count().ShouldBe(missing);

    private static bool Asked(string tool, JournalEntry entry) =>
        entry.Status is >= 200 and < 300 && !entry.Template.EndsWith("/token", StringComparison.Ordinal)
        && !entry.Template.StartsWith("/storage/", StringComparison.Ordinal)
        && (tool == "get_subject" || !OnTheWay.Contains(entry.Operation, StringComparer.Ordinal));

    private static IEnumerable<Leaf> Permitted(JournalEntry entry)
    {
        var operation = Contract.All.Single(one => one.System == entry.System && one.Key == entry.Operation);
        return Leaf.Of(Redaction.Of(entry.Answer!, Coverage.Shape(operation).Shape).Root).Where(leaf => leaf.IsContent);
    }

    private static IEnumerable<Leaf> AsShown(TypicalRead read, Leaf leaf)
    {
        if (!read.Arguments.Contains("trend", StringComparison.Ordinal)) return [leaf];
        return Measured.Contains(leaf.Name, StringComparer.Ordinal) ? [leaf with { Name = "value" }] : leaf.Name == "date_taken" ? [leaf] : [];
    }

    // A result in words says what its value and unit say, which are compared by themselves.
    private static bool IsSaidOtherwise(Leaf leaf, IReadOnlyList<Leaf> theirs, HashSet<Leaf> own) => leaf.Name switch
    {
        "labResult" or "vitalsResult" => leaf.Value.Split(' ', 2) is [var value, var unit]
            && theirs.Contains(new Leaf(leaf.Name + "Value", value)) && theirs.Contains(new Leaf(leaf.Name + "Unit", unit)),
        "display" or "text" => SameWord.Any(name => own.Contains(new Leaf(name, leaf.Value.ToLowerInvariant()))),
        "code" => own.Contains(new Leaf("unit", leaf.Value.ToLowerInvariant())),
        _ => false,
    };

    private static IEnumerable<Leaf> Missing(IReadOnlyList<Leaf> theirs, IReadOnlyList<Leaf> own)
    {
        var words = own.Where(leaf => SameWord.Contains(leaf.Name, StringComparer.Ordinal))
            .Select(leaf => leaf with { Value = leaf.Value.ToLowerInvariant() }).ToHashSet();
        var left = own.GroupBy(leaf => leaf).ToDictionary(group => group.Key, group => group.Count());
        foreach (var leaf in theirs)
        {
            if (left.GetValueOrDefault(leaf) > 0) left[leaf]--;
            else if (!IsSaidOtherwise(leaf, theirs, words)) yield return leaf;
        }
    }
}
