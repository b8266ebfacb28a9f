namespace HealthMcp.Privacy;

/// <summary>
/// The identifying values that a record itself gives. Free text is searched for them as words, so order, case, punctuation and the
/// possessive do not matter.
/// </summary>
internal sealed class RecordDictionary
{
    private readonly Dictionary<string, List<(string[] Words, string Kind)>> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _added = new(StringComparer.Ordinal);

    public bool IsEmpty => _values.Count == 0;

    /// <summary>How many values were given so far; it only grows.</summary>
    public int Count => _added.Count;

    public void Add(FieldClass kind, string value)
    {
        if (value.Length is < 2 or > 200 || !_added.Add(kind + value)) return;
        var folded = TextNormaliser.Fold(value);
        var words = TextToken.Split(folded).ConvertAll(token => folded[token.Start..token.End]).ToArray();
        switch (kind)
        {
            case FieldClass.Name: AddName(words); break;
            case FieldClass.Facility or FieldClass.Employer or FieldClass.City or FieldClass.Street: AddPhrase(words, kind switch
            {
                FieldClass.City => "city",
                FieldClass.Street => "address",
                _ => "facility",
            }); break;
            default: AddNumber(words, kind == FieldClass.Contact ? value.Contains('@') ? "email" : "phone" : "number"); break;
        }
    }

    /// <summary>How many tokens from this one on are a value of the record, and of which kind; 0 when none is.</summary>
    public int Match(ReadOnlySpan<char> text, List<TextToken> tokens, int at, out string kind)
    {
        kind = "";
        Span<char> upper = stackalloc char[64];
        var token = tokens[at];
        if (token.Length > upper.Length) return 0;
        var length = text[token.Start..token.End].ToUpperInvariant(upper);
        if (!_values.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(upper[..length], out var found)) return 0;
        var best = 0;
        foreach (var (words, what) in found)
        {
            if (words.Length <= best || !Matches(text, tokens, at, words, what)) continue;
            (best, kind) = (words.Length, what);
        }

        return best;
    }

    private static bool Matches(ReadOnlySpan<char> text, List<TextToken> tokens, int at, string[] words, string kind)
    {
        if (at + words.Length > tokens.Count) return false;
        var first = tokens[at];

        // A short or ordinary word that is also someone's name counts when it is written like a name.
        if (words.Length == 1 && kind == "name" && Lexicon.Default.IsNothingButOrdinary(words[0]) && !BesideName(text, tokens, at)) return false;
        if (words.Length == 1 && kind is "name" or "city" && !first.IsCapital && (first.Length <= 3 || Lexicon.Default.IsOrdinary(words[0]))) return false;
        for (var i = 1; i < words.Length; i++)
        {
            var token = tokens[at + i];
            if (token.Start - tokens[at + i - 1].End > 3 || !text[token.Start..token.End].Equals(words[i], StringComparison.OrdinalIgnoreCase)) return false;
        }

        return true;
    }

    /// <summary>A patient called Bone does not make every bone scan a name: such a word needs an initial, a title or a name beside it.</summary>
    private static bool BesideName(ReadOnlySpan<char> text, List<TextToken> tokens, int at)
    {
        for (var beside = Math.Max(0, at - 1); beside <= Math.Min(at + 1, tokens.Count - 1); beside++)
        {
            var token = tokens[beside];
            if (beside == at || !token.IsCapital || Math.Abs(beside > at ? token.Start - tokens[at].End : tokens[at].Start - token.End) > 2) continue;
            if (token.Length == 1 || Lexicon.Default.IsName(text[token.Start..token.End]) || Lexicon.Default.IsTitle(text[token.Start..token.End])) return true;
        }

        return false;
    }

    private void AddName(string[] words)
    {
        foreach (var word in words)
        {
            if (word.Length < 2 || Lexicon.Default.IsTitle(word)) continue;
            Put([word], "name");
            foreach (var nick in Lexicon.Default.Nicknames(word)) Put([nick], "name");
        }

        // The initials as one word, where there are enough of them not to be an abbreviation of the chart by chance.
        if (words.Length >= 3) Put([string.Concat(words.Select(word => word[0]))], "name");
    }

    private void AddPhrase(string[] words, string kind)
    {
        if (words.Length > 1 || (words is [{ Length: >= 4 } word] && !Lexicon.Default.IsOrdinary(word))) Put(words, kind);
    }

    private void AddNumber(string[] words, string kind)
    {
        // A speaking id such as "10-minute-apgar-score" is no word of the record's to look for.
        var digits = words.Sum(word => word.Count(char.IsAsciiDigit));
        if (kind != "email" && digits < (words.Length == 1 ? 2 : 4)) return;
        if (words.Sum(word => word.Length) < 4) return;
        Put(words, kind);
        if (words.Length == 1) return;
        var joined = string.Concat(words);
        if (joined.Length <= 64) Put([joined], kind);

        // "MRN-1234567" is also written without its prefix.
        foreach (var word in words.Where(word => word.Length >= 6 && word.Count(char.IsAsciiDigit) >= 4)) Put([word], kind);
    }

    private void Put(string[] words, string kind)
    {
        if (words.Length == 0) return;
        if (!_values.TryGetValue(words[0], out var list)) _values.Add(words[0], list = []);
        if (!list.Exists(entry => entry.Words.AsSpan().SequenceEqual(words))) list.Add((words, kind));
    }
}
