namespace HealthMcp.Privacy;

/// <summary>
/// Finds names of persons, (A), by lexicon and context: titles, labels, relations, credentials, "Last, First", initials. What one
/// place shows to be a name is then looked for in the rest of the _text.
/// </summary>
internal sealed class NameFinder
{
    /// <summary>Titles before one name. Of more, each looks for the name by itself, and not all for the same.</summary>
    private const int MostTitles = 4;

    private readonly Words _words;
    private readonly string _text;
    private readonly List<TextToken> _tokens;
    private readonly bool[] _isName;

    public NameFinder(Words words)
    {
        (_words, _text, _tokens) = (words, words.Text, words.Tokens);
        _isName = new bool[words.Count];
    }

    public void Find(List<Found> found)
    {
        for (var at = 0; at < _tokens.Count; at++) Look(at);
        Action<int, int> mark = Mark;
        new ContextNames(_words).Find(mark);
        PersonCues.Find(_words, mark);
        LowerNames.Find(_words, mark);
        Letters.Find(_words, mark);
        Initials.Find(_words, mark);
        NameLists.Find(_words, _isName, mark);
        NameLists.GoOn(_words, _isName);
        NameEdges.Find(_words, _isName, mark);
        Repeat();
        for (var at = 0; at < _tokens.Count; at++)
        {
            if (!_isName[at]) continue;
            var end = at;
            while (end + 1 < _tokens.Count && _isName[end + 1] && Gap(end) <= 2 && (_tokens[end].Length <= 4 || _text[_tokens[end].End] != '.')) end++;
            if (IsSuffix(end + 1)) end++;
            if (IsTiedSmall(end + 1)) end++;
            while (IsOpeningParticle(at - 1)) at--;
            var first = IsPrefix(at - 1) ? at - 1 : at;
            found.Add(new Found("name", _tokens[first].Start, _tokens[end].End, null));
            at = end;
        }
    }

    /// <summary>"Min-jun", "al-masri": the half after a hyphen may be written small where it is no word.</summary>
    private bool IsTiedSmall(int at) => at < _tokens.Count && _words.Between(at - 1) is "-" && _tokens[at] is { Case: TokenCase.Lower, Length: > 1 }
        && !_words.IsKnown(at) && !ClinicalForm.Fits(_words.Span(at)) && !EnglishWords.Has(_words.Span(at));

    /// <summary>"van der Berg, Pieter".</summary>
    private bool IsOpeningParticle(int at) => at >= 0 && _words.Between(at) is " " && _words.Span(at) is "van" or "von" or "der" or "den" or "de" or "del"
        or "della" or "di" or "da" or "dos" or "bin" or "ibn" or "al" or "el" or "zu" or "zum" or "af" or "la" or "le" or "du"
        || (at >= 0 && _words.Between(at) is ". " && _words.Span(at) is "St");

    /// <summary>"Tremblay Jr.", "Feldspar, III".</summary>
    private bool IsSuffix(int at) => at < _tokens.Count && _words.Between(at - 1) is " " or ", "
        && _words.Span(at) is "Jr" or "Sr" or "JR" or "SR" or "II" or "III" or "IV" or "Jnr" or "Snr";

    /// <summary>"Ja'Marcus", "O'Brien".</summary>
    private bool IsPrefix(int at) => at >= 0 && _tokens[at] is { Length: <= 3, IsCapital: true } && _words.Between(at) is "'" && _tokens[at + 1].IsCapital;

