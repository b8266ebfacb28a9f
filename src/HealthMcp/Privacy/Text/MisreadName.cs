namespace HealthMcp.Privacy;

/// <summary>
/// A name with digits that a scanner read for letters: "Wi11iam", "0'Brien", "SM1TH". It counts as the word it was, so that every rule
/// sees it; genes and doses have their digits at an end, or letters of both cases.
/// </summary>
internal static class MisreadName
{
    private const int Longest = 24;

    /// <summary>True when the digits of the word can be letters that were misread.</summary>
    public static bool Fits(ReadOnlySpan<char> word, bool beforeName)
    {
        if (word is "0") return beforeName;
        if (word.Length is < 4 or > Longest) return false;
        var (letters, small, big) = (0, 0, 0);
        for (var at = 0; at < word.Length; at++)
        {
            if (char.IsAsciiDigit(word[at]))
            {
                if (word[at] is not ('0' or '1' or '3' or '4' or '5' or '8')) return false;
                continue;
            }

            letters++;
            if (char.IsUpper(word[at])) big++;
            else small++;
        }

        var title = small > 0 && big <= 1 && (char.IsUpper(word[0]) || char.IsAsciiDigit(word[0]));
        return letters >= 3 && letters * 5 >= word.Length * 3 && (small == 0 || title);
    }

    /// <summary>Gives the word the kinds of the name it was, if it was one; else, inside letters, it may still be a name no list has.</summary>
    public static void Read(Words words, int at, WordKinds[] kinds)
    {
        var token = words[at];
        Span<char> letters = stackalloc char[Longest];
        words.Span(at).CopyTo(letters);
        var word = letters[..token.Length];
        Swap(word, 'l');
        var kind = Named(words.Lexicon, word);
        if (kind == WordKinds.None)
        {
            words.Span(at).CopyTo(letters);
            Swap(word, 'i');
            kind = Named(words.Lexicon, word);
        }

        var unlisted = kind == WordKinds.None && char.IsUpper(words.Span(at)[0]) && char.IsLower(words.Span(at)[^1]);
        if (kind == WordKinds.None && !unlisted && token.Length > 1) return;
        kinds[at] = kind;
        words.Tokens[at] = token with { Case = token.Length > 1 && word.ContainsAnyInRange('a', 'z') is false ? TokenCase.Upper : TokenCase.Title };
    }

    /// <summary>"rnartinez", "Williarn": an m that a scanner took for two letters; "Rlgoberto": an i taken for an l. What the word is then, where
    /// that is a name and it is none as it stands.</summary>
    public static WordKinds Joined(Lexicon lexicon, ReadOnlySpan<char> word)
    {
        if (word.Length is < 5 or > Longest) return WordKinds.None;
        Span<char> letters = stackalloc char[Longest];
        for (var at = word.IndexOf('l'); at >= 0 && at < word.Length; at++)
        {
            if (word[at] != 'l') continue;
            word.CopyTo(letters);
            letters[at] = 'i';
            if (Named(lexicon, letters[..word.Length]) is not WordKinds.None and var kinds) return kinds;
        }

        if (!word.Contains("rn", StringComparison.OrdinalIgnoreCase)) return WordKinds.None;
        var length = 0;
        for (var at = 0; at < word.Length; at++)
        {
            var two = at + 1 < word.Length && word[at] is 'r' or 'R' && word[at + 1] is 'n' or 'N';
            letters[length++] = two ? 'm' : word[at];
            if (two) at++;
        }

        return Named(lexicon, letters[..length]);
    }

    private static WordKinds Named(Lexicon lexicon, ReadOnlySpan<char> word)
    {
        var kinds = lexicon.Of(word);
        return (kinds & (WordKinds.Given | WordKinds.Surname)) != WordKinds.None && (kinds & WordKinds.Common) == WordKinds.None ? kinds : WordKinds.None;
    }

    private static void Swap(Span<char> word, char one)
    {
        var big = word.ContainsAnyInRange('A', 'Z') && !word.ContainsAnyInRange('a', 'z');
        for (var at = 0; at < word.Length; at++)
        {
            var letter = word[at] switch { '0' => 'o', '1' => one, '3' => 'e', '4' => 'a', '5' => 's', '8' => 'b', var other => other };
            word[at] = big ? char.ToUpperInvariant(letter) : letter;
        }
    }
}
