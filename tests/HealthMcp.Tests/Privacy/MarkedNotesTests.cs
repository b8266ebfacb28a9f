using System.Text.RegularExpressions;
using HealthMcp.Privacy;

namespace HealthMcp.Tests.Privacy;

/// <summary>How much of what identifies is found in notes of many kinds, and how much of medicine is left alone.</summary>
public sealed partial class MarkedNotesTests
{
    [Theory]
    [InlineData("identifiers-seen.txt", "name", 0.95)]
    [InlineData("identifiers-seen.txt", "facility", 0.80)]
    [InlineData("identifiers-unseen.txt", "name", 0.90)]
    [InlineData("identifiers-unseen.txt", "facility", 0.80)]
    [InlineData("identifiers-plain.txt", "id", 0.98)]
    public void Most_of_what_identifies_is_found_whole(string fixture, string kind, double share)
    {
        var (all, missed) = (0, new List<string>());
        foreach (var (text, marks) in MarkedNotes.Read(fixture))
        {
            var spans = new Scrubber().Spans(text, PrivacyLevel.Deidentified, new RecordDictionary(), Redaction.Today);
            foreach (var (_, start, end) in marks.Where(mark => mark.Kind == kind))
            {
                all++;
                if (!IsCovered(text, start, end, spans)) missed.Add(text[start..end]);
            }
        }

        all.ShouldBeGreaterThan(20);
        missed.Count.ShouldBeLessThanOrEqualTo((int)(all * (1 - share)), string.Join("; ", missed));
    }

    [Theory]
    [InlineData("clinical-lines.txt")]
    [InlineData("clinical-lines-unseen.txt")]
    public void At_most_three_clinical_lines_in_a_hundred_are_touched(string fixture)
    {
        var lines = Redaction.Fixture(fixture).ToList();
        var touched = lines.Where(line => Redaction.Scrub(line) != line).ToList();
        touched.Count.ShouldBeLessThanOrEqualTo(lines.Count * 3 / 100, string.Join("; ", touched));
    }

    [Theory]
    [InlineData("clinical-mixed-1.txt", 3)]
    [InlineData("clinical-mixed-2.txt", 4)]
    [InlineData("clinical-mixed-3.txt", 3)]
    [InlineData("clinical-mixed-4.txt", 1)]
    [InlineData("clinical-mixed-5.txt", 2)]
    [InlineData("clinical-mixed-6.txt", 1)]
    [InlineData("clinical-mixed-7.txt", 2)]
    [InlineData("clinical-mixed-8.txt", 2)]
    public void Few_sentences_with_eponyms_scores_and_codes_are_touched(string fixture, int percent)
    {
        var lines = Redaction.Fixture(fixture).ToList();
        var touched = lines.Where(line => Redaction.Scrub(line) != line).ToList();
        touched.Count.ShouldBeLessThanOrEqualTo(lines.Count * percent / 100, string.Join("; ", touched));
    }

    // A title or degree does not say who someone is.
    private static bool IsCovered(string text, int start, int end, List<ScrubSpan> spans)
    {
        var plain = Degree().Replace(text[start..end], match => new string(' ', match.Length));
        return Enumerable.Range(0, plain.Length).All(at => !char.IsLetterOrDigit(plain[at]) || spans.Exists(span => span.Start <= start + at
            && start + at < span.End));
    }

    [GeneratedRegex(@"\b(MD|DO|PA-C|PA|RN|NP|LCSW|LMFT|PGY\d|DNP|PhD|CRNP|Dr|DR|Nurse|Pharmacist|Mr|Ms|Mrs|Prof|Father|Doctor|Respiratory therapist|the)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Degree();
}