    private void Look(int at)
    {
        if (Is(at, WordKinds.Title) && _tokens[at].IsCapital && at + 1 < _tokens.Count && Gap(at) <= 2 && !IsSize(at))
            TakeAfter(at, strong: !Is(at, WordKinds.Relation) || _tokens[at + 1].Case == TokenCase.Title);
        if (Is(at, WordKinds.Relation) && at + 1 < _tokens.Count
            && (_tokens[at + 1].Length > 2 || IsDotted(at + 1)) && !_text.AsSpan(_tokens[at].End, Gap(at)).ContainsAnyExcept(" ,(:'-")) TakeAfter(at,
            strong: _tokens[at + 1].Case == TokenCase.Title);
        if (Is(at, WordKinds.Relation) && at + 1 < _tokens.Count && _tokens[at + 1].Case == TokenCase.Lower && Gap(at) == 1
            && IsOnlyGiven(at + 1)) Mark(at + 1, at + 1);
        if (IsTwin(at)) Mark(at + 2, NameRun.From(_words, at + 2).Last);
        if (Is(at, WordKinds.Label)) AfterLabel(at);
        if (Is(at, WordKinds.Credential) && _tokens[at].IsCapital) BeforeCredential(at);
        if (_tokens[at].Case == TokenCase.Number || _isName[at]) return;
        if (IsGivenThenFamily(at, out var last)) Mark(at, last);
        else if (IsLastFirst(at, out last)) Mark(at, last);
        else if (StandsAlone(at)) Mark(at, at);
    }

    /// <summary>"Counselor B. Ngata".</summary>
    private bool IsDotted(int at) => _tokens[at] is { Length: 1, Case: TokenCase.Title } && _words.Between(at) is ". "
        && _tokens[at + 1].Case == TokenCase.Title;

    /// <summary>"Twin B (Ayana)".</summary>
    private bool IsTwin(int at) => at + 2 < _tokens.Count && _words.Span(at) is "Twin" or "twin" or "Baby" or "baby" or "Triplet" or "triplet"
        && _tokens[at + 1].Length == 1 && _words.Between(at + 1) is " (" or ", " or ": " && _words.MayStandAlone(at + 2);

    /// <summary>"7 Fr catheter": French, and nobody's father.</summary>
    private bool IsSize(int at) => at > 0 && _words.Span(at) is "Fr" && _tokens[at - 1].Case == TokenCase.Number && Gap(at - 1) <= 1;

    private void AfterLabel(int at)
    {
        if (at + 1 >= _tokens.Count) return;
        if (_tokens[at + 1].Case == TokenCase.Lower && _text.AsSpan(_tokens[at + 1].Start, _tokens[at + 1].Length) is "is" or "was") at++;
        if (at + 1 >= _tokens.Count) return;
        var between = _text.AsSpan(_tokens[at].End, Gap(at));
        if (between.ContainsAny(":=|\"") || (between.Contains('-') && between.Length >= 3) || between.Contains('>'))
            TakeAfter(at, strong: !between.Contains('\n'));
        else if (between is ", ") TakeAfter(at, strong: _tokens[at + 1].Case == TokenCase.Title);
        else if (!between.Contains(')') && !_words.IsMethod(at) && (_tokens[at].IsCapital || IsNamed(at + 1)
            || _tokens[at].Length <= 3)) TakeAfter(at, strong: Named(at));
    }

