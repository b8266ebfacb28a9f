using System.Globalization;

namespace HealthMcp.Privacy;

/// <summary>
/// (A) Names by how they are written alone: syllables of Korean and Chinese names ("kim min-jun"), names run or tied together ("MariaGonzalez",
/// "gonzalez_maria", "m.gonzalez"), and names in a script of their own amid English ("patient \u738B\u4F1F").
/// </summary>
internal static class NameForms
{
    private const int MostForeign = 4;
    private const int LongestForeign = 12;
    private const int ShortestFamily = 6;

    public static void Find(Words words, List<Found> found)
    {
        for (var at = 0; at < words.Count; at++)
        {
            if (ForeignRun(words, at) is >= 0 and var end)
            {
                if (end - at < MostForeign && (IsLatin(words, at - 1) || IsLatin(words, end + 1))) Add(words, at, end, found);
                at = end;
                continue;
            }

            if (IsRunTogether(words, at) || IsUserName(words, at)) Add(words, at, at, found);
            if (at + 1 >= words.Count || words.Gap(at) != 1) continue;
            if (Syllables.Name(words, at) is { Last: > 0 } name) Add(words, name.First, name.Last, found);
            else if (IsTied(words, at)) Add(words, at, at + 1, found);
        }
    }

    private static void Add(Words words, int first, int last, List<Found> found) =>
        found.Add(new Found("name", words[first].Start, words[last].End, null));

    /// <summary>
    /// The last of a row of words in a script without capitals; -1 where none starts. A few of them amid Latin letters are a name; a text in that
    /// script is left as it is.
    /// </summary>
    private static int ForeignRun(Words words, int at)
    {
        if (!IsForeign(words, at)) return -1;
        while (at + 1 < words.Count && words.Between(at) is " " or ", " or "\u30FB" && IsForeign(words, at + 1)) at++;
        return at;
    }

    private static bool IsForeign(Words words, int at)
    {
        var first = words.Text[words[at].Start];
        return first >= '\u0590' && words[at].Length is > 1 and <= LongestForeign && char.GetUnicodeCategory(first) == UnicodeCategory.OtherLetter;
    }

    private static bool IsLatin(Words words, int at) => (uint)at < (uint)words.Count && char.IsAsciiLetter(words.Text[words[at].Start]);

    /// <summary>"MariaGonzalez": a given and a family name with nothing between them.</summary>
    private static bool IsRunTogether(Words words, int at)
    {
        if (words[at] is not { Case: TokenCase.Title, Length: >= 6 and <= 32 } || words.IsKnown(at)) return false;
        var word = words.Span(at);
        var second = word[1..].IndexOfAnyInRange('A', 'Z') + 1;
        if (second < 3 || word.Length - second < 3) return false;
        return Names(words.Lexicon, word[..second], word[second..]);
    }

    /// <summary>"kwilliams": the name of an account, an initial and a family name that is no word.</summary>
    private static bool IsUserName(Words words, int at)
    {
        if (words[at].Case != TokenCase.Lower || words[at].Length is <= ShortestFamily or > 24 || words.IsKnown(at)) return false;

        // The form is the dearest question, so it is asked last.
        var family = words.Span(at)[1..];
        return (words.Lexicon.Of(family) & WordKinds.Surname) != WordKinds.None && !words.Lexicon.IsOrdinary(family)
            && !ClinicalForm.Fits(words.Span(at));
    }

    /// <summary>"gonzalez_maria", "maria.gonzalez", and "m.gonzalez" after a word for a person.</summary>
    private static bool IsTied(Words words, int at)
    {
        if (words.Between(at) is "^") return words[at].IsCapital && words[at + 1].IsCapital && (words.IsNamed(at) || words.IsNamed(at + 1));
        if (words.Between(at) is not ("_" or "." or "+") || words[at + 1].Case == TokenCase.Number || words[at].Case == TokenCase.Number) return false;
        if (words[at] is { Length: 1, Case: TokenCase.Lower }) return words.Between(at) is "." or "_" && words[at + 1] is { Length: > 3, Case: TokenCase.Lower }
            && words.Is(at + 1, WordKinds.Surname) && !words.Lexicon.IsOrdinary(words.Span(at + 1));
        return words[at].Length > 2 && words[at + 1].Length > 2 && (words.Between(at) is "_" || words[at + 1].Case == TokenCase.Lower)
            && Names(words.Lexicon, words.Span(at), words.Span(at + 1));
    }

    private static bool Names(Lexicon lexicon, ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        var (first, second) = (lexicon.Of(one), lexicon.Of(other));
        if (((first | second) & WordKinds.Common) != WordKinds.None) return false;
        return (((first & WordKinds.Given) != WordKinds.None && lexicon.IsName(other)) || ((second & WordKinds.Given) != WordKinds.None && lexicon.IsName(one)))
            && ((first | second) & WordKinds.Surname) != WordKinds.None;
    }
}
