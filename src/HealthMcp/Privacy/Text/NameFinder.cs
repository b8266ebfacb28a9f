namespace HealthMcp.Privacy;

/// <summary>
/// Finds names of persons, (A), by lexicon and context: titles, labels, relations, credentials, "Last, First", initials. What one
/// place shows to be a name is then looked for in the rest of the text.
/// </summary>
internal sealed class NameFinder(string text, List<TextToken> tokens)
{
    private readonly bool[] _isName = new bool[tokens.Count];
    private readonly WordKinds[] _kinds = tokens.ConvertAll(token => token.Case == TokenCase.Number ? WordKinds.None
        : Lexicon.Default.Of(text.AsSpan(token.Start, token.Length))).ToArray();

    public void Find(List<Found> found)
    {
        for (var at = 0; at < tokens.Count; at++) Look(at);
        Repeat();
        for (var at = 0; at < tokens.Count; at++)
        {
            if (!_isName[at]) continue;
            var end = at;
            while (end + 1 < tokens.Count && _isName[end + 1] && Gap(end) <= 2 && (tokens[end].Length <= 4 || text[tokens[end].End] != '.')) end++;
            found.Add(new Found("name", tokens[at].Start, tokens[end].End, null));
            at = end;
        }
    }

    private void Look(int at)
    {
        if (Is(at, WordKinds.Title) && tokens[at].IsCapital && at + 1 < tokens.Count && Gap(at) <= 2) TakeAfter(at, strong: true);
        if (Is(at, WordKinds.Relation) && at + 1 < tokens.Count && tokens[at + 1].Length > 2
            && !text.AsSpan(tokens[at].End, Gap(at)).ContainsAnyExcept(" ,(:'-")) TakeAfter(at, strong: tokens[at + 1].Case == TokenCase.Title);
        if (Is(at, WordKinds.Relation) && at + 1 < tokens.Count && tokens[at + 1].Case == TokenCase.Lower && Gap(at) == 1
            && IsOnlyGiven(at + 1)) Mark(at + 1, at + 1);
        if (Is(at, WordKinds.Label)) AfterLabel(at);
        if (Is(at, WordKinds.Credential) && tokens[at].IsCapital) BeforeCredential(at);
        if (tokens[at].Case == TokenCase.Number || _isName[at]) return;
        if (IsGivenThenFamily(at, out var last)) Mark(at, last);
        else if (IsLastFirst(at, out last)) Mark(at, last);
        else if (StandsAlone(at)) Mark(at, at);
    }

    private void AfterLabel(int at)
    {
        if (at + 1 >= tokens.Count) return;
        if (tokens[at + 1].Case == TokenCase.Lower && text.AsSpan(tokens[at + 1].Start, tokens[at + 1].Length) is "is" or "was") at++;
        if (at + 1 >= tokens.Count) return;
        var between = text.AsSpan(tokens[at].End, Gap(at));
        if (between.ContainsAny(":=|\"") || (between.Contains('-') && between.Length >= 3) || between.Contains('>'))
            TakeAfter(at, strong: !between.Contains('\n'));
        else if (between is ", ") TakeAfter(at, strong: tokens[at + 1].Case == TokenCase.Title);
        else if (tokens[at].IsCapital || IsNamed(at + 1) || tokens[at].Length <= 3) TakeAfter(at, strong: Named(at));
    }

