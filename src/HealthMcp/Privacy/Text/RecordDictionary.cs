using System.Buffers;

namespace HealthMcp.Privacy;

/// <summary>
/// The identifying values that a record itself gives. Free text is searched for them as words, so order, case, punctuation and the
/// possessive do not matter.
/// </summary>
internal sealed class RecordDictionary
{
    private const int LongestPlain = 64;

    private static readonly SearchValues<char> Separators =
        SearchValues.Create([.. Enumerable.Range(0, 128).Select(c => (char)c).Where(c => !char.IsAsciiLetterOrDigit(c))]);

    private readonly KnownWords _words = new();
    private readonly KnownRuns _runs = new();
    private readonly KnownDates _dates = new();
    private readonly HashSet<(FieldClass Kind, string Value)> _added = [];

    public bool IsEmpty => Count == 0;

    /// <summary>How many values were given so far; it only grows.</summary>
    public int Count { get; private set; }

    public void Add(FieldClass kind, string value)
    {
        if (_added.Add((kind, value))) AddNew(kind, value);
    }

    /// <summary>The same for a value that is known to come for the first time.</summary>
    public void AddNew(FieldClass kind, string value)
    {
        if (value.Length is < 2 or > 200) return;
        Count++;
        if (kind is FieldClass.Id or FieldClass.Number && AddPlainNumber(value)) return;
        var folded = TextNormaliser.Fold(value);
        var words = TextToken.Split(folded).ConvertAll(token => folded[token.Start..token.End]).ToArray();
        switch (kind)
        {
            case FieldClass.Name: AddName(words); break;
            case FieldClass.Street: AddStreet(words); break;
            case FieldClass.City: AddPhrase(words, "city"); break;
            case FieldClass.Facility or FieldClass.Employer: AddPhrase(words, "facility"); break;
            case FieldClass.Birth when KnownDates.TryRead(value, out var date): _dates.Add(date); break;
            case FieldClass.Contact when value.Contains('@'): AddMail(words, folded); break;
            default: AddNumber(words, kind == FieldClass.Contact ? "phone" : "number"); break;
        }
    }

    /// <summary>How many tokens from this one on are a value of the record, and of which kind; 0 when none is.</summary>
    public int Match(ReadOnlySpan<char> text, List<TextToken> tokens, int at, out string kind)
    {
        kind = "";
        var best = _words.Match(text, tokens, at, ref kind);
        var number = "";
        if (_runs.Match(text, tokens, at, ref number) is var run && run > best) (best, kind) = (run, number);
        if (_dates.Match(text, tokens, at) is var date && date > best) (best, kind) = (date, "date");
        return best;
    }

    private void AddName(string[] words)
    {
        var names = words.Where(word => !Lexicon.Default.IsTitle(word)).ToArray();
        foreach (var word in names)
        {
            if (word.Length < 2) continue;
            _words.Put([word], "name");
            if (word.Length >= 4) _words.Put([.. word.Select(letter => letter.ToString())], "name");
            foreach (var nick in Lexicon.Default.Nicknames(word)) _words.Put([nick], "name");
        }

        if (names.Length < 2) return;
        _words.Put(names, "name");
        _words.Put([names[^1], names[0]], "name");
        _words.Put([names[0], names[^1]], "name");
        _words.Put([string.Concat(names[0], names[^1])], "name");
        AddInitials(names);
    }

    private void AddInitials(string[] names)
    {
        var (first, last) = (names[0][..1], names[^1][..1]);
        foreach (var name in names.Where(name => name.Length > 1))
        {
            _words.Put([first, name], "name");
            _words.Put([name, first], "name");
            if (names.Length > 2) _words.Put([first, names[1][..1], name], "name");
        }

        _words.Put([first, last], "name");
        _words.Put([first + last], "name");

        // The initials as one word, where there are enough of them not to be an abbreviation of the chart by chance.
        if (names.Length >= 3) _words.Put([string.Concat(names.Select(word => word[0]))], "name");
    }