    /// <summary>"Name is": what follows is a name whatever it is.</summary>
    private bool Named(int at) => at > 0 && _tokens[at].Case == TokenCase.Lower
        && _text.AsSpan(_tokens[at - 1].Start, _tokens[at - 1].Length).Equals("name", StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes the capitalised words that follow. Strong signs take unknown words; weak ones need a word that is known as a name.</summary>
    private void TakeAfter(int at, bool strong)
    {
        var (first, last, sure) = (at + 1, at, false);
        while (first < _tokens.Count && first - at <= MostTitles && Gap(first - 1) <= 3 && Is(first, WordKinds.Title)) first++;
        var from = Is(at, WordKinds.Title) ? at : first > at + 1 ? at + 1 : first;
        for (var i = first; i < _tokens.Count && i < first + 4 && Joined(i - 1, i == at + 1); i++)
        {
            if (IsParticle(i)) continue;
            if (i == first && IsSurnameByTitle(at, i))
            {
                Mark(from, i);
                return;
            }

            if (!CanBeName(i)) break;
            sure |= IsNamed(i) || (strong && IsUnknown(i));
            last = i;
        }

        while (last >= first && !IsNamed(last) && !IsUnknown(last) && _tokens[last].Length > 1) last--;
        if (sure && last >= first) Mark(from, IsFirstAfterLast(last) ? Middle(last + 1) : last);
    }

    /// <summary>"Dr. Bone said": any word is a surname after a form of address, but where every word is written with a capital.</summary>
    private bool IsSurnameByTitle(int title, int at) => _tokens[title].Case == TokenCase.Title && LowerNames.IsFormOfAddress(_words.Span(title))
        && _words.Between(title) is ". " or " " && _tokens[at] is { Case: TokenCase.Title, Length: > 2 } && !IsNamed(at)
        && Is(at, WordKinds.Common)
        && !Is(at, WordKinds.Verb | WordKinds.Organisation | WordKinds.Relation | WordKinds.Title | WordKinds.Credential | WordKinds.Label)
        && (at + 1 >= _tokens.Count || _words.Between(at) is not " " || _tokens[at + 1].Case == TokenCase.Lower);

    /// <summary>"Contact: HALLORAN, MAEVE": what follows a family name and a comma in the same writing.</summary>
    private bool IsFirstAfterLast(int last) => last + 1 < _tokens.Count && _words.Between(last) is ", " && (IsLetter(last + 1)
        || (_tokens[last].Case == _tokens[last + 1].Case
        && (_words.MayStandAlone(last + 1) || (IsUnknown(last + 1) && _tokens[last + 1].Length > 3 && !Is(last, WordKinds.Given)))));

    private bool IsLetter(int at) => _tokens[at].Length == 1 && _tokens[at].IsCapital && (at + 1 >= _tokens.Count || _words.Between(at) is not " ");

    private void BeforeCredential(int at)
    {
        // "Billroth II", "Crawford III" count; "Orin Feldspar III" is a grandson.
        if (_words.Span(at) is "II" or "III" or "IV"
            && (at < 2 || _words.Between(at - 2) is not " " || !_tokens[at - 2].IsCapital || Is(at - 1, WordKinds.SurnameWord | WordKinds.Common)
            || IsUnknown(at - 1))) return;
        var first = at;
        while (first > 0 && at - first < 3 && Gap(first - 1) <= 2
            && !_text.AsSpan(_tokens[first - 1].End, Gap(first - 1)).ContainsAny('\n', ';', ':') && CanBeName(first - 1)) first--;
        if (first < at && Enumerable.Range(first, at - first).Any(i => IsNamed(i) || (IsUnknown(i) && at - first > 1))) Mark(first, at - 1);
    }

    private bool IsGivenThenFamily(int at, out int last)
    {
        last = at;
        if (Eponyms.IsPair(_words, at)) return false;
        if (!Is(at, WordKinds.Given | WordKinds.GivenWord) && !IsInitial(at)) return LowOrUnknownThenFamily(at, out last);
        for (var i = at + 1; i < _tokens.Count && i <= at + 5 && Joined(i - 1, false); i++)
        {
            if (IsInitial(i))
            {
                // "Sarah G." ends with one; an initial that starts a name does not make one of two.
                if (!IsInitial(at) && _text.AsSpan(_tokens[i].End).StartsWith(".") && Is(at, WordKinds.Given | WordKinds.GivenWord)) last = i;
                continue;
            }

            if (IsParticle(i)) continue;
            if (CanFollow(at, i)) last = i;
            else if (!IsMiddle(at, i)) break;
        }

        return last > at;
    }

    /// <summary>"Helen Grace Milliken": a given name that is also a word, between a given name and what may be a family name.</summary>
    private bool IsMiddle(int given, int at) => Is(given, WordKinds.Given) && Is(at, WordKinds.GivenWord) && _tokens[at].Case == TokenCase.Title
        && !IsEponym(at);

    /// <summary>"Xiomara Garcia": a word no list knows before a surname; "john smith": both known, written small.</summary>
    private bool LowOrUnknownThenFamily(int at, out int last)
    {
        last = at + 1;
        return last < _tokens.Count && IsUnknown(at) && _tokens[at].Case == TokenCase.Title && Joined(at, false) && Is(last, WordKinds.Surname)
            && _tokens[last].IsCapital && !IsEponym(last);
    }

    private bool CanFollow(int given, int at)
    {
        if (IsEponym(at)) return false;
        var family = Is(at, WordKinds.Surname | WordKinds.SurnameWord | WordKinds.Given);
        if (_tokens[given].Case == TokenCase.Lower) return family && Is(given, WordKinds.Given) && _tokens[given].Length > 2
            && !Is(at, WordKinds.Common) && (Is(at, WordKinds.Surname) || (IsOnlyGiven(given) && _tokens[given].Length > 3 && !Is(at, WordKinds.Verb)));
        if (!_tokens[at].IsCapital) return false;
        var sure = Is(given, WordKinds.Given) || _tokens[given].Length == 1;
        return family ? sure || Is(at, WordKinds.Surname | WordKinds.Given) : sure && _tokens[given].Length > 1 && IsUnknown(at);
    }

    private bool IsLastFirst(int at, out int last)
    {
        last = at + 1;
        if (last >= _tokens.Count || Gap(at) is < 1 or > 2 || _text[_tokens[at].End] != ',' || !_tokens[at].IsCapital || !_tokens[last].IsCapital) return false;
        var family = Is(at, WordKinds.Surname | WordKinds.SurnameWord) || IsUnknown(at);
        if (Is(at, WordKinds.Surname) && !Is(at, WordKinds.Common) && _words.StartsSentence(at) && IsLetter(last)
            && _text[_tokens[at].End..].StartsWith(", ", StringComparison.Ordinal)) return true;
        if (Is(at, WordKinds.Surname) && IsLastInitialActs(at)) return true;
        if (!family || !Is(last, WordKinds.Given) || (Is(at, WordKinds.Common) && !IsHeading(at, last))) return false;
        last = Middle(last);
        if (last + 1 < _tokens.Count && Gap(last) == 1 && _tokens[last + 1].Length == 1 && _tokens[last + 1].Case == TokenCase.Title) last++;
        return true;
    }

    /// <summary>"HARRIS, T discharged AMA".</summary>
    private bool IsLastInitialActs(int at) => _tokens[at] is { Case: TokenCase.Upper, Length: > 3 } && _words.Between(at) is ", " && _tokens[at + 1].Length == 1
        && at + 2 < _tokens.Count && _words.Between(at + 1) is " " && _tokens[at + 2].Case == TokenCase.Lower && Is(at + 2, WordKinds.Verb);

    /// <summary>"Nguyen, Thi Lan (…": a second given name, before what is no word.</summary>
    private int Middle(int last) => last + 1 < _tokens.Count && _words.Between(last) is " " && _tokens[last + 1] is { Case: TokenCase.Title, Length: > 1 }
        && (IsNamed(last + 1) || IsUnknown(last + 1)) && !IsEponym(last + 1) && (last + 2 >= _tokens.Count || _words.Between(last + 1) is not " ") ? last + 1
        : last;

    /// <summary>"Hodgkin, Peter - seen in oncology": a name of medicine that opens a line, and a given name that ends there.</summary>
    private bool IsHeading(int at, int last) => _words.IsDescribed(at) && _words.StartsSentence(at) && IsOnlyGiven(last)
        && (last + 1 >= _tokens.Count || _words.Between(last) is not (" " or ", "));

    private bool StandsAlone(int at)
    {
        if (!_tokens[at].IsCapital || _tokens[at].Length < (_tokens[at].Case == TokenCase.Upper ? 5 : 3)
            || !Is(at, WordKinds.Given | WordKinds.Surname)) return false;
        return !Is(at, WordKinds.Common | WordKinds.GivenWord | WordKinds.SurnameWord | WordKinds.ClinicalAfter) && !IsEponym(at)
            && !_words.IsInstrument(at) && !(Is(at, WordKinds.Institution) && Institutions.IsGrade(_words, at))
            && !Eponyms.Fits(_words, at)
            && ((Is(at, WordKinds.Given) && !Is(at, WordKinds.Surname)) || !Grades.Fits(_words, at));
    }

    /// <summary>A name seen once counts wherever it is written with a capital again.</summary>
    private void Repeat()
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var at = 0; at < _tokens.Count; at++)
            if (_isName[at] && _tokens[at].Length > 2 && !Is(at, WordKinds.Common)) seen.Add(_text[_tokens[at].Start.._tokens[at].End]);
        if (seen.Count == 0) return;
        var lookup = seen.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var at = 0; at < _tokens.Count; at++)
            if (!_isName[at] && _tokens[at].IsCapital && lookup.Contains(_text.AsSpan(_tokens[at].Start, _tokens[at].Length))
                && !IsEponym(at)) _isName[at] = true;
    }

    private bool Is(int at, WordKinds any) => _words.Is(at, any);

    private bool IsNamed(int at) => _words.IsNamed(at);

    private bool IsUnknown(int at) => _words.IsUnknown(at);

    private bool IsEponym(int at) => _words.IsEponym(at);

    /// <summary>A single capital before a full stop or a space.</summary>
    private bool IsInitial(int at) => _tokens[at] is { Length: 1, Case: TokenCase.Title } && _tokens[at].End < _text.Length
        && (_text[_tokens[at].End] is '.' || (_text[_tokens[at].End] is ' ' && !IsArticle(at)));

    /// <summary>"A Foley was placed".</summary>
    private bool IsArticle(int at) => _text[_tokens[at].Start] is 'A' && _words.StartsSentence(at) && at + 1 < _tokens.Count
        && (Is(at + 1, WordKinds.Eponym | WordKinds.SurnameWord) || _words.IsDescribed(at + 1));

    private bool IsOnlyGiven(int at) => Is(at, WordKinds.Given) && !Is(at, WordKinds.Common | WordKinds.GivenWord | WordKinds.Label | WordKinds.Particle);

    private bool IsParticle(int at) => at + 1 < _tokens.Count && Is(at, WordKinds.Particle) && Gap(at) <= 1
        && (_tokens[at].Case == TokenCase.Lower ? _tokens[at + 1].Case is TokenCase.Title or TokenCase.Lower : IsBigParticle(at));

    /// <summary>"DE LA CRUZ" where all is written big.</summary>
    private bool IsBigParticle(int at) => _tokens[at].Case == TokenCase.Upper && _tokens[at + 1].Case == TokenCase.Upper
        && _words.Span(at) is "DE" or "LA" or "DEL" or "LOS" or "LAS" or "VAN" or "DER" or "DEN" or "VON" or "DA" or "DI" or "BIN" or "DOS" or "DU" or "TER";

    private bool CanBeName(int at) => _tokens[at].IsCapital && (IsNamed(at) || IsUnknown(at) || _tokens[at].Length == 1) && !IsEponym(at)
        && !Is(at, WordKinds.Credential);

    private int Gap(int at) => _words.Gap(at);

    /// <summary>Only what may stand inside a name stands between the two words.</summary>
    private bool Joined(int at, bool afterSign)
    {
        var between = _text.AsSpan(_tokens[at].End, Gap(at));
        return between.Length <= (afterSign ? 6 : 2) && (afterSign ? !between.Contains(';') && (!between.Contains('(')
            || Is(at, WordKinds.Relation)) : !between.ContainsAnyExcept(" .'-\u00A0\t"))
            && (afterSign || !(between is ". " && _tokens[at].Length > 3));
    }

    private void Mark(int first, int last)
    {
        for (var i = first; i <= last; i++) _isName[i] = true;
    }
}
