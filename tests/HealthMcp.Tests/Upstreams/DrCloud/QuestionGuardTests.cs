using HealthMcp.Catalog;
using HealthMcp.Tests.Support;
using HealthMcp.Upstreams.DrCloud;
using HealthMcp.Upstreams.DrCloud.Search;

namespace HealthMcp.Tests.Upstreams.DrCloud;

public sealed class QuestionGuardTests
{
    private readonly FhirStub _stub = new();

    [Theory]
    [InlineData("Patient", "family=Doe")]
    [InlineData("Patient", "name=Jane Doe")]
    [InlineData("Patient", "family:contains=o&given=Jane")]
    [InlineData("Patient", "family=Doe,Roe&given=Jane")]
    [InlineData("Patient", "family=Doe&given=Jane&birthdate=1950-01-01")]
    [InlineData("Patient", "family=Doe&birthdate=1950")]
    [InlineData("Patient", "family=Doe&birthdate=ge1950-01-01")]
    [InlineData("Patient", "family=Doe&family=Roe&given=Jane")]
    [InlineData("Patient", "birthdate=1950-01-01")]
    [InlineData("Patient", "identifier=A-17&family=Doe")]
    [InlineData("Patient", "identifier=urn:mrn|")]
    [InlineData("Patient", "identifier:of-type=s|MR|A-17")]
    [InlineData("Patient", "identifier:missing=true")]
    [InlineData("Patient", "family=Doe&given=Jane&_id=p1")]
    [InlineData("Patient", "phone=555")]
    [InlineData("Patient", "address=Main")]
    [InlineData("Patient", "address-city=Springfield")]
    [InlineData("Patient", "address-postalcode=011")]
    [InlineData("Patient", "death-date=2024")]
    [InlineData("Patient", "_sort=birthdate")]
    [InlineData("Patient", "_sort=-family")]
    [InlineData("Practitioner", "family=Who&given=Doctor")]
    [InlineData("Person", "name=Jane")]
    [InlineData("Location", "name=Ward")]
    [InlineData("Encounter", "identifier=V1")]
    [InlineData("Observation", "subject:identifier=A-17")]
    [InlineData("Observation", "value-string=Jane")]
    [InlineData("Observation", "date=ne2024-03-05")]
    [InlineData("Observation", "date=ap2024-03-05")]
    [InlineData("Condition", "onset-age=gt90")]
    [InlineData("Condition", "patient.family=Doe")]
    [InlineData("Condition", "patient.family=Doe&patient.given=Jane")]
    [InlineData("Observation", "patient.birthdate=1950-01-01")]
    [InlineData("Observation", "subject:Patient.identifier=urn:mrn|A-17")]
    [InlineData("Observation", "patient=p1&patient.address-city=Springfield")]
    public async Task Below_its_level_a_field_cannot_be_probed(string type, string query)
    {
        var failure = await Should.ThrowAsync<CallFailureException>(() => _stub.RunAsync(new FhirSearchInput { Type = type, Query = query }, "deidentified"));
        failure.Code.ShouldBe(FailureCodes.QuestionWithheld);
        failure.Message.ShouldNotContain("Jane");
        _stub.Came.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("family=Doe&given=Jane")]
    [InlineData("family:exact=Doe&birthdate=1950-01-01")]
    [InlineData("identifier=urn:mrn|A-17")]
    [InlineData("family=Doe&given=Jane&gender=female")]
    [InlineData("address-state=MA")]
    [InlineData("_id=p1")]
    public void A_complete_set_may_be_looked_up(string query) => Hold("Patient", query, "deidentified");

    [Fact]
    public async Task A_look_up_matches_whole_names_only()
    {
        _stub.Answers(
            """{"resourceType":"Patient","id":"1","name":[{"family":"Doering","given":["Jane"]}]}""",
            """{"resourceType":"Patient","id":"2","name":[{"family":"DOE","given":["Jane"]}]}""");
        var result = await _stub.RunAsync(new FhirSearchInput { Type = "Patient", Query = "family=Doe&given=Jane" }, "deidentified");
        result.Sections[0].Total.ShouldBe(1);
    }

    [Fact]
    public async Task Only_a_few_wrong_birth_dates_are_answered_for_a_name_however_it_is_spelt()
    {
        var tool = _stub.Tool();
        Task<ToolOutcome> Ask(string name, int day, string level = "deidentified") => tool.Method(
            new FhirSearchInput { Type = "Patient", Query = $"family={name}&birthdate=1950-01-{day:00}" }, FhirStub.Call(tool, level), CancellationToken.None);

        string[] spelt = ["Muller", "MULLER", "Müller", " muller ", "Mu\\ller"];
        for (var day = 1; day <= 5; day++) await Ask(spelt[day - 1], day);

        (await Should.ThrowAsync<CallFailureException>(() => Ask("Muller", 6))).Code.ShouldBe(FailureCodes.QuestionWithheld);
        await Ask("Muller", 5);
        await Ask("Miller", 6);
        await Ask("Muller", 6, "limited");
    }

    [Fact]
    public async Task A_handle_cannot_be_combined_with_a_withheld_filter()
    {
        var input = new FhirSearchInput { Type = "Patient", Patient = "p1", Query = "family=Doe&given=Jane" };
        (await Should.ThrowAsync<CallFailureException>(() => _stub.RunAsync(input, "limited"))).Code.ShouldBe(FailureCodes.QuestionWithheld);
        await _stub.RunAsync(input);
    }

    [Theory]
    [InlineData("date=2024-03-05", "2024")]
    [InlineData("date=gt2024-03-05", "ge2024")]
    [InlineData("date=sa2024-03", "ge2024")]
    [InlineData("date=lt2024-03-05T10:00:00Z", "le2024")]
    [InlineData("date=eb2024-03-05", "le2024")]
    [InlineData("date=gt2024", "gt2024")]
    [InlineData("_lastUpdated=ge2024-03-05", "ge2024")]
    public void Dates_widen_to_years_and_are_said_to(string query, string expected)
    {
        var (question, notices) = Hold("Observation", query, "deidentified");
        question.Conditions.Single().Values.Single().Wire.ShouldBe(expected);
        notices.Count.ShouldBe(query.EndsWith(expected, StringComparison.Ordinal) ? 0 : 1);
        Hold("Observation", query, "limited").Question.Conditions.Single().Values.Single().Wire.ShouldBe(query.Split('=')[1]);
    }

    [Fact]
    public async Task Below_identified_text_searches_see_displays_only()
    {
        _stub.Answers("""{"resourceType":"Condition","id":"1","code":{"text":"asthma of Jane","coding":[{"display":"Asthma"}]}}""");
        (await _stub.RunAsync(new FhirSearchInput { Type = "Condition", Query = "code:text=jane" }, "limited")).Sections[0].Total.ShouldBe(0);
        (await _stub.RunAsync(new FhirSearchInput { Type = "Condition", Query = "code:text=asthma" }, "limited")).Sections[0].Total.ShouldBe(1);
    }

    private (SearchQuestion Question, IReadOnlyList<string> Notices) Hold(string type, string query, string level) =>
        QuestionGuard.Hold(QuestionReader.Read(new FhirSearchInput { Type = type, Query = query }), FhirStub.Call(_stub.Tool(), level));
}
