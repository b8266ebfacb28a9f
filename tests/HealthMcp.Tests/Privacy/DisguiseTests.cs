using System.Globalization;
using System.Text;
using HealthMcp.Privacy;

namespace HealthMcp.Tests.Privacy;

/// <summary>Every identifier of the table of rules is found by all rules together, however its characters are disguised.</summary>
public sealed class DisguiseTests
{
    private static readonly Dictionary<string, Func<string, string>> Disguises = new(StringComparer.Ordinal)
    {
        ["zero-width"] = text => string.Join('\u200b', text.ToCharArray()),
        ["bidirectional"] = text => $"\u202e{string.Join('\u200e', text.ToCharArray())}\u202c",
        ["combining"] = text => Each(text, c => char.IsAsciiLetter(c) ? $"{c}\u0301" : c.ToString()),
        ["full-width"] = text => Each(text, c => c is > ' ' and <= '~' ? ((char)(c + 0xFEE0)).ToString() : c == ' ' ? "\u3000" : c.ToString()),
        ["look-alikes"] = text => Each(text, c => "acekopxyABCEHKMOPTX".IndexOf(c) is var at and >= 0 ? "асекорхуАВСЕНКМОРТХ"[at].ToString() : c.ToString()),
        ["digits of another script"] = text => Each(text, c => char.IsAsciiDigit(c) ? ((char)(c - '0' + 0x0660)).ToString() : c.ToString()),
        ["mathematical letters"] = text => Each(text, c => char.IsAsciiLetterLower(c) ? char.ConvertFromUtf32(0x1D41A + (c - 'a')) : c.ToString()),
        ["no-break space"] = text => text.Replace(' ', '\u00a0'),
        ["double space"] = text => text.Replace(" ", "  ", StringComparison.Ordinal),
        ["tab"] = text => text.Replace(' ', '\t'),
        ["entities"] = text => Each(text, c => $"&#{(int)c};"),
        ["entities of entities"] = text => Each(text, c => $"&amp;#x{(int)c:x};"),
        ["percent"] = text => string.Concat(Encoding.UTF8.GetBytes(text).Select(octet => $"%{octet:X2}")),
        ["escapes"] = text => Each(text, c => $"\\u{(int)c:x4}"),
        ["quoted-printable"] = text => string.Concat(Encoding.UTF8.GetBytes(text).Select(octet => $"={octet:X2}")),
    };

    public static TheoryData<string> Names => new(Disguises.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_found_plain_is_found_disguised(string name)
    {
        foreach (var (text, passage) in TextRuleTable.Rows.SelectMany(row => row.Found))
        {
            if (text.IndexOf(passage, StringComparison.Ordinal) is var at && !Covers(text, at, passage.Length)) continue;
            var disguised = Disguises[name](passage);
            Covers(text[..at] + disguised + text[(at + passage.Length)..], at, disguised.Length).ShouldBeTrue($"{name}: {text}");
        }
    }

    [Theory]
    [InlineData("SGFyb2xkIFdpbnRlcmJvdXJuZQ==")]
    [InlineData("TVJOLTQ0NzE5MDI")]
    [InlineData("4861726f6c642057696e746572626f75726e65")]
    public void A_word_that_is_text_in_base64_or_hexadecimal_goes(string word) =>
        new Scrubber().Scrub($"see {word} here", Redaction.NewSession()).ShouldNotContain(word);

    /// <summary>A form writes a blank as a plus; a mailbox may have one of its own.</summary>
    [Theory]
    [InlineData("GET /search?name=Marissa+Quenneville&page=2", "Marissa+Quenneville")]
    [InlineData("write to jane+clinic@example.org", "jane+clinic@example.org")]
    public void A_plus_between_words_of_a_form_is_a_blank(string text, string passage) =>
        Covers(text, text.IndexOf(passage, StringComparison.Ordinal), passage.Length).ShouldBeTrue();

    [Theory]
    [InlineData("Mart-\ninez", "seen by Dr. Mart-\ninez today")]
    [InlineData("M a r t i n e z", "then M a r t i n e z came")]
    [InlineData("Martinez", "Sarah\nMartinez came")]
    [InlineData("721 elm dr, fairview, az 12221", "at 721 elm dr, fairview, az 12221 now")]
    [InlineData("donna", "Stable. donna reports pain")]
    public void A_name_or_an_address_that_is_written_apart_or_small_goes(string passage, string text) =>
        Covers(text, text.IndexOf(passage, StringComparison.Ordinal), passage.Length).ShouldBeTrue();

    [Theory]
    [InlineData("HR=72 BP=120/80")]
    [InlineData("HER2+ER+ disease")]
    [InlineData("========")]
    [InlineData("strength 5 5 5 5 4 5 5")]
    public void What_only_looks_encoded_stays(string text) => new Scrubber().Scrub(text, Redaction.NewSession()).ShouldBe(text);

    private static string Each(string text, Func<char, string> change) => string.Concat(text.Select(change));

    private static bool Covers(string text, int start, int length)
    {
        var known = new RecordDictionary();
        known.Add(FieldClass.Name, "Arn Quillfeather");
        var spans = new Scrubber().Spans(text, PrivacyLevel.Deidentified, known, Redaction.Today);
        return Enumerable.Range(start, length).All(at => !char.IsLetterOrDigit(text[at])
            || CharUnicodeInfo.GetUnicodeCategory(text[at]) == UnicodeCategory.Format || spans.Exists(span => span.Start <= at && at < span.End));
    }
}
