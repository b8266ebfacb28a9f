using System.Globalization;
using HealthMcp.Privacy;

namespace HealthMcp.Tests.Privacy;

/// <summary>Answers so large that two threads read and write them become what small ones become.</summary>
public sealed class LargeAnswerTests
{
    private const int Large = 256 * 1024;
    private const string Patient = """{"resource":{"resourceType":"Patient","name":[{"family":"Zorblatt"}]}}""";

    [Fact]
    public void Every_text_and_id_stands_where_it_stood()
    {
        var entries = Enumerable.Range(0, 3_000).Select(i => string.Create(CultureInfo.InvariantCulture, $$$"""
            {"resource":{"resourceType":"Observation","id":"o{{{i}}}",
            "note":[{"text":"{{{new string('x', i % 17)}}} {{{i}}}: met zorblatt"},{"text":"fine {{{i}}}"}]}}
            """));
        var json = Bundle(entries.Append(Patient));
        json.Length.ShouldBeGreaterThan(Large);
        var shown = Redaction.Of(json, "fhir.resource");
        var rows = shown.Root.GetProperty("entry").EnumerateArray().ToArray();
        for (var i = 0; i < 3_000; i++)
        {
            var resource = rows[i].GetProperty("resource");
            if (i % 500 == 0) resource.GetProperty("id").GetString().ShouldBe(Handle(i));
            resource.GetProperty("note").EnumerateArray().Select(note => note.GetProperty("text").GetString())
                .ShouldBe([$"{new string('x', i % 17)} {i}: met [name]", $"fine {i}"]);
        }

        shown.Session.Withheld["text-name"].ShouldBe(3_000);
    }

    [Fact]
    public void One_without_any_text_stays_as_it_is()
    {
        var json = Bundle(Enumerable.Range(0, 6_000).Select(_ => """{"resource":{"resourceType":"Observation","status":"final"}}"""));
        json.Length.ShouldBeGreaterThan(Large);
        Redaction.Of(json, "fhir.resource").Json.ShouldBe(json);
    }

    [Fact]
    public void One_with_a_single_text_is_written_whole()
    {
        var json = Bundle(Enumerable.Range(0, 6_000).Select(_ => """{"resource":{"resourceType":"Observation","status":"final"}}""")
            .Append("""{"resource":{"resourceType":"Observation","note":[{"text":"met zorblatt"}]}}""").Append(Patient));
        Redaction.Of(json, "fhir.resource").Root.GetProperty("entry")[6_000].GetProperty("resource").GetProperty("note")[0].GetProperty("text").GetString()
            .ShouldBe("met [name]");
    }

    [Fact]
    public async Task Values_are_found_whichever_thread_made_their_forms()
    {
        var session = Redaction.NewSession();
        using var done = new CancellationTokenSource();
        var other = Task.Run(() =>
        {
            while (!done.IsCancellationRequested) session.Known.SpellMeanwhile();
        });
        for (var i = 0; i < 5_000; i++)
            session.Known.Add(FieldClass.Number, string.Create(CultureInfo.InvariantCulture, $"{i % 2_000}ZQ{i % 2_000:0000}"));
        session.Known.Spell();
        session.Known.Count.ShouldBe(2_000);
        session.Known.Given.ShouldBe(5_000);
        new Scrubber([.. TextRules.All.Where(rule => rule.NeedsRecord)]).Scrub("of 7ZQ0007 and 1999zq1999 and 7ZQ0008", session)
            .ShouldBe("of [number] and [number] and 7ZQ0008");
        await done.CancelAsync();
        await other;
    }

    private static string? Handle(int i) =>
        Redaction.Of($$"""{"resourceType":"Observation","id":"o{{i}}"}""", "fhir.resource").Root.GetProperty("id").GetString();

    private static string Bundle(IEnumerable<string> entries) =>
        $$"""{"resourceType":"Bundle","type":"collection","entry":[{{string.Join(',', entries.Select(entry => entry.Trim()))}}]}""";
}
