namespace HealthMcp.Tests.Proofs.Notes;

/// <summary>The measure itself: what counts as found, and what of the rest identifies although nobody marked it.</summary>
public sealed class NotesReportTests
{
    [Fact]
    public void A_mark_counts_only_where_all_of_it_went()
    {
        var report = Of("""{"text":"Patient: Karen Williams","spans":[{"type":"PERSON_NAME","start":9,"end":23},{"type":"PERSON_NAME","start":0,"end":23}]}""");
        report.Recall("PERSON_NAME").ShouldBe((1, 2));
    }

    [Fact]
    public void Offsets_count_characters_and_not_units()
    {
        var report = Of("""{"text":"\ud83d\ude00 Patient: Karen Williams","spans":[{"type":"PERSON_NAME","start":11,"end":25}]}""");
        report.Recall("PERSON_NAME").ShouldBe((1, 1));
        (report.Lost, report.Others).ShouldBe((0, 7));
    }

    [Theory]
    [InlineData("Seen 2019-04-03 today", 8)]
    [InlineData("see https://clinic.example.org/a", 22)]
    [InlineData("seen by Dr. Okonkwo today", 9)]
    [InlineData("call 617-555-0188 now", 10)]
    public void What_identifies_although_nobody_marked_it_is_no_needless_loss(string text, int lost)
    {
        var report = Of($$"""{"text":"{{text}}","spans":[]}""");
        (report.Lost, report.Rest).ShouldBe((lost, 0));
    }

    [Fact]
    public void A_word_marked_as_a_name_in_one_note_is_one_in_all()
    {
        var report = new NotesReport([AnnotatedNote.Parse("""{"text":"Zahra came","spans":[{"type":"PERSON_NAME","start":0,"end":5}]}"""),
            AnnotatedNote.Parse("""{"text":"with Zahra, and Olga","spans":[]}""")]);
        (report.Lost, report.Rest).ShouldBe((9, 4));
    }

    private static NotesReport Of(string line) => new([AnnotatedNote.Parse(line)]);
}
