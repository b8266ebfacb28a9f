namespace HealthMcp.Privacy;

/// <summary>(A) Names written small, as dictation and messages have them, where the words before leave no doubt: "my name is maria lopez", "dr
/// patel".</summary>
internal static class LowerNames
{
    private const WordKinds NotAName = WordKinds.Common | WordKinds.Verb | WordKinds.Organisation | WordKinds.Relation | WordKinds.Title
        | WordKinds.ClinicalAfter | WordKinds.Credential | WordKinds.Label;

    public static void Find(Words words, Action<int, int> mark)
    {
        for (var at = 0; at + 1 < words.Count; at++)
        {
            if (words[at].Case == TokenCase.Lower && words.Is(at, WordKinds.Given) && Opens(words, at)) mark(at, at);
            if (words[at + 1].Case != TokenCase.Lower || words[at].Case == TokenCase.Number) continue;
            var from = words.Is(at, WordKinds.Title) && IsFormOfAddress(words.Span(at)) ? at : at + 1;
            var sure = from == at || IsSaid(words, at);
            if (!sure && !(IsPerson(words, at) && (IsListed(words, at + 1) || IsShortThenFamily(words, at + 1)))) continue;
            if (SignsOff(words, at)) mark(at + 1, at + 1);
            if (words.Gap(at) > 3 || words.Between(at).ContainsAny(",;\n") || !IsName(words, at + 1, listed: false)) continue;
            var last = End(words, at + 1);
            if (words.Between(at).Contains(':') && last + 1 < words.Count && words.Between(last) is ", " && IsName(words, last + 1, listed: false))
                last = End(words, last + 1);
            else if (words.Is(last, WordKinds.Surname) && last + 1 < words.Count && words.Between(last) is ", " && words.Is(last + 1, WordKinds.Given)
                && IsListed(words, last + 1)) last++;
            mark(from, last);
            at = last;
        }
    }

    /// <summary>"donna reports", "donna p.": a given name and nothing else, first in a sentence and before what a person does.</summary>
    private static bool Opens(Words words, int at) => words[at].Length > 3 && words.StartsSentence(at) && words.Between(at) is " "
        && !words.Is(at, NotAName | WordKinds.GivenWord | WordKinds.SurnameWord | WordKinds.Town)
        && (words.Is(at + 1, WordKinds.Verb) || (words[at + 1].Length == 1 && words.Text.AsSpan(words[at + 1].End).StartsWith(".")));

    private static int End(Words words, int at)
    {
        var last = at;
        while (last + 1 < words.Count && last - at < 3 && words.Between(last) is " " or "-" or "'" && words[last + 1].Case == TokenCase.Lower
            && (IsName(words, last + 1, listed: false) || IsParticle(words, last + 1))) last++;
        while (last > at && IsParticle(words, last)) last--;
        return last;
    }

    private static bool IsParticle(Words words, int at) => words.Is(at, WordKinds.Particle) && words.Is(at, NotAName) is false && words.Between(at - 1) is " ";

    private static bool IsName(Words words, int at, bool listed)
    {
        if (words[at].Case != TokenCase.Lower || words[at].Length < 2) return false;
        if (words.Is(at, WordKinds.Given | WordKinds.Surname)) return !words.Is(at, WordKinds.Common | WordKinds.Verb);
        if (words.Is(at, WordKinds.GivenWord | WordKinds.SurnameWord)) return !words.Is(at, WordKinds.Common | WordKinds.Verb) && !listed;
        return !listed && (!words.IsKnown(at) || words.Is(at, WordKinds.Town)) && !words.Is(at, NotAName) && words[at].Length > 2
            && !ClinicalForm.Fits(words.Span(at)) && !EnglishWords.Has(words.Span(at));
    }

    /// <summary>"thanks, janelle" at the end of a line.</summary>
    private static bool SignsOff(Words words, int at) => words.Between(at) is ", " or ",\n" && words.Span(at) is "thanks" or "Thanks" or "regards" or "Regards"
        or "sincerely" or "best" or "Best" or "cheers" or "you" && words.Is(at + 1, WordKinds.Given) && IsListed(words, at + 1)
        && (at + 2 >= words.Count || words.Between(at + 1).Contains('\n'));

    /// <summary>"pt rob stevens": a name that is also a word, before a family name.</summary>
    private static bool IsShortThenFamily(Words words, int at) => at + 1 < words.Count && words[at].Case == TokenCase.Lower
        && words.Is(at, WordKinds.GivenWord) && !words.Is(at, NotAName) && words.Between(at) is " " && IsListed(words, at + 1);

    private static bool IsListed(Words words, int at) => IsName(words, at, listed: true);

    /// <summary>What stands before a name, whoever is meant.</summary>
    public static bool IsFormOfAddress(ReadOnlySpan<char> word) =>
        word is "dr" or "prof" or "Prof" or "mr" or "mrs" or "ms" or "miss" or "Dr" or "Mr" or "Mrs" or "Ms"
        or "DR" or "MR" or "MRS" or "MS";

    /// <summary>"name is", "name:": what follows is a name whatever it is.</summary>
    private static bool IsSaid(Words words, int at)
    {
        if (IsSignature(words, at)) return true;
        if (words.Span(at) is "name" or "Name" or "NAME") return words.Between(at) is ": " or ":" or " - " or "= ";
        return at > 0 && words.Between(at) is " " or ": " && words.Span(at) is "is" or "was"
            && words.Span(at - 1) is "name" or "Name" && words.Between(at - 1) is " ";
    }

    /// <summary>"Transcribed: kmorrison", "dictated by jsmith2": a word that no list has.</summary>
    private static bool IsSignature(Words words, int at) => words.Between(at) is ": " or ":" && at + 1 < words.Count && words[at + 1].Length > 4
        && !words.IsKnown(at + 1) && words.Span(at) is "Transcribed" or "transcribed" or "Dictated" or "dictated" or "Typed" or "typed" or "Signed" or "signed"
        or "Author" or "author" or "Scribe" or "scribe" or "Transcriptionist" or "Username" or "username" or "Login" or "login" or "User" or "user";

    /// <summary>Before a listed name written small.</summary>
    private static bool IsPerson(Words words, int at) => words.Span(at) is "patient" or "pt" or "Patient" or "Pt" or "nurse" or "doctor" or "client"
        or "named" or "Nurse" or "Doctor" or "call" or "called" or "told" or "paged" or "texted" or "asked" or "notified" or "saw" or "met"
            or "client" or "woman" or "man" or "its" or "it's" or "hi" or "hello" or "dear" or "hey" or "for" or "with" or "by" or "thanks" or "regards"
            or "on" or "w"
        || words.Is(at, WordKinds.Relation)
        || (at > 0 && words.Span(at) is "to" && words.Span(at - 1) is "spoke" or "talked" or "speak" or "talk" or "speaking" or "talking" or "Spoke")
        || (at > 0 && words.Span(at) is "is" && words.Span(at - 1) is "this" or "This" or "here")
        || (at > 0 && words.Span(at) is "s" && words.Span(at - 1) is "it" or "It");
}
