using System.Text;
using HealthMcp.Catalog;
using HealthMcp.Tests.Support;
using HealthMcp.Upstreams.PhenoML;

namespace HealthMcp.Tests.Upstreams.PhenoML;

public sealed class Lang2FhirToolsTests
{
    private readonly PhenoStub _stub = new();

    [Fact]
    public async Task The_resource_comes_back_as_one_row_with_the_text_as_echo()
    {
        const string Resource = """{"resourceType":"Condition","subject":{"reference":"Patient/1"},"code":{"text":"asthma"}}""";
        Answers(Resource);
        var result = await RunAsync("severe asthma", "condition-encounter-diagnosis");
        var section = result.Sections.Single();
        section.Single.ShouldBeTrue();
        section.Shape.ShouldBe("fhir.resource");
        Encoding.UTF8.GetString(section.Rows.Single().Span).ShouldBe(Resource);
        result.Echo.ShouldBe("severe asthma");
        result.Notices.ShouldBeEmpty();
        _stub.LastBody.ShouldBe("""{"version":"R4","resource":"condition-encounter-diagnosis","text":"severe asthma"}""");
        _stub.Came[^1].Path.ShouldBe("/lang2fhir/create");
    }

    [Theory]
    [InlineData("""{"resourceType":"Patient","identifier":[{"system":"urn:phenoml:lang2fhir-generated-id","value":"5"}]}""", "patient", "made up by PhenoML")]
    [InlineData(
        """{"resourceType":"Bundle","entry":[{"resource":{"identifier":[{"system":"urn:phenoml:lang2fhir-generated-id"}]}}]}""",
        "auto",
        "made up by PhenoML")]
    [InlineData("""{"resourceType":"Observation"}""", "condition-encounter-diagnosis", "A Observation was made, although Condition was asked for.")]
    [InlineData("""{"resourceType":"CANARY"}""", "auto", "none of FHIR R4's")]
    [InlineData("""{"code":"CANARY"}""", "auto", "no resourceType")]
    [InlineData("""{"resourceType":7}""", "auto", "no resourceType")]
    [InlineData("""{"resourceType":"Condition","onsetString":"","note":[],"code":{},"subject":null}""", "auto", "does not allow 4 thing(s)")]
    [InlineData("""{"resourceType":"Condition","subject":null}""", "auto", "Condition.subject: is empty.")]
    [InlineData("""{"resourceType":"Condition","code":{"text":"CANARY"}}""", "auto", "Condition.subject: is missing, and R4 requires it.")]
    [InlineData("""{"resourceType":"Patient","name":[{"CANARY":1}]}""", "auto", "Patient.name[0]: has an element that R4 does not know.")]
    [InlineData("""{"resourceType":"Patient","gender":"CANARY"}""", "auto", "is none of the codes that R4 requires there (female, male, other, unknown).")]
    public async Task What_is_plainly_wrong_is_said_without_a_value(string resource, string kind, string notice)
    {
        Answers(resource);
        var result = await RunAsync("text", kind);
        result.Notices.ShouldContain(n => n.Contains(notice, StringComparison.Ordinal));
        string.Join(' ', result.Notices).ShouldNotContain("CANARY");
    }

    [Fact]
    public async Task Of_many_things_that_are_wrong_the_first_are_named()
    {
        Answers($$"""{"resourceType":"Patient","name":[{{string.Join(',', Enumerable.Repeat("1", 50))}}]}""");
        var notices = (await RunAsync("text", "auto")).Notices;
        notices.Count.ShouldBe(21);
        notices[0].ShouldBe("FHIR R4 does not allow 50 thing(s) in this resource, of which the first 20 are named: correct them before it is stored.");
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("my-hospitals-own-profile")]
    public async Task Any_profile_may_be_asked_for(string kind)
    {
        Answers("""{"resourceType":"Observation","code":{"text":"a"},"component":[{"code":{"text":"b"},"valueString":"c"}],"_status":{"id":"x"}}""");
        (await RunAsync("text", kind)).Notices.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(" ", "auto", "text")]
    [InlineData("text", " ", "resource")]
    public async Task Empty_arguments_are_refused(string text, string kind, string argument)
    {
        (await Should.ThrowAsync<CallFailureException>(() => RunAsync(text, kind))).Argument.ShouldBe(argument);
        _stub.Came.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("400", FailureCodes.UpstreamRejected, null)]
    [InlineData("404", FailureCodes.NotFound, "resource")]
    [InlineData("422", FailureCodes.UpstreamRejected, "text")]
    [InlineData("402", FailureCodes.UpstreamForbidden, null)]
    [InlineData("500", FailureCodes.UpstreamError, null)]
    [InlineData("html", FailureCodes.UpstreamNotJson, null)]
    [InlineData("array", FailureCodes.UpstreamNotJson, null)]
    [InlineData("truncated", FailureCodes.UpstreamNotJson, null)]
    [InlineData("reset", FailureCodes.UpstreamUnreachable, null)]
    public async Task Every_failure_becomes_a_sentence_without_the_answers_text(string how, string code, string? argument)
    {
        _stub.Answer = StubAnswer.Bad(how);
        var failure = await Should.ThrowAsync<CallFailureException>(() => RunAsync("Jane Doe", "auto"));
        failure.Code.ShouldBe(code);
        failure.Argument.ShouldBe(argument);
        failure.Message.ShouldNotContain("CANARY");
    }

    private void Answers(string json) => _stub.Answer = (_, _) => Task.FromResult(StubAnswer.Json(json));

    private Task<UpstreamResult> RunAsync(string text, string kind) => _stub.RunAsync("lang2fhir_create", new CreateFhirInput { Text = text, Resource = kind });
}
