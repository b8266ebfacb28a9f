using HealthMcp.Catalog;
using HealthMcp.Tests.Support;
using HealthMcp.Upstreams.DrCloud.Search;

namespace HealthMcp.Tests.Upstreams.DrCloud;

/// <summary>How far a server is trusted that says it keeps to R4: its statement names parameters, but neither modifiers nor how it compares.</summary>
public sealed class ConformantServerTests
{
    private readonly FhirStub _stub = new();

    [Theory]
    [InlineData("subject=p1", "Observation?subject=Group/p1,Device/p1,Patient/p1,Location/p1&_count=200")]
    [InlineData("subject=Patient/p1", "Observation?subject=Patient/p1&patient=Patient/p1&_count=200")]
    [InlineData("patient=p1&encounter=e1", "Observation?patient=Patient/p1&encounter=Encounter/e1,EpisodeOfCare/e1&_count=200")]
    [InlineData(@"patient=p1&code=a\|b", "Observation?patient=Patient/p1&_count=200")]
    public async Task Its_questions_leave_no_choice(string query, string sent)
    {
        _stub.Metadata = FhirStub.Conformant("Observation", "patient", "subject", "encounter", "code");
        await _stub.RunAsync(new FhirSearchInput { Type = "Observation", Query = query });
        Parts(_stub.Searches[0]).ShouldBe(Parts(sent), ignoreOrder: true);
    }

    [Theory]
    [InlineData("code:in=http://example.test/vs")]
    [InlineData("code:not-in=http://example.test/vs")]
    [InlineData("code:below=73211009")]
    public async Task No_statement_says_that_it_takes_a_modifier(string query)
    {
        _stub.Metadata = FhirStub.Conformant("Observation", "patient", "code");
        (await Should.ThrowAsync<CallFailureException>(() => _stub.RunAsync(new FhirSearchInput { Type = "Observation", Query = $"patient=p1&{query}" })))
            .Code.ShouldBe(FailureCodes.InvalidArgument);
        _stub.Searches.ShouldBeEmpty();
    }

    [Fact]
    public async Task More_than_it_gives_is_no_answer()
    {
        _stub.Metadata = FhirStub.Conformant("Observation", "patient");
        _stub.Answer = (_, _) => Task.FromResult(StubAnswer.Json(
            """{"resourceType":"Bundle","type":"searchset","total":2,"entry":[{"resource":{"resourceType":"Observation","id":"1"}}]}"""));
        (await Should.ThrowAsync<CallFailureException>(() => _stub.RunAsync(new FhirSearchInput { Type = "Observation", Patient = "p1" })))
            .Code.ShouldBe(FailureCodes.UpstreamRejected);
    }

    [Fact]
    public async Task A_parameter_of_another_kind_is_not_the_one_of_R4()
    {
        _stub.Metadata = FhirStub.Conformant("Goal", "patient", "lifecycle-status")
            .Replace("lifecycle-status\"", "lifecycle-status\",\"type\":\"string\"", StringComparison.Ordinal);
        await _stub.RunAsync(new FhirSearchInput { Type = "Goal", Query = "patient=p1&lifecycle-status=active" });
        _stub.Searches.ShouldBe(["Goal?patient=Patient/p1&_count=200"]);
    }

    [Theory]
    [InlineData("given=zoe", "Patient?_count=200")]
    [InlineData("given:exact=Zoe&birthdate=1950", "Patient?birthdate=ge1949-12-31&birthdate=le1951-01-02&_count=200")]
    [InlineData("address-postalcode=973", "Patient?address-postalcode=973&_count=200")]
    public async Task Where_accents_count_names_are_compared_here(string query, string sent)
    {
        _stub.Metadata = FhirStub.Conformant("Patient", "given", "birthdate", "address-postalcode")
            .Replace("HAPI FHIR Server", "medplum", StringComparison.Ordinal);
        _stub.Answers("""{"resourceType":"Patient","id":"1","birthDate":"1950-02-03","name":[{"given":["Zoë"]}]}""");
        var found = await _stub.RunAsync(new FhirSearchInput { Type = "Patient", Query = query });
        _stub.Searches.ShouldBe([sent]);
        found.Sections[0].Total.ShouldBe(query == "given=zoe" ? 1 : 0);
    }

    [Fact]
    public async Task Provenance_is_asked_for_by_its_target()
    {
        _stub.Metadata = FhirStub.Conformant("Observation", "patient").Replace(
            """[{"type":"Observation",""", """[{"type":"Provenance","searchParam":[{"name":"target"}]},{"type":"Observation",""", StringComparison.Ordinal);
        _stub.Answer = (request, _) => Task.FromResult(StubAnswer.Json(request.RequestUri!.AbsolutePath.EndsWith("Provenance", StringComparison.Ordinal)
            ? FhirStub.Bundle("searchset", null, """{"resourceType":"Provenance","id":"x","target":[{"reference":"Observation/1"}]}""")
            : FhirStub.Bundle("searchset", null, """{"resourceType":"Observation","id":"1","subject":{"reference":"Patient/p1"}}""")));
        var found = await _stub.RunAsync(new FhirSearchInput { Type = "Observation", Patient = "p1", IncludeProvenance = true });
        _stub.Searches.ShouldBe(["Observation?patient=Patient/p1&_count=200", "Provenance?target=Observation/1&_count=200"]);
        found.Sections[1].Rows.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Provenance_that_cannot_be_asked_for_is_refused()
    {
        _stub.Metadata = FhirStub.Conformant("Observation", "patient");
        var refused = await Should.ThrowAsync<CallFailureException>(
            () => _stub.RunAsync(new FhirSearchInput { Type = "Observation", Patient = "p1", IncludeProvenance = true }));
        refused.Argument.ShouldBe("include_provenance");
        _stub.Searches.ShouldBeEmpty();
    }

    private static string[] Parts(string search) => search.Split('?', '&');
}
