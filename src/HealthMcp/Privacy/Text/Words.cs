namespace HealthMcp.Privacy;

/// <summary>A text as words with what each of them may be: made once for all rules that read words.</summary>
internal sealed class Words
{
    private const WordKinds Name = WordKinds.Given | WordKinds.GivenWord | WordKinds.Surname | WordKinds.SurnameWord;

    /// <summary>Names that one eponym ties together, at most: a row of thousands must not be followed from each of them.</summary>
    private const int LongestTie = 6;

    private readonly WordKinds[] _kinds;
    private readonly byte[] _forms;

    public Words(string text, Lexicon lexicon)
    {
        (Text, Lexicon) = (text, lexicon);
        Tokens = TextToken.Split(text);
        _kinds = new WordKinds[Tokens.Count];
        _forms = new byte[Tokens.Count];
        var abbreviations = new Abbreviations(text);
        for (var at = 0; at < Tokens.Count; at++)
        {
            if (Tokens[at].Case == TokenCase.Number && MisreadName.Fits(Span(at), NextLetter(at))) MisreadName.Read(this, at, _kinds);
            else if (Tokens[at].Case != TokenCase.Number) _kinds[at] = IsNegation(at) ? WordKinds.Common : Read(at);
            if (Is(at, Name) && !IsBesideName(at) && !IsRelative(at) && abbreviations.Fits(Tokens[at]))
                _kinds[at] = (_kinds[at] & ~(Name | WordKinds.OpensPhrase)) | WordKinds.Common;
            HasCapital |= Tokens[at].IsCapital;
        }

        for (var at = 0; at + 1 < Tokens.Count; at++)
        {
            if (!Is(at, WordKinds.OpensPhrase)) continue;
            if (Gap(at) == 1 && Tokens[at].IsCapital == Tokens[at + 1].IsCapital
                && lexicon.IsPhrase(Span(at), Span(at + 1)) && !MayBePerson(at) && !IsPersonHere(at)) _kinds[at] = _kinds[at + 1] = WordKinds.Common;
            else _kinds[at] &= ~WordKinds.OpensPhrase;
        }
    }

    /// <summary>What the lists say of a word; who described a thing is no kind of name, and asked for by itself.</summary>
    private WordKinds Read(int at)
    {
        var kinds = Lexicon.Of(Span(at)) & ~WordKinds.Described;
        return kinds == WordKinds.None ? MisreadName.Joined(Lexicon, Span(at)) : kinds;
    }

    /// <summary>A name that medicine knows from what it is called after.</summary>
    public bool IsDescribed(int at) => Tokens[at].Case == TokenCase.Title && (Lexicon.Of(Span(at)) & WordKinds.Described) != WordKinds.None;

    /// <summary>"20/25 by Snellen": what something was measured by.</summary>
    public bool IsMethod(int at) => Tokens[at].Case == TokenCase.Lower && IsDescribed(at + 1) && !Is(at + 1, WordKinds.Given | WordKinds.Surname);

    public string Text { get; }

    public Lexicon Lexicon { get; }

    public List<TextToken> Tokens { get; }

    public int Count => Tokens.Count;

    public bool HasCapital { get; }

    public TextToken this[int at] => Tokens[at];

    public ReadOnlySpan<char> Span(int at) => Text.AsSpan(Tokens[at].Start, Tokens[at].Length);

    public bool Is(int at, WordKinds any) => (_kinds[at] & any) != WordKinds.None;

    public bool IsKnown(int at) => _kinds[at] != WordKinds.None;

    public bool IsNamed(int at) => Tokens[at].IsCapital && Is(at, Name);

    public bool IsUnknown(int at) => Tokens[at].IsCapital && Tokens[at].Length > 1 && _kinds[at] == WordKinds.None;

    /// <summary>"NG, DAVID", "ROSA LI": another name in capitals stands beside it.</summary>
    private bool IsBesideName(int at) => (at + 1 < Count && Between(at) is " " or ", " && IsNameInCapitals(at + 1))
        || (at > 0 && Between(at - 1) is " " or ", " && IsNameInCapitals(at - 1));

