using System.Text.Json.Nodes;
using HealthMcp.Privacy;
using HealthMcp.Tests.Contracts;
using HealthMcp.Tests.Privacy;
using HealthMcp.Tests.Proofs.R4;
using Xunit.Abstractions;

namespace HealthMcp.Tests.Proofs.Canaries;

/// <summary>Markers in every leaf of every answer that the contracts and R4 know, through the redactor.</summary>
public sealed class RedactorCanaryTests(ITestOutputHelper output)
{
    /// <summary>What a limited data set may hold, 164.514(e)(2).</summary>
    private static readonly string[] OfLimited = ["date", "zip", "city", "facility"];

    private readonly record struct Sample(string Shape, string Json, Planter Planter, string Name);

    [Fact]
    public void At_deidentified_none_comes_out() => Leaks(PrivacyLevel.Deidentified).Select(leak => $"{leak.Kind} {leak.Where}").ShouldBeEmpty();

    [Fact]
    public void At_limited_only_what_a_limited_data_set_holds_comes_out()
    {
        var leaks = Leaks(PrivacyLevel.Limited);
        leaks.Where(leak => !OfLimited.Contains(leak.Kind)).Select(leak => $"{leak.Kind} {leak.Where}").ShouldBeEmpty();
        leaks.Select(leak => leak.Kind).Distinct().ShouldBe(OfLimited, ignoreOrder: true);
    }

    [Fact]
    public void Without_a_redactor_nearly_all_would_come_out_so_that_none_is_no_empty_proof()
    {
        var all = Samples().ToList();
        var planted = all.Sum(sample => sample.Planter.Planted.Count);
        var shown = all.Sum(sample => new Trap(sample.Json).Caught(sample.Planter.Planted).Count());
        output.WriteLine($"{planted} planted, {shown} out without a redactor, {all.Sum(sample => sample.Planter.Clinical)} clinical leaves not planted");
        planted.ShouldBeGreaterThan(5000);
        ((double)shown / planted).ShouldBeGreaterThanOrEqualTo(0.99);
    }

    private static List<Canary> Leaks(PrivacyLevel level) =>
        [.. Samples().SelectMany(sample => new Trap(Redaction.Of(sample.Json, sample.Shape, level).Json).Caught(sample.Planter.Planted))];

    private static IEnumerable<Sample> Samples()
    {
        foreach (var (at, type) in R4Definitions.Table.Resources.Index())
        {
            var planter = new Planter(at);
            yield return new Sample("fhir.resource", FhirCanaries.Resource(type, planter).ToJsonString(), planter, type);
        }

        foreach (var (at, operation) in Contract.All.Index())
        {
            var planter = new Planter(1000 + at);
            if (AnswerCanaries.Answer(operation, planter) is not { } answer) continue;
            yield return new Sample(Coverage.Shape(operation).Shape, answer.ToJsonString(), planter, operation.ToString());
        }
    }
}
