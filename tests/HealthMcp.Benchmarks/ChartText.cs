using System.Text;

namespace HealthMcp.Benchmarks;

/// <summary>The free text of made-up charts: notes, narratives, small files. Every one says something else of someone.</summary>
internal sealed class ChartText(Random random)
{
    private const double Noted = 0.04;
    private const double Narrated = 0.15;

    public int Bytes { get; private set; }

    /// <summary>Of a few resources: a person's note, where the type has one.</summary>
    public string Note(string type, string name, string day)
    {
        if (type is "Patient" or "Encounter" or "DiagnosticReport" or "DocumentReference" || random.NextDouble() >= Noted) return "";
        return $$""","note":[{"text":"{{Counted(Prose(name, day, 3))}}"}]""";
    }

    /// <summary>Of some resources: what their server made of them.</summary>
    public string Narrative(string type, string name, string day)
    {
        if (random.NextDouble() >= Narrated) return "";
        var div = $"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\"><p><b>{type}</b></p><p><b>subject</b>: {name}</p><p><b>date</b>: {day}</p></div>";
        return $$""" "text":{"status":"generated","div":"{{Counted(div)}}"},""".TrimStart();
    }

    public string File(string name, string day)
    {
        var text = Prose(name, day, 6).Replace("\\n", "\n", StringComparison.Ordinal);
        return Counted(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)));
    }

    private string Prose(string name, string day, int sentences)
    {
        var text = new StringBuilder($"{name} seen on {day} (visit {random.Next(100, 999)}). ");
        for (var i = 0; i < sentences; i++) text.Append(ChartWords.Sentences[random.Next(ChartWords.Sentences.Length)]).Append(i % 3 == 2 ? "\\n" : " ");
        return text.Append($"Call back at 603-555-{random.Next(1000, 9999)}.").ToString();
    }

    private string Counted(string text)
    {
        Bytes += text.Length;
        return text;
    }
}