    /// <summary>"Daughter RITA"; "father MI" is none.</summary>
    private bool IsRelative(int at) => at > 0 && Between(at - 1) is " " or ", " or ": " && Is(at - 1, WordKinds.Relation)
        && Span(at) is "DON" or "GRACE" or "IRIS" or "JAN" or "PAM" or "PAT" or "RITA" or "SAM";

    private bool IsNameInCapitals(int at) => Tokens[at] is { Case: TokenCase.Upper, Length: > 3 } && Lexicon.IsName(Span(at))
        && (Lexicon.Of(Span(at)) & WordKinds.Common) == WordKinds.None;

    /// <summary>"Don't" is not Don.</summary>
    private bool IsNegation(int at) => at + 1 < Tokens.Count && Tokens[at + 1].Length == 1 && Text[Tokens[at + 1].Start] is 't' && Between(at) is "'";

    /// <summary>"Ivor Lewis reports", "Dr. Ivor Lewis", "Patient: Ivor Lewis": a pair that is a thing's elsewhere is a person's here.</summary>
    private bool IsPersonHere(int at)
    {
        if (IsEponym(at + 1)) return false;
        if (at + 2 < Count && Between(at + 1) is " " && PersonActs.Says(Span(at + 2))) return true;
        if (at + 2 < Count && Between(at + 1) is " " or ", " && Is(at + 2, WordKinds.Credential) && PersonActs.IsDegree(Span(at + 2))) return true;
        return at > 0 && ((Tokens[at - 1].IsCapital && Is(at - 1, WordKinds.Title) && Between(at - 1) is " " or ". ")
            || (Is(at - 1, WordKinds.Label) && Between(at - 1) is ": "));
    }

    /// <summary>"Mary Joseph", "Gordon Holmes": also a given and a family name, and a thing only where the word after them says so.</summary>
    private bool MayBePerson(int at) => Is(at, WordKinds.Given) && Is(at + 1, Name) && Between(at) is not "-" && !IsEponym(at + 1);

    private bool NextLetter(int at) => at + 1 < Tokens.Count && Gap(at) == 1 && Text[Tokens[at].End] == '\'' && Tokens[at + 1].Case == TokenCase.Title;

    /// <summary>What stands between a word and the next; nothing where there is no next.</summary>
    public ReadOnlySpan<char> Between(int at) => (uint)at + 1 < (uint)Count ? Text.AsSpan(Tokens[at].End, Gap(at)) : default;

    public int Gap(int at) => Tokens[at + 1].Start - Tokens[at].End;

    /// <summary>Followed by "disease", "syndrome", "score"…: the name of a thing, not of a person who is here.</summary>
    public bool IsEponym(int at) => IsEponym(at, LongestTie);

    private bool IsEponym(int at, int tied)
    {
        if (IsAnatomy(at)) return true;
        var next = at + 1;
        if (next < Count && Tokens[next] is { Length: 1, Case: TokenCase.Lower } && Text[Tokens[next].Start] == 's' && Gap(at) == 1) next++;
        if (next >= Count || Gap(next - 1) > 1) return false;
        if (Is(next, WordKinds.ClinicalAfter) && !Is(next, WordKinds.Given)) return next == at + 1 || !IsOfAnyone(next) || Is(at, WordKinds.Eponym
            | WordKinds.SurnameWord | WordKinds.Common) || IsDescribed(at);

        // Stevens-Johnson syndrome: what is tied to an eponym is part of it.
        return tied > 0 && Text[Tokens[at].End] == '-' && Tokens[next].IsCapital && IsEponym(next, tied - 1);
    }

    /// <summary>"Vang's hemoglobin": what is measured in anyone, and worn by anyone.</summary>
    private bool IsOfAnyone(int at) => Span(at) is "hemoglobin" or "level" or "levels" or "count" or "output" or "drainage" or "diet" or "exercises"
        or "assessment"
        or "examination" or "risk" or "depression" or "anemia" or "fever" or "breathing" or "respirations" or "cast" or "brace" or "boot" or "sling"
        or "dressing"
        or "vaccine" or "booster" or "screening" or "dementia" or "coma" or "failure" or "seizures" or "epilepsy" or "incision" or "insurance";

