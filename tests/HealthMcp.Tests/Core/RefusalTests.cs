using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Core;

/// <summary>Trying handles teaches nothing: every one that does not hold gets the same bytes.</summary>
public sealed class RefusalTests(WorldFixture fixture) : IClassFixture<WorldFixture>
{
    [Fact]
    public async Task Wrong_foreign_forgotten_and_never_issued_handles_are_refused_alike()
    {
        var subject = await SubjectAsync();
        var patient = (await fixture.CallAsync("drcloud_fhir_search", """{"type":"Patient","query":"gender=female","count":1}"""))
            .Resources()[0].GetProperty("id").GetString()!;
        var forgotten = (await fixture.CallAsync("search_subjects", """{"gender":"M","pageSize":1}""")).First.GetProperty("id").GetString()!;
        (await fixture.CallAsync("get_clinical_concepts", Concepts(forgotten))).IsError.ShouldBeFalse();
        fixture.World.App.OpenHandles().Forget(forgotten.ToUpperInvariant()).ShouldBe(1);
        var changed = subject[..^1] + (subject[^1] == 'a' ? 'b' : 'a');

        var refusals = new List<string>();
        foreach (var handle in new[] { forgotten, changed, patient, "subj_" + patient[3..], "subj_0000000000000000", "subj_", "_", "pt_x", "SUBJ_É" })
        {
            var reply = await fixture.CallAsync("get_clinical_concepts", Concepts(handle));
            reply.ErrorCode.ShouldBe("unknown_handle", handle);
            refusals.Add(reply.Content.GetRawText());
        }

        refusals.Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        (await fixture.CallAsync("get_clinical_concepts", Concepts(subject.ToUpperInvariant()))).IsError.ShouldBeFalse();
    }

    [Fact]
    public async Task In_a_list_of_any_kind_they_are_refused_alike_too()
    {
        var subject = await SubjectAsync();
        var refusals = new List<string>();
        foreach (var handle in new[] { subject, "pt_0000000000000000", "zz_1", "_" })
        {
            var reply = await fixture.CallAsync("drcloud_fhir_search", $$"""{"type":"Patient","ids":["{{handle}}"]}""");
            reply.ErrorCode.ShouldBe("unknown_handle", handle);
            refusals.Add(reply.Content.GetRawText());
        }

        refusals.Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
    }

    private static string Concepts(string handle) => $$"""{"subject":"{{handle}}","kinds":["condition"]}""";

    private async Task<string> SubjectAsync() =>
        (await fixture.CallAsync("search_subjects", """{"firstName":"Marissa","lastName":"Jones"}""")).First.GetProperty("id").GetString()!;
}