    /// <summary>"Name is": what follows is a name whatever it is.</summary>
    private bool Named(int at) => at > 0 && tokens[at].Case == TokenCase.Lower
        && text.AsSpan(tokens[at - 1].Start, tokens[at - 1].Length).Equals("name", StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes the capitalised words that follow. Strong signs take unknown words; weak ones need a word that is known as a name.</summary>
    private void TakeAfter(int at, bool strong)
    {
        var (first, last, sure) = (at + 1, at, false);
        while (first < tokens.Count && Gap(first - 1) <= 3 && Is(first, WordKinds.Title)) first++;
        var from = Is(at, WordKinds.Title) ? at : first > at + 1 ? at + 1 : first;
        for (var i = first; i < tokens.Count && i < first + 4 && Joined(i - 1, i == at + 1); i++)
        {
            if (IsParticle(i)) continue;
            if (!CanBeName(i)) break;
            sure |= IsNamed(i) || (strong && IsUnknown(i));
            last = i;
        }

        while (last >= first && !IsNamed(last) && !IsUnknown(last) && tokens[last].Length > 1) last--;
        if (sure && last >= first) Mark(from, last);
    }

    private void BeforeCredential(int at)
    {
        var first = at;
        while (first > 0 && at - first < 3 && Gap(first - 1) <= 2
            && !text.AsSpan(tokens[first - 1].End, Gap(first - 1)).ContainsAny('\n', ';', ':') && CanBeName(first - 1)) first--;
        if (first < at && Enumerable.Range(first, at - first).Any(i => IsNamed(i) || (IsUnknown(i) && at - first > 1))) Mark(first, at - 1);
    }

    private bool IsGivenThenFamily(int at, out int last)
    {
        last = at;
        if (!Is(at, WordKinds.Given | WordKinds.GivenWord) && !IsInitial(at)) return LowOrUnknownThenFamily(at, out last);
        for (var i = at + 1; i < tokens.Count && i <= at + 5 && Joined(i - 1, false); i++)
        {
            if (IsInitial(i))
            {
                // "Sarah G." ends with one; an initial that starts a name does not make one of two.
                if (!IsInitial(at) && text.AsSpan(tokens[i].End).StartsWith(".") && Is(at, WordKinds.Given | WordKinds.GivenWord)) last = i;
                continue;
            }

            if (IsParticle(i)) continue;
            if (!CanFollow(at, i)) break;
            last = i;
        }

        return last > at;
    }

    /// <summary>"Xiomara Garcia": a word no list knows before a surname; "john smith": both known, written small.</summary>
    private bool LowOrUnknownThenFamily(int at, out int last)
    {
        last = at + 1;
        return last < tokens.Count && IsUnknown(at) && tokens[at].Case == TokenCase.Title && Joined(at, false) && Is(last, WordKinds.Surname)
            && tokens[last].IsCapital && !IsEponym(last);
    }

    private bool CanFollow(int given, int at)
    {
        if (IsEponym(at)) return false;
        var family = Is(at, WordKinds.Surname | WordKinds.SurnameWord | WordKinds.Given);
        if (tokens[given].Case == TokenCase.Lower) return family && Is(at, WordKinds.Surname) && Is(given, WordKinds.Given)
            && tokens[given].Length > 2 && !Is(at, WordKinds.Common);
        if (!tokens[at].IsCapital) return false;
        var sure = Is(given, WordKinds.Given) || tokens[given].Length == 1;
        return family ? sure || Is(at, WordKinds.Surname | WordKinds.Given) : sure && tokens[given].Length > 1 && IsUnknown(at);
    }

    private bool IsLastFirst(int at, out int last)
    {
        last = at + 1;
        if (last >= tokens.Count || Gap(at) is < 1 or > 2 || text[tokens[at].End] != ',' || !tokens[at].IsCapital || !tokens[last].IsCapital) return false;
        var family = Is(at, WordKinds.Surname | WordKinds.SurnameWord) || IsUnknown(at);
        if (!family || !Is(last, WordKinds.Given) || Is(at, WordKinds.Common)) return false;
        if (last + 1 < tokens.Count && Gap(last) == 1 && tokens[last + 1].Length == 1 && tokens[last + 1].Case == TokenCase.Title) last++;
        return true;
    }

    private bool StandsAlone(int at)
    {
        if (!tokens[at].IsCapital || tokens[at].Length < (tokens[at].Case == TokenCase.Upper ? 5 : 3)
            || !Is(at, WordKinds.Given | WordKinds.Surname)) return false;
        return !Is(at, WordKinds.Common | WordKinds.GivenWord | WordKinds.SurnameWord | WordKinds.ClinicalAfter) && !IsEponym(at);
    }

    /// <summary>A name seen once counts wherever it is written with a capital again.</summary>
    private void Repeat()
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var at = 0; at < tokens.Count; at++)
            if (_isName[at] && tokens[at].Length > 2 && !Is(at, WordKinds.Common)) seen.Add(text[tokens[at].Start..tokens[at].End]);
        if (seen.Count == 0) return;
        var lookup = seen.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var at = 0; at < tokens.Count; at++)
            if (!_isName[at] && tokens[at].IsCapital && lookup.Contains(text.AsSpan(tokens[at].Start, tokens[at].Length)) && !IsEponym(at)) _isName[at] = true;
    }

    private bool Is(int at, WordKinds any) => (_kinds[at] & any) != WordKinds.None;

    private bool IsNamed(int at) => tokens[at].IsCapital && Is(at, WordKinds.Given | WordKinds.GivenWord | WordKinds.Surname | WordKinds.SurnameWord);

    /// <summary>A single capital before a full stop or a space.</summary>
    private bool IsInitial(int at) => tokens[at] is { Length: 1, Case: TokenCase.Title } && tokens[at].End < text.Length && text[tokens[at].End] is '.' or ' ';

    private bool IsOnlyGiven(int at) => Is(at, WordKinds.Given) && !Is(at, WordKinds.Common | WordKinds.GivenWord | WordKinds.Label | WordKinds.Particle);

    private bool IsParticle(int at) => tokens[at].Case == TokenCase.Lower && Is(at, WordKinds.Particle) && at + 1 < tokens.Count
        && tokens[at + 1].Case is TokenCase.Title or TokenCase.Lower && Gap(at) <= 1;

    private bool IsUnknown(int at) => tokens[at].IsCapital && tokens[at].Length > 1 && _kinds[at] == WordKinds.None;

    private bool CanBeName(int at) => tokens[at].IsCapital && (IsNamed(at) || IsUnknown(at) || tokens[at].Length == 1) && !IsEponym(at)
        && !Is(at, WordKinds.Credential);

    /// <summary>Followed by "disease", "syndrome", "score"…: the name of a thing, not of a person who is here.</summary>
    private bool IsEponym(int at)
    {
        var next = at + 1;
        if (next < tokens.Count && tokens[next] is { Length: 1, Case: TokenCase.Lower } && text[tokens[next].Start] == 's' && Gap(at) == 1) next++;
        if (next >= tokens.Count || Gap(next - 1) > 1) return false;
        if (Is(next, WordKinds.ClinicalAfter) && !Is(next, WordKinds.Given)) return true;

        // Stevens-Johnson syndrome: what is tied to an eponym is part of it.
        return text[tokens[at].End] == '-' && tokens[next].IsCapital && IsEponym(next);
    }

    private int Gap(int at) => tokens[at + 1].Start - tokens[at].End;

    /// <summary>Only what may stand inside a name stands between the two words.</summary>
    private bool Joined(int at, bool afterSign)
    {
        var between = text.AsSpan(tokens[at].End, Gap(at));
        return between.Length <= (afterSign ? 6 : 2) && (afterSign ? !between.ContainsAny(';', '(') : !between.ContainsAnyExcept(" .'-\u00A0\t"))
            && (afterSign || !(between is ". " && tokens[at].Length > 3));
    }

    private void Mark(int first, int last)
    {
        for (var i = first; i <= last; i++) _isName[i] = true;
    }
}
