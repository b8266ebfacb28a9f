using HealthMcp.Catalog;
using HealthMcp.Tests.Support;
using static HealthMcp.Tests.Support.ToolCalls;

namespace HealthMcp.Tests.Upstreams.XCures;

/// <summary>Questions must not tell what answers withhold.</summary>
public sealed class SubjectPrivacyTests
{
    private const string Handle = "\"subjectIds\":[\"11111111-1111-1111-1111-111111111111\"]";

    [Theory]
    [InlineData("""{"postalCode":"4"}""", "postalCode")]
    [InlineData("""{"postalCode":"45011","firstName":"Marissa","lastName":"Jones"}""", "postalCode")]
    [InlineData("""{"city":"S"}""", "city")]
    [InlineData("""{"identifier":"AB12CD","city":"Springfield"}""", "city")]
    [InlineData("""{"addressLine1":"1 Main"}""", "addressLine1")]
    [InlineData("""{"addressLine2":"Apt"}""", "addressLine2")]
    [InlineData("""{"email":"a"}""", "email")]
    [InlineData("""{"email":"a@b.example","firstName":"Marissa","lastName":"Jones"}""", "email")]
    [InlineData("""{"phoneNumber":"555"}""", "phoneNumber")]
    [InlineData("""{"additionalNames":["Jo"]}""", "additionalNames")]
    [InlineData("""{"lastName":"J"}""", "lastName")]
    [InlineData("""{"firstName":"Marissa"}""", "firstName")]
    [InlineData("""{"firstName":"Marissa","birthDate":"1971-06-29"}""", "firstName")]
    [InlineData("""{"birthDate":"1971-06-29"}""", "birthDate")]
    [InlineData("""{"birthDate":"1971-06-29","labels":["trial"]}""", "birthDate")]
    [InlineData("""{"identifier":"AB12CD","lastName":"Jones"}""", "identifier")]
    [InlineData("""{"identifier":"AB12CD","birthDate":"1971-06-29"}""", "identifier")]
    [InlineData("""{"externalIdentifiers":["1","2"]}""", "externalIdentifiers")]
    [InlineData("""{"externalIdentifiers":["1"],"firstName":"Marissa","lastName":"Jones"}""", "firstName")]
    [InlineData("{" + Handle + ""","city":"Springfield"}""", "city")]
    [InlineData("{" + Handle + ""","lastName":"Jones","birthDate":"1971-06-29"}""", "subjectIds")]
    [InlineData("{" + Handle + ""","identifier":"AB12CD"}""", "subjectIds")]
    [InlineData("{" + Handle + ""","birthDate":"1971-06-29"}""", "subjectIds")]
    [InlineData("""{"sortField":"lastName"}""", "sortField")]
    [InlineData("""{"sortField":"firstName"}""", "sortField")]
    [InlineData("""{"sortField":"identifier"}""", "sortField")]
    [InlineData("""{"sortField":"birthDate"}""", "sortField")]
    [InlineData("""{"sortField":"addressPostalCode"}""", "sortField")]
    [InlineData("""{"firstName":"Marissa","lastName":"Jones","sortField":"addressCity"}""", "sortField")]
    public async Task A_question_on_withheld_fields_is_refused_before_anything_is_sent(string arguments, string argument)
    {
        var xcures = new XCuresHarness();

        var failure = await FailAsync(xcures.Search, arguments);

        failure.Code.ShouldBe(FailureCodes.QuestionWithheld);
        failure.Argument.ShouldBe(argument);
        foreach (var value in new[] { "Jones", "1971", "Springfield", "AB12CD", "45011", "1111" }) failure.Message.ShouldNotContain(value);
        xcures.Upstream.Sent.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"lastName":"Jones"}""")]
    [InlineData("""{"email":"a@b.example"}""")]
    [InlineData("""{"addressLine1":"1 Main"}""")]
    [InlineData("""{"sortField":"lastName"}""")]
    [InlineData("""{"lastName":"Jones","city":"Springfield"}""")]
    public async Task Limited_data_still_holds_back_names_contacts_and_streets(string arguments)
    {
        var xcures = new XCuresHarness();

        (await FailAsync(xcures.Search, arguments, Context(xcures.Search, Level.Limited))).Code.ShouldBe(FailureCodes.QuestionWithheld);
    }

    [Theory]
    [InlineData("""{"city":"Springfield","postalCode":"45011","birthDate":"1971-06-29","sortField":"birthDate"}""")]
    [InlineData("""{"firstName":"Marissa","lastName":"Jones","city":"Springfield"}""")]
    [InlineData("""{"createdStart":"2025-02-03","createdEnd":"2025-02-04"}""")]
    public async Task Limited_data_may_be_narrowed_by_what_it_shows(string arguments)
    {
        var xcures = new XCuresHarness();
        xcures.Upstream.On("GET", XCuresHarness.Subjects, XCuresHarness.Page(0));

        var result = await RunAsync<UpstreamResult>(xcures.Search, arguments, Context(xcures.Search, Level.Limited));

        result.Notices.ShouldBeEmpty();
        if (arguments.Contains("createdStart", StringComparison.Ordinal))
        {
            xcures.Upstream.To(XCuresHarness.Subjects)[0].Get("createdStart").ShouldBe("2025-02-03");
        }
    }

    [Theory]
    [InlineData("""{"birthDateStart":"1971-06-01","birthDateEnd":"1971-06-30"}""", "birthDateStart=1971-01-01 birthDateEnd=1971-12-31")]
    [InlineData("""{"birthDateStart":"1930-05-01","birthDateEnd":"1930-05-02"}""", "birthDateEnd=1936-12-31")]
    [InlineData("""{"birthDateStart":"1936-05-01"}""", "")]
    [InlineData("""{"birthDateEnd":"1920-05-01"}""", "birthDateEnd=1936-12-31")]
    [InlineData("""{"deathDate":"2024-02-29"}""", "deathDateStart=2024-01-01 deathDateEnd=2024-12-31")]
    [InlineData("""{"created":"2025-02-03"}""", "createdStart=2025-01-01 createdEnd=2025-12-31")]
    [InlineData("""{"updatedStart":"2025-02-03"}""", "updatedStart=2025-01-01")]
    [InlineData("{" + Handle + ""","createdEnd":"2025-02-03"}""", "createdEnd=2025-12-31")]
    public async Task Date_filters_are_widened_to_whole_years_and_it_is_said(string arguments, string expected)
    {
        var xcures = new XCuresHarness();
        xcures.Upstream.On("GET", XCuresHarness.Subjects, XCuresHarness.Page(0));

        var result = await RunAsync<UpstreamResult>(xcures.Search, arguments);

        var dates = xcures.Upstream.To(XCuresHarness.Subjects)[0].Query
            .Where(pair => pair.Name.Contains("Date", StringComparison.Ordinal)
                || pair.Name.StartsWith("created", StringComparison.Ordinal)
                || pair.Name.StartsWith("updated", StringComparison.Ordinal));
        string.Join(' ', dates.Select(pair => $"{pair.Name}={pair.Value}")).ShouldBe(expected);
        result.Notices.ShouldHaveSingleItem().ShouldContain("whole years");
    }

    [Fact]
    public async Task Whole_years_need_no_notice()
    {
        var xcures = new XCuresHarness();
        xcures.Upstream.On("GET", XCuresHarness.Subjects, XCuresHarness.Page(0));

        (await RunAsync<UpstreamResult>(xcures.Search, """{"createdStart":"2025-01-01","createdEnd":"2025-12-31"}""")).Notices.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"firstName":" marissa ","lastName":"JONES"}""", 1)]
    [InlineData("""{"firstName":"Mar","lastName":"Jones"}""", 0)]
    [InlineData("""{"firstName":"%","lastName":"%"}""", 0)]
    [InlineData("""{"lastName":"Jones","birthDate":"1971-06-29"}""", 1)]
    [InlineData("""{"lastName":"Jones","birthDate":"1971-06-28"}""", 0)]
    [InlineData("""{"firstName":"Marissa","lastName":"Jones","birthDate":"1971-06-29"}""", 1)]
    [InlineData("""{"identifier":"ab12cd"}""", 1)]
    [InlineData("""{"identifier":"AB1"}""", 0)]
    [InlineData("""{"externalIdentifiers":["mrn-77"]}""", 1)]
    [InlineData("""{"externalIdentifiers":["MRN"]}""", 0)]
    public async Task A_look_up_answers_and_counts_whole_matches_only(string arguments, int expected)
    {
        var xcures = new XCuresHarness();
        xcures.Upstream.On("GET", XCuresHarness.Subjects, XCuresHarness.Page(
            2, XCuresHarness.Subject("a", "Marissa", "Jones"), XCuresHarness.Subject("b", "Mariah", "Joneson", "1980-01-01", "AB12CE", "MRN-78")));

        var result = await RunAsync<UpstreamResult>(xcures.Search, arguments);

        var section = result.Sections.ShouldHaveSingleItem();
        section.Rows.Count.ShouldBe(expected);
        section.Total.ShouldBe(expected);
        result.NextPage.ShouldBeNull();
        result.Searched.ShouldNotBeNull().ShouldContain("matched in full");
        foreach (var value in new[] { "Jones", "JONES", "1971", "AB12", "MRN" }) result.Searched.ShouldNotContain(value);
    }

    [Fact]
    public async Task A_look_up_walks_all_pages_up_to_a_bound()
    {
        var xcures = new XCuresHarness();
        xcures.Upstream.On("GET", XCuresHarness.Subjects, request => ScriptedUpstream.Json(XCuresHarness.Page(
            300, [.. Enumerable.Range(0, 100)
                .Select(i => XCuresHarness.Subject($"{request.Get("pageNumber")}-{i}", i == 99 ? "Marissa" : "Mariah", "Jones"))])));

        var result = await RunAsync<UpstreamResult>(xcures.Search, """{"firstName":"Marissa","lastName":"Jones"}""");

        result.Sections[0].Total.ShouldBe(3);
        xcures.Upstream.To(XCuresHarness.Subjects).Select(request => request.Get("pageNumber")).ShouldBe(["1", "2", "3"]);
    }

    [Fact]
    public async Task A_look_up_with_too_many_candidates_is_refused_without_a_count()
    {
        var xcures = new XCuresHarness();
        xcures.Upstream.On("GET", XCuresHarness.Subjects, XCuresHarness.Page(100_000, XCuresHarness.Subject("a", "Mariah", "Jones")));

        var failure = await FailAsync(xcures.Search, """{"firstName":"Marissa","lastName":"Jones"}""");

        failure.Code.ShouldBe(FailureCodes.QuestionWithheld);
        failure.Message.ShouldNotContain("100");
        xcures.Upstream.To(XCuresHarness.Subjects).Count.ShouldBe(10);
    }

    [Fact]
    public async Task Trying_every_day_of_a_year_as_the_birth_date_is_stopped()
    {
        var xcures = new XCuresHarness();
        xcures.Upstream.On("GET", XCuresHarness.Subjects, XCuresHarness.Page(1, XCuresHarness.Subject("a", "Marissa", "Jones")));
        var first = new DateOnly(1971, 1, 1);
        var guesses = Enumerable.Range(0, 365).Select(day => $$"""{"lastName":"jones","birthDate":"{{first.AddDays(day):yyyy-MM-dd}}"}""");

        var outcomes = await Task.WhenAll(guesses.Select(async guess =>
        {
            try
            {
                return (await RunAsync<UpstreamResult>(xcures.Search, guess)).Sections[0].Rows.Count == 0 ? "missed" : "found";
            }
            catch (CallFailureException failure)
            {
                return failure.Code;
            }
        }));

        outcomes.Count(outcome => outcome == "missed").ShouldBeLessThanOrEqualTo(5);
        outcomes.ShouldNotContain("found");
        outcomes.Count(outcome => outcome == FailureCodes.QuestionWithheld).ShouldBeGreaterThanOrEqualTo(360);
        xcures.Time.Advance(TimeSpan.FromHours(25));
        (await RunAsync<UpstreamResult>(xcures.Search, """{"lastName":"Jones","birthDate":"1971-06-29"}""")).Sections[0].Rows.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Right_birth_dates_and_failures_are_not_counted_as_guesses()
    {
        var xcures = new XCuresHarness();
        xcures.Upstream.Once(
            "GET",
            XCuresHarness.Subjects,
            [.. Enumerable.Repeat<Func<SentRequest, HttpResponseMessage>>(_ => ScriptedUpstream.Json("{}", 400), 6)]);
        xcures.Upstream.On("GET", XCuresHarness.Subjects, XCuresHarness.Page(1, XCuresHarness.Subject("a", "Marissa", "Jones")));

        for (var day = 1; day <= 6; day++)
        {
            (await FailAsync(xcures.Search, $$"""{"lastName":"Jones","birthDate":"1971-06-0{{day}}"}""")).Code.ShouldBe(FailureCodes.UpstreamRejected);
        }

        for (var time = 1; time <= 10; time++)
        {
            (await RunAsync<UpstreamResult>(xcures.Search, """{"lastName":"Jones","birthDate":"1971-06-29"}""")).Sections[0].Rows.Count.ShouldBe(1);
        }
    }

    [Fact]
    public async Task Identified_callers_ask_as_the_vendor_lets_them()
    {
        var xcures = new XCuresHarness();
        xcures.Upstream.On(
            "GET",
            XCuresHarness.Subjects,
            XCuresHarness.Page(2, XCuresHarness.Subject("a", "Marissa", "Jones"), XCuresHarness.Subject("b", "Mariah", "Joneson")));

        var result = await RunAsync<UpstreamResult>(
            xcures.Search,
            """{"lastName":"Jon","city":"Spr","birthDateStart":"1971-06-01","sortField":"lastName"}""",
            Context(xcures.Search, Level.Identified));

        result.Sections[0].Rows.Count.ShouldBe(2);
        xcures.Upstream.To(XCuresHarness.Subjects)[0].Get("birthDateStart").ShouldBe("1971-06-01");
    }

    [Fact]
    public async Task Contradictions_are_refused()
    {
        var xcures = new XCuresHarness();

        (await FailAsync(xcures.Search, """{"created":"2025-02-03","createdEnd":"2025-03-03"}""")).Argument.ShouldBe("created");
    }
}
