using System.Text;
using HealthMcp.Catalog;
using HealthMcp.Tests.Support;
using HealthMcp.Upstreams.DrCloud.Search;

namespace HealthMcp.Tests.Upstreams.DrCloud;

/// <summary>Questions that an attacker asks to learn what the default level withholds.</summary>
public sealed class LookupLeakTests
{
    private const string Jones = """{"resourceType":"Patient","id":"p1","name":[{"family":"Jones","given":["Marissa"]}],"birthDate":"1971-06-29"}""";

    private readonly FhirStub _stub = new();

    [Fact]
    public async Task The_days_of_a_year_cannot_be_tried_as_birth_dates()
    {
        _stub.Answers(Jones);
        var tool = _stub.Tool();
        var spellings = new[] { "Jones", "JONES", "Jónes", " jones ", "Jońes", "Jonęs", "jóńęś" };
        var answered = 0;

        for (var day = 1; day <= 28; day++) answered += await AskAsync(tool, spellings[day % spellings.Length], $"1971-03-{day:00}") ? 1 : 0;

        answered.ShouldBe(5);
        (await AskAsync(tool, "Smythe", "1971-06-29")).ShouldBeTrue("another name has its own count");
    }

    [Fact]
    public async Task The_right_date_and_a_repeated_wrong_one_cost_nothing()
    {
        _stub.Answers(Jones);
        var tool = _stub.Tool();

        for (var i = 0; i < 20; i++) (await AskAsync(tool, "Jones", i % 2 == 0 ? "1971-06-29" : "1971-01-01")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("Jo")]
    [InlineData("Jx")]
    public async Task An_empty_look_up_says_the_same_whether_or_not_a_name_begins_like_this(string family)
    {
        if (family == "Jo") _stub.Answers(Jones);

        var result = await _stub.RunAsync(new FhirSearchInput { Type = "Patient", Query = $"family={family}&given=M" }, "deidentified");

        result.Sections[0].Total.ShouldBe(0);
        result.Notices.ShouldBe(
        [
            "Asked of the EHR: family, given. Checked and finished here: family, given, order, paging.",
            "This EHR also answers an empty list to what it does not understand or may not show, so an empty answer alone proves nothing.",
        ]);
    }

    [Fact]
    public async Task Progress_does_not_count_what_was_fetched()
    {
        var asked = 0;
        _stub.Answer = (_, _) => Task.FromResult(StubAnswer.Json(FhirStub.Bundle(
            "searchset",
            ++asked < 3 ? $"https://ehr.test/apis/default/fhir/Patient?page={asked}" : null,
            Jones,
            Jones.Replace("p1", "p2", StringComparison.Ordinal))));
        var tool = _stub.Tool();
        var told = new List<int>();
        var call = FhirStub.Call(tool, "deidentified");
        var watched = new CallContext { Tool = call.Tool, Trace = call.Trace, Progress = (done, _, _) => told.Add(done) };

        await tool.Method(new FhirSearchInput { Type = "Patient", Query = "family=Jo&given=M" }, watched, CancellationToken.None);

        told.ShouldBe([1, 2]);
    }

    [Theory]
    [InlineData("Patient", "_id")]
    [InlineData("Patient", "-_id")]
    [InlineData("Observation", "patient")]
    [InlineData("Observation", "-date,encounter")]
    [InlineData("Patient", "birthdate")]
    [InlineData("Patient", "family")]
    public async Task Nothing_is_sorted_by_what_is_withheld(string type, string sort) =>
        (await Should.ThrowAsync<CallFailureException>(() => _stub.RunAsync(new FhirSearchInput { Type = type, Sort = sort }, "deidentified")))
            .Code.ShouldBe(FailureCodes.QuestionWithheld);

    [Fact]
    public async Task Ties_are_not_in_the_order_of_the_ids()
    {
        _stub.Answers([.. Enumerable.Range(1, 9).Select(i => $$"""{"resourceType":"Condition","id":"c{{i}}"}""")]);

        var result = await _stub.RunAsync(new FhirSearchInput { Type = "Condition" });
        var ids = result.Sections[0].Rows.Select(row => Encoding.UTF8.GetString(row.Span)).ToList();

        ids.Distinct(StringComparer.Ordinal).Count().ShouldBe(9);
        ids.ShouldNotBe([.. ids.Order(StringComparer.Ordinal)]);
    }

    [Theory]
    [InlineData("date=2023", 1)]
    [InlineData("date=2024", 0)]
    [InlineData("date=ge2024", 0)]
    [InlineData("date=le2023", 1)]
    public async Task A_zone_does_not_tell_new_years_eve(string query, int found)
    {
        _stub.Answers("""{"resourceType":"Observation","id":"o1","effectiveDateTime":"2023-12-31T22:00:00-05:00"}""");

        (await _stub.RunAsync(new FhirSearchInput { Type = "Observation", Query = query }, "deidentified")).Sections[0].Total.ShouldBe(found);
    }

    [Theory]
    [InlineData("Patient", "phone:missing=true")]
    [InlineData("Patient", "birthdate:missing=false&family=Jones")]
    [InlineData("Patient", "family=Jones&given=Marissa&phone=555")]
    [InlineData("Patient", "family=Jones&given=Marissa&_id=p1")]
    [InlineData("Patient", "family=Jones&birthdate=1971")]
    [InlineData("Patient", "family=Jones&birthdate=ge1971-06-01")]
    [InlineData("Patient", "family=Jones&birthdate=1971-06-29,1971-06-30")]
    [InlineData("Patient", "family=Jones&birthdate=1971-06-29&birthdate=1971-06-29")]
    [InlineData("Patient", "family=J,K&given=M")]
    [InlineData("Patient", "family:contains=one&given=M")]
    [InlineData("Patient", "identifier=http://x|")]
    [InlineData("Patient", "address-postalcode=44")]
    [InlineData("Patient", "death-date=ge2020")]
    [InlineData("Person", "family=Jones&given=Marissa")]
    [InlineData("Coverage", "identifier=123")]
    [InlineData("Observation", "patient:identifier=4711")]
    [InlineData("Observation", "date=ne2024-01-01")]
    [InlineData("Observation", "value-string=Jones")]
    [InlineData("DocumentReference", "description=Jones")]
    public async Task What_narrows_by_a_withheld_field_is_refused_before_anything_is_sent(string type, string query)
    {
        (await Should.ThrowAsync<CallFailureException>(() => _stub.RunAsync(new FhirSearchInput { Type = type, Query = query }, "deidentified")))
            .Code.ShouldBe(FailureCodes.QuestionWithheld);
        _stub.Searches.ShouldBeEmpty();
    }

    private static async Task<bool> AskAsync(Tool tool, string family, string born)
    {
        try
        {
            var input = new FhirSearchInput { Type = "Patient", Query = $"family={family}&birthdate={born}" };
            await tool.Method(input, FhirStub.Call(tool, "deidentified"), CancellationToken.None);
            return true;
        }
        catch (CallFailureException failure) when (failure.Code == FailureCodes.QuestionWithheld)
        {
            return false;
        }
    }
}