    /// <summary>"Morse Fall Scale", "Berg Balance Scale": one name, what is measured, and the instrument.</summary>
    public bool IsInstrument(int at)
    {
        for (var next = at + 1; next < Count && next - at <= 4 && Between(next - 1) is " "; next++)
        {
            if (Span(next) is "rule" or "score" or "scale" or "index" or "criteria" or "classification" or "grading" or "nomogram") return next > at + 1;
            if (Span(next) is "Scale" or "Score" or "Index" or "Criteria" or "Classification" or "Questionnaire" or "Inventory" or "Test") return next > at + 1;
            var small = Tokens[next].Case == TokenCase.Lower && next - at <= 2 && !Is(next, WordKinds.Relation);
            if (!(Tokens[next].Case == TokenCase.Title && Is(next, WordKinds.Common)) && !small) return false;
            if (Is(next, Name | WordKinds.Verb)) return false;
        }

        return false;
    }

    /// <summary>"Circle of Willis", "Pouch of Douglas": parts of a body are called after persons, and their names are nobody here.</summary>
    private bool IsAnatomy(int at)
    {
        if (at < 2 || !Tokens[at].IsCapital || Between(at - 1) is not " " || Span(at - 1) is not ("of" or "Of")) return false;
        if ((Is(at, WordKinds.Eponym | WordKinds.SurnameWord) || IsDescribed(at)) && Span(at - 2) is "shift" or "sign" or "signs" or "triad" or "law" or "line"
            or "lines" or "maneuver" or "method" or "gland" or "glands" or "duct" or "plexus" or "spot" or "spots" or "ring" or "pyramid" or "cells" or "layer"
            or "membrane" or "groove" or "muscle" or "ganglion" or "vein" or "artery" or "nerve" or "area" or "point" or "notch" or "disease"
            or "syndrome") return true;
        Span<char> part = stackalloc char[10];
        return Tokens[at - 2].Length <= part.Length && Span(at - 2).ToLowerInvariant(part) is var length
            && part[..length] is "circle" or "pouch" or "loop" or "bundle" or "sphincter" or "islets" or "ampulla" or "canal" or "crypts" or "foramen"
            or "fascia"
                or "ligament" or "tetralogy" or "space" or "node" or "valve" or "angle" or "zonule" or "tubercle" or "fissure";
    }

    /// <summary>A word that may be part of a person's name and is, by its look, no word of medicine.</summary>
    public bool MayBeName(int at) => Tokens[at].IsCapital
        && (IsNamed(at) || (Tokens[at].Length > 2 && Tokens[at].Case == TokenCase.Title && _kinds[at] is WordKinds.None or WordKinds.Town
        && !IsClinicalForm(at)));

    /// <summary>A name by a word before or after it alone: nothing else that charts write.</summary>
    public bool MayStandAlone(int at) => MayBeName(at)
        && !Is(at, WordKinds.Common | WordKinds.Organisation | WordKinds.Verb | WordKinds.ClinicalAfter | WordKinds.Title | WordKinds.Label | WordKinds.Relation
            | WordKinds.Credential);

    /// <summary>The word ends a clause, or what follows is no noun that it could belong to.</summary>
    public bool EndsClause(int at) => at + 1 >= Count || Between(at) is not (" " or "-" or "/") || Tokens[at + 1].Case == TokenCase.Number
        || Tokens[at + 1].IsCapital || Is(at + 1, WordKinds.Verb | WordKinds.Relation);

    /// <summary>The first word of a sentence, line or item.</summary>
    public bool StartsSentence(int at) => at == 0 || Between(at - 1).ContainsAny(".:;!?\n") || Between(at - 1).ContainsAny("-*\u2022");

    /// <summary>Asked of one word by many rules; the pattern is run once.</summary>
    private bool IsClinicalForm(int at)
    {
        if (_forms[at] == 0) _forms[at] = ClinicalForm.Fits(Span(at)) ? (byte)1 : (byte)2;
        return _forms[at] == 1;
    }
}