    /// <summary>"442 Larch Avenue Apt 3" also as "442 Larch", "442 larch ave" and "Larch Avenue".</summary>
    private void AddStreet(string[] words)
    {
        AddPhrase(words, "address");
        if (words.Length < 2 || !char.IsAsciiDigit(words[0][0])) return;
        var name = Array.FindIndex(words, 1, word => !StreetWords.IsKind(word) && word.Length > 2);
        if (name < 0) return;
        for (var length = name + 1; length < words.Length; length++) _words.Put(words[..length], "address");
        if (name > 1) for (var length = name + 1; length <= words.Length; length++) _words.Put([words[0], .. words[name..length]], "address");
        if (name + 1 < words.Length && StreetWords.IsKind(words[name + 1])) _words.Put(words[name..(name + 2)], "address");
    }

    private void AddPhrase(string[] words, string kind)
    {
        if (words.Length > 1 || (words is [{ Length: >= 4 } word] && !Lexicon.Default.IsOrdinary(word))) _words.Put(words, kind);
    }

    private void AddMail(string[] words, string folded)
    {
        _words.Put(words, "email");
        var local = TextToken.Split(folded[..folded.IndexOf('@')]).ConvertAll(token => folded[token.Start..token.End]).ToArray();
        if (local.Length > 1 || (local is [{ Length: >= 5 } word] && !Lexicon.Default.IsOrdinary(word))) _words.Put(local, "email");
    }

    /// <summary>An id as systems write it, which is most of what an answer teaches: no word of it needs to be looked for one by one.</summary>
    private bool AddPlainNumber(string value)
    {
        Span<char> run = stackalloc char[LongestPlain];
        if (value.Length > run.Length) return false;
        var (length, digits, words, part) = (0, 0, 0, 0);
        for (var at = 0; at <= value.Length; at++)
        {
            var c = at < value.Length ? value[at] : ' ';
            if (!char.IsAscii(c) || c is '%' or '&' or '+') return false;
            if (char.IsAsciiLetterOrDigit(c))
            {
                run[length++] = char.ToUpperInvariant(c);
                if (char.IsAsciiDigit(c)) digits++;
            }
            else if (length > part)
            {
                words++;
                part = length;
            }
        }

        // A speaking id such as "10-minute-apgar-score" is no word of the record's to look for.
        if (length < 4 || digits < (words == 1 ? 2 : 4)) return true;
        if (!_runs.Add(run[..length], "number")) return false;
        if (words > 1) AddParts(value);
        return true;
    }

    /// <summary>"MRN-1234567" is also written without its prefix.</summary>
    private void AddParts(string value)
    {
        Span<char> part = stackalloc char[LongestPlain];
        foreach (var range in value.AsSpan().SplitAny(Separators))
            if (value.AsSpan()[range] is var word && IsPartOfItsOwn(word)) _runs.Add(part[..word.ToUpperInvariant(part)], "number");
    }

    private static bool IsPartOfItsOwn(ReadOnlySpan<char> word)
    {
        if (word.Length < 6) return false;
        var digits = 0;
        foreach (var c in word) if (char.IsAsciiDigit(c)) digits++;
        return digits >= 4;
    }

    private void AddNumber(string[] words, string kind)
    {
        var digits = words.Sum(word => word.Count(char.IsAsciiDigit));
        if (digits < (words.Length == 1 ? 2 : 4)) return;
        var joined = string.Concat(words);
        if (joined.Length < 4) return;
        if (!_runs.Add(joined, kind)) _words.Put(words, kind);
        if (kind == "phone") AddPhone(joined);
        if (words.Length == 1) return;
        foreach (var word in words) if (IsPartOfItsOwn(word)) _runs.Add(word, kind);
    }

    /// <summary>With and without the country, and without the area.</summary>
    private void AddPhone(string digits)
    {
        var national = digits.Length == 11 && digits[0] == '1' ? digits[1..] : digits;
        if (national.Length != 10) return;
        _runs.Add(national, "phone");
        _runs.Add("1" + national, "phone");
        _runs.Add(national.AsSpan(3), "phone");
    }
}
