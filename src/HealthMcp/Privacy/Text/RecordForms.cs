using System.Text;

namespace HealthMcp.Privacy;

/// <summary>The forms in which texts write the identifying values of a record: words, runs of digits, dates.</summary>
internal sealed class RecordForms
{
    private const int Longest = 256;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly KnownWords _words = new();
    private readonly KnownRuns _runs = new();
    private readonly KnownDates _dates = new();

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

    public void Add(FieldClass kind, string value)
    {
        if (IsNumber(kind, value))
        {
            AddNumber(value, kind == FieldClass.Contact ? "phone" : "number");
            return;
        }

        var folded = TextNormaliser.Fold(value);
        var words = TextToken.Split(folded).ConvertAll(token => folded[token.Start..token.End]).ToArray();
        switch (kind)
        {
            case FieldClass.Name: AddName(words); break;
            case FieldClass.Street: AddStreet(words); break;
            case FieldClass.City: AddPhrase(words, "city"); break;
            case FieldClass.Facility when IsPlainPhrase(value): break;
            case FieldClass.Facility or FieldClass.Employer: AddPhrase(words, "facility"); break;
            case FieldClass.Birth: AddBirth(value); break;
            default: AddMail(words, folded); break;
        }
    }

    // "Right breast" stands where a place may stand too. What is written as a phrase, in the words of any chart, names no place; taught, it would take
    // the site out of every procedure and finding.
    private static bool IsPlainPhrase(string value)
    {
        var words = value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 && char.IsUpper(words[0][0]) && words.Skip(1).All(word => char.IsLower(word[0]))
            && Array.TrueForAll(words, word => Lexicon.Default.IsNothingButOrdinary(word));
    }

    private static bool IsNumber(FieldClass kind, string value) => kind switch
    {
        FieldClass.Name or FieldClass.Street or FieldClass.City or FieldClass.Facility or FieldClass.Employer or FieldClass.Birth => false,
        FieldClass.Contact => !value.Contains('@'),
        _ => true,
    };

    /// <summary>A year alone may be said.</summary>
    private void AddBirth(string value)
    {
        if (KnownDates.TryRead(value, out var date)) _dates.Add(date);
        else if (value.Length > 5) AddNumber(value, "number");
    }

    private void AddName(string[] words)
    {
        var names = words.Where(word => !Lexicon.Default.IsTitle(word)).ToArray();
        foreach (var word in names)
        {
            if (word.Length < 2 || !_names.Add(word)) continue;
            _words.Put([word], "name");
            if (word.Length >= 4) _words.Put([.. word.Select(letter => letter.ToString())], "name");
            foreach (var nick in Lexicon.Default.Nicknames(word)) _words.Put([nick], "name");
        }

        if (names.Length < 2) return;
        _words.Put(names, "name");
        _words.Put([names[^1], names[0]], "name");
        _words.Put([names[0], names[^1]], "name");
        _words.Put([string.Concat(names[0], names[^1])], "name");
        AddUserName(names[0][..1] + names[^1]);
        AddUserName(names[^1] + names[0][..1]);
        AddInitials(names);
    }

    /// <summary>"mjones", "jonesm": what systems call a person, where it is no word of a chart.</summary>
    private void AddUserName(string name)
    {
        if (name.Length >= 5 && Lexicon.Default.Of(name) == WordKinds.None && !ClinicalForm.Fits(name)) _words.Put([name], "name");
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
        if (names.Length < 3) return;
        _words.Put([string.Concat(names.Select(word => word[0]))], "name");
        _words.Put([.. names.Select(word => word[..1])], "name");
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

    private void AddNumber(string value, string kind)
    {
        var folded = Ascii.IsValid(value) ? value : TextNormaliser.Fold(value);
        Span<char> joined = stackalloc char[Longest];
        var (length, words, digits, start, inside) = (0, 0, 0, 0, 0);
        for (var at = 0; at <= folded.Length && length < Longest; at++)
        {
            var c = at < folded.Length ? folded[at] : ' ';
            if (char.IsLetterOrDigit(c))
            {
                if (length == start) words++;
                joined[length++] = char.ToUpperInvariant(c);
                if (char.IsAsciiDigit(c)) (digits, inside) = (digits + 1, inside + 1);
                continue;
            }

            // "MRN-1234567" is also written without its prefix.
            if (length - start >= 6 && inside >= 4 && length - start < folded.Length) _runs.Add(joined[start..length], kind);
            (start, inside) = (length, 0);
        }

        if (length == ShortRuns.Length && digits > 0) _runs.Add(joined[..length], kind);

        // A speaking id such as "10-minute-apgar-score" is no word of the record's to look for.
        if (length < 4 || digits < (words == 1 ? 2 : 4)) return;
        _runs.Add(joined[..length], kind);
        if (kind == "phone") AddPhone(joined[..length]);
    }

    /// <summary>With and without the country, and without the area.</summary>
    private void AddPhone(ReadOnlySpan<char> digits)
    {
        var national = digits.Length == 11 && digits[0] == '1' ? digits[1..] : digits;
        if (national.Length != 10) return;
        _runs.Add(national, "phone");
        _runs.Add($"1{national}", "phone");
        _runs.Add(national[3..], "phone");
    }
}
