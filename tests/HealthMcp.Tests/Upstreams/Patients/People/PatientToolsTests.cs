using HealthMcp.Catalog;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Upstreams.Patients.People;

/// <summary>search_patients, get_patient and get_medical_summary.</summary>
public sealed class PatientToolsTests
{
    [Theory]
    [InlineData("""{"last_name":"Jones"}""", "last_name")]
    [InlineData("""{"first_name":"Marissa"}""", "first_name")]
    [InlineData("""{"date_of_birth":"1971-06-29"}""", "date_of_birth")]
    [InlineData("""{"first_name":"Marissa","date_of_birth":"1971-06-29"}""", "first_name")]
    [InlineData("""{"chart_number":"MRN-204817","last_name":"Jones"}""", "last_name")]
    [InlineData("""{"first_name":"Marissa","last_name":"Jones","dob_from":"1971-06-01"}""", "dob_from")]
    [InlineData("""{"first_name":"Marissa","last_name":"Jones","status":"active"}""", "status")]
    [InlineData("""{"search":"503-555-01"}""", "search")]
    [InlineData("""{"sort_by":"last_name"}""", "sort_by")]
    [InlineData("""{"sort_by":"date_of_birth"}""", "sort_by")]
    [InlineData("""{"sort_by":"chart_number"}""", "sort_by")]
    [InlineData("""{"sort_by":"social_security_number"}""", "sort_by")]
    [InlineData("""{"page_size":100000}""", "page_size")]
    [InlineData("""{"city":"Portland"}""", "")]
    public async Task A_question_that_would_tell_what_is_withheld_is_refused_before_anything_is_sent(string arguments, string argument)
    {
        await using var world = await World.StartAsync(("HEALTHMCP_TOOLSETS", "patients"));

        var reply = await world.CallAsync("search_patients", arguments);

        reply.IsError.ShouldBeTrue(reply.Text);
        if (argument.Length > 0) reply.Content.GetProperty("error").GetProperty("argument").GetString().ShouldBe(argument);
        foreach (var value in new[] { "Marissa", "Jones", "1971", "MRN", "503", "Portland" }) reply.Text.ShouldNotContain(value);
        world.Sandbox.Journal.Entries.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"first_name":"marissa","last_name":" JONES "}""", 1)]
    [InlineData("""{"first_name":"Rissa","last_name":"Jones"}""", 1)]
    [InlineData("""{"first_name":"Mariss","last_name":"Jones"}""", 0)]
    [InlineData("""{"last_name":"Jones","date_of_birth":"1971-06-29"}""", 2)]
    [InlineData("""{"last_name":"Jone","date_of_birth":"1971-06-29"}""", 0)]
    [InlineData("""{"chart_number":"MRN-204817"}""", 1)]
    [InlineData("""{"chart_number":"MRN-2048"}""", 0)]
    [InlineData("""{"tag_definition_uuid":"<tag>"}""", 3)]
    public async Task A_look_up_compares_whole_values_and_says_what_was_searched(string arguments, int found)
    {
        await using var practice = await PracticeWorld.StartAsync();
        var tag = (await practice.CallAsync("list_definitions", """{"kind":"tag","search":"chart"}""")).First.GetProperty("id").GetString()!;

        var reply = await practice.CallAsync("search_patients", arguments.Replace("<tag>", tag, StringComparison.Ordinal));

        reply.IsError.ShouldBeFalse(reply.Text);
        reply.Data.GetArrayLength().ShouldBe(found, reply.Text);
        if (found == 0) reply.Notices[0].ShouldStartWith("Nothing was found. Searched: Patients of one practice in sandbox Patients, by ");
    }

    [Fact]
    public async Task Guessing_birth_dates_is_stopped()
    {
        await using var practice = await PracticeWorld.StartAsync();
        var codes = new List<string?>();
        for (var day = 1; day <= 7; day++)
        {
            // Blanks around the name buy no new guesses, nor does asking in another way.
            var (tool, name) = (day == 7 ? "check_duplicate_patients" : "search_patients", new string(' ', day - 1) + "Milliken");
            codes.Add((await practice.CallAsync(tool, $$"""{"last_name":"{{name}}","date_of_birth":"2000-11-0{{day}}"}""")).ErrorCode);
        }

        codes.ShouldBe([null, null, null, null, null, FailureCodes.QuestionWithheld, FailureCodes.QuestionWithheld]);
    }

    [Fact]
    public async Task Birth_dates_are_widened_to_years_where_days_are_withheld()
    {
        await using var practice = await PracticeWorld.StartAsync();

        var narrow = await practice.CallAsync("search_patients", """{"dob_from":"1971-06-29","dob_to":"1971-06-29"}""");
        var year = await practice.CallAsync("search_patients", """{"dob_from":"1971-01-01","dob_to":"1971-12-31"}""");

        narrow.Data.GetArrayLength().ShouldBe(year.Data.GetArrayLength());
        narrow.Notices.ShouldContain(notice => notice.Contains("whole years", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("asc", "created_at")]
    [InlineData("desc", "created_at")]
    [InlineData("asc", "last_name")]
    [InlineData("desc", "last_name")]
    public async Task Each_patient_comes_once_while_others_are_registered(string direction, string sort)
    {
        await using var practice = await PracticeWorld.IdentifiedAsync();
        var arguments = $$"""{"page_size":7,"max_bytes":1100,"fields":["id","last_name"],"sort_by":"{{sort}}","sort_dir":"{{direction}}"}""";
        var seen = new List<string>();
        var page = await practice.CallAsync("search_patients", arguments);
        for (var step = 0; ; step++)
        {
            page.IsError.ShouldBeFalse(page.Text);
            seen.AddRange(page.Data.EnumerateArray().Select(row => row.GetProperty("id").GetString()!));
            if (!page.Content.GetProperty("page").TryGetProperty("cursor", out var cursor)) break;
            practice.Time.Advance(TimeSpan.FromMinutes(1));
            if (step < 12) await RegisterAsync(practice, step);
            page = await practice.CallAsync("search_patients", arguments[..^1] + $$""","cursor":"{{cursor.GetString()}}"}""");
        }

        seen.ShouldBeUnique();
        var old = await practice.CallAsync("search_patients", """{"page_size":100,"max_bytes":262144,"fields":["id"],"sort_by":"created_at"}""");
        old.Data.EnumerateArray().Take(40).Select(row => row.GetProperty("id").GetString()!).Except(seen).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_summary_has_every_list_and_tells_none_from_not_asked()
    {
        await using var practice = await PracticeWorld.StartAsync();

        var reply = await practice.CallAsync("get_medical_summary", """{"patient":"<marissa>","max_bytes":262144}""");

        reply.IsError.ShouldBeFalse(reply.Text);
        reply.Data.GetProperty("summary").GetProperty("allergy_review_status").GetString().ShouldBe("reviewed");
        foreach (var list in new[] { "active_problems", "allergies", "current_medications", "past_medications", "alerts", "social_history" })
            reply.Data.GetProperty(list).GetArrayLength().ShouldBeGreaterThan(0, list);
        foreach (var value in new[] { "Jones", "Okonkwo", "503-555", "Patricia" }) reply.Text.ShouldNotContain(value);
    }

    private static async Task RegisterAsync(PracticeWorld practice, int step)
    {
        var name = $"{(char)('A' + ((step * 5) % 26))}newcomer{(char)('a' + step)}";
        var made = await practice.CallAsync("create_patient", $$"""{"first_name":"New","last_name":"{{name}}","date_of_birth":"1990-01-{{step + 10}}"}""");
        made.IsError.ShouldBeFalse(made.Text);
    }
}
