using System.Diagnostics;
using HealthMcp.Privacy;

namespace HealthMcp.Benchmarks;

/// <summary>What scrubbing one note costs: a quick figure, where the full benchmark takes minutes.</summary>
internal static class NoteTiming
{
    private static readonly Scrubber Scrubber = new();
    private static readonly TimeSpan Warm = TimeSpan.FromMilliseconds(150);
    private static readonly DateOnly Today = new(2026, 11, 21);
    private static readonly RedactionSession Session = NewSession();

    public static void Run(TextWriter output)
    {
        output.WriteLine("each step and rule, µs on visit, dense, plain:");
        foreach (var (name, step) in Steps)
            output.WriteLine($"  {name,-20} {string.Join(' ', NoteTexts.Usual.Select(note => OfStep(step, note.Text)))}");
        foreach (var rule in TextRules.All)
            output.WriteLine($"  {rule.Id,-20} {string.Join(' ', NoteTexts.Usual.Select(note => OfRule(rule, note.Text)))}");
        output.WriteLine("hostile, µs per KB at 1, 10 and 100 KB:");
        foreach (var piece in NoteTexts.Hostile)
            output.WriteLine($"  {piece.ReplaceLineEndings("\\n"),-10} {string.Join(' ', Sizes().Select(size => PerKilobyte(piece, size)))}");
        output.WriteLine("a note, median and allocated:");
        foreach (var (name, text) in NoteTexts.Usual)
            output.WriteLine(FormattableString.Invariant($"{name,-8} {text.Length,5} characters {Median(text, 400),8:F1} µs {Allocated(text),7} B"));
    }

    private static (string Name, Func<string, object> Step)[] Steps =>
    [
        ("normalise", TextNormaliser.Normalise),
        ("words", text => new Words(text, Lexicon.Default)),
        ("words and signs", text => new NoteText(text, Session.Known, Today, Lexicon.Default)),
        ("spans", text => Scrubber.Spans(text, PrivacyLevel.Deidentified, Session.Known, Today)),
        ("encoded words", text => EncodedWords.Next(text, 0)),
    ];

    private static string OfStep(Func<string, object> step, string text) => FormattableString.Invariant($"{Median(200, () => step(text)),7:F1}");

    private static int[] Sizes() => [1, 10, 100];

    private static string OfRule(TextRule rule, string text)
    {
        var note = new NoteText(text, Session.Known, Today, Lexicon.Default);
        var found = new List<Found>();
        return FormattableString.Invariant($"{Median(200, () => { found.Clear(); rule.Find(note, found); }),7:F1}");
    }

    private static string PerKilobyte(string piece, int size)
    {
        var text = string.Concat(Enumerable.Repeat(piece, (size * 1024 / piece.Length) + 1))[..(size * 1024)];
        return FormattableString.Invariant($"{Median(text, 200 / size) / size,8:F1}");
    }

    private static double Median(string text, int times) => Median(times, () => Scrub(text));

    private static double Median(int times, Action action)
    {
        // The runtime compiles what runs often anew, and in the background: this is what it takes to be done.
        var warm = Stopwatch.GetTimestamp();
        do action();
        while (Stopwatch.GetElapsedTime(warm) < Warm);
        var took = new double[times + 1];
        for (var i = 0; i < took.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            action();
            took[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        Array.Sort(took);
        return took[took.Length / 2];
    }

    private static long Allocated(string text)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) Scrub(text);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
    }

    /// <summary>With a session that knows some names and numbers.</summary>
    public static string Scrub(string text) => Scrubber.Scrub(text, Session);

    private static RedactionSession NewSession()
    {
        var session = new RedactionSession(PrivacyLevel.Deidentified, (_, kind, _) => kind, Today);
        foreach (var name in (string[])["Marissa Jones", "Harold Winterbourne"]) session.Known.Add(FieldClass.Name, name);
        foreach (var number in (string[])["MRN-4471902", "00482913"]) session.Known.Add(FieldClass.Number, number);
        session.Known.Add(FieldClass.City, "Keene");
        return session;
    }
}
