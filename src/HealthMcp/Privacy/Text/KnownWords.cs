using System.Runtime.InteropServices;

namespace HealthMcp.Privacy;

/// <summary>Words and sequences of words that identify in this record, found without regard to case, punctuation and what scanners confuse.</summary>
internal sealed class KnownWords
{
    private const int LongestKey = (2 * Skeleton.Longest) + 1;
    private const int OpeningBits = 1 << 14;

    // Nearly every word of a text is told by these to begin nothing, by its first characters or by all, before anything is looked up.
    private readonly PairSet _firsts = new();
    private readonly PairSet _torn = new();
    private readonly ulong[] _openings = new ulong[OpeningBits / 64];
    private readonly Dictionary<string, List<(string[] Words, string Kind)>> _values = new(StringComparer.Ordinal);

    public void Put(string[] words, string kind)
    {
        if (words.Length == 0 || words[0].Length > Skeleton.Longest || words is [_, { Length: > Skeleton.Longest }, ..]) return;
        Span<char> space = stackalloc char[LongestKey];
        var key = space[..Key(words[0], words.Length > 1 ? words[1] : default, space)];
        var lookup = _values.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(key, out var list)) lookup[key] = list = [];
        foreach (var entry in list) if (entry.Words.AsSpan().SequenceEqual(words)) return;
        list.Add((words, kind));
        var opening = Opening(key[..Key(words[0], default, space)]);
        _openings[opening >> 6] |= 1UL << opening;
        AddBeginning(words[0]);
        foreach (var form in StreetWords.Forms(words[0])) AddBeginning(form);
        if (words.Length == 1 && kind == "name") _torn.Add(words[0][0], (char)words[0].Length);
    }

    /// <summary>How many tokens from this one on are a value, and of which kind.</summary>
    public int Match(ReadOnlySpan<char> text, List<TextToken> tokens, int at, ref string kind)
    {
        if (_values.Count == 0 || tokens[at].Length > Skeleton.Longest) return 0;
        var (first, second) = Skeleton.BeginningOf(Word(text, tokens[at]));
        var best = _firsts.Contains(first, second) ? Whole(text, tokens, at, ref kind) : 0;
        return best > 0 ? best : Torn(text, tokens, at, ref kind);
    }

    private int Whole(ReadOnlySpan<char> text, List<TextToken> tokens, int at, ref string kind)
    {
        Span<char> key = stackalloc char[LongestKey];
        var lookup = _values.GetAlternateLookup<ReadOnlySpan<char>>();
        var best = 0;
        var length = Key(Word(text, tokens[at]), default, key);
        var opening = Opening(key[..length]);
        if ((_openings[opening >> 6] & (1UL << opening)) == 0) return 0;
        if (lookup.TryGetValue(key[..length], out var found)) best = Best(text, tokens, at, found, 0, ref kind);
        if (at + 1 == tokens.Count || tokens[at + 1].Length > Skeleton.Longest || tokens[at + 1].Start - tokens[at].End > 3) return best;
        length = AddSecond(Word(text, tokens[at + 1]), key, length);
        return lookup.TryGetValue(key[..length], out found) ? Best(text, tokens, at, found, best, ref kind) : best;
    }

    private void AddBeginning(string word)
    {
        var (first, second) = Skeleton.BeginningOf(word);
        _firsts.Add(first, second);
    }

    private static int Best(
        ReadOnlySpan<char> text, List<TextToken> tokens, int at, List<(string[] Words, string Kind)> found, int best, ref string kind)
    {
        foreach (var (words, what) in found)
        {
            if (words.Length <= best || !Matches(text, tokens, at, words, what)) continue;
            (best, kind) = (words.Length, what);
        }

        return best;
    }

    private static int Opening(ReadOnlySpan<char> first) => (int)(SeededHash.Of(MemoryMarshal.AsBytes(first)) % OpeningBits);

    // Sequences are kept by their first two words: under the first alone, all persons with one initial would stand in one list.
    private static int Key(ReadOnlySpan<char> first, ReadOnlySpan<char> second, Span<char> key)
    {
        var length = Skeleton.Of(StreetWords.Plain(first), key);
        return second.IsEmpty ? length : AddSecond(second, key, length);
    }

    private static int AddSecond(ReadOnlySpan<char> second, Span<char> key, int length)
    {
        key[length] = ' ';
        return length + 1 + Skeleton.Of(StreetWords.Plain(second), key[(length + 1)..]);
    }

    private static ReadOnlySpan<char> Word(ReadOnlySpan<char> text, TextToken token) => text[token.Start..token.End];

    /// <summary>A name that a line's end or a scanner took in two.</summary>
    private int Torn(ReadOnlySpan<char> text, List<TextToken> tokens, int at, ref string kind)
    {
        if (at + 1 >= tokens.Count || tokens[at + 1].Start - tokens[at].End > 3) return 0;
        var length = tokens[at].Length + tokens[at + 1].Length;
        if (length is < 5 or > Skeleton.Longest || !_torn.Contains(char.ToUpperInvariant(text[tokens[at].Start]), (char)length)) return 0;
        Span<char> whole = stackalloc char[Skeleton.Longest];
        Span<char> key = stackalloc char[Skeleton.Longest];
        Word(text, tokens[at]).CopyTo(whole);
        Word(text, tokens[at + 1]).CopyTo(whole[tokens[at].Length..]);
        if (!_values.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key[..Skeleton.Of(whole[..length], key)], out var found)) return 0;
        foreach (var (words, what) in found)
        {
            if (words.Length != 1 || what != "name" || Lexicon.Default.IsOrdinary(words[0])
                || !whole[..length].Equals(words[0], StringComparison.OrdinalIgnoreCase)) continue;
            kind = what;
            return 2;
        }

        return 0;
    }

    private static bool Matches(ReadOnlySpan<char> text, List<TextToken> tokens, int at, string[] words, string kind)
    {
        if (at + words.Length > tokens.Count) return false;
        for (var i = 0; i < words.Length; i++)
        {
            if (i > 0 && tokens[at + i].Start - tokens[at + i - 1].End > 3) return false;
            if (!Same(text[tokens[at + i].Start..tokens[at + i].End], words[i], kind)) return false;
        }

        if (kind == "name" && words.Length > 1 && words.All(word => word.Length == 1)) return AreLetters(text, tokens, at, words.Length);
        if (words.Length > 1 || kind is not ("name" or "city")) return true;

        // A short or ordinary word that is also someone's name counts when it is written like a name.
        if (kind == "name" && words[0].Length == 2 && tokens[at].Case == TokenCase.Upper
            && !Lexicon.Default.IsName(words[0])) return AreInitials(text, tokens, at);
        if (kind == "name" && Lexicon.Default.IsNothingButOrdinary(words[0]) && !BesideName(text, tokens, at)) return false;
        return tokens[at].Case is not (TokenCase.Lower or TokenCase.Number) || (tokens[at].Length > 3 && !Lexicon.Default.IsOrdinary(words[0]));
    }

    private static bool Same(ReadOnlySpan<char> token, string word, string kind)
    {
        if (token.Equals(word, StringComparison.OrdinalIgnoreCase)) return true;
        if (kind == "address") return StreetWords.Plain(token).Equals(StreetWords.Plain(word), StringComparison.OrdinalIgnoreCase);
        if (kind != "name" || word.Length < 4 || token.Length > Skeleton.Longest || Lexicon.Default.Of(token) != WordKinds.None) return false;
        Span<char> read = stackalloc char[Skeleton.Longest];
        Span<char> known = stackalloc char[Skeleton.Longest];
        return read[..Skeleton.Of(token, read)].SequenceEqual(known[..Skeleton.Of(word, known)]);
    }

    /// <summary>"J.S." and "S m i t h", not the letters of a list.</summary>
    private static bool AreLetters(ReadOnlySpan<char> text, List<TextToken> tokens, int at, int count)
    {
        if (count > 2) return true;
        return tokens[at].IsCapital && tokens[at + 1].IsCapital && text[tokens[at].End] == '.' && tokens[at + 1].End < text.Length
            && text[tokens[at + 1].End] == '.';
    }

    /// <summary>"Pt JS": two letters are an abbreviation of charts as often as initials.</summary>
    private static bool AreInitials(ReadOnlySpan<char> text, List<TextToken> tokens, int at) => at > 0 && tokens[at].Start - tokens[at - 1].End <= 2
        && text[tokens[at - 1].Start..tokens[at - 1].End] is "pt" or "Pt" or "PT" or "patient" or "Patient" or "initials" or "Initials" or "client"
        or "Client" or "resident"
            or "Resident" or "Mr" or "Ms" or "Mrs" or "signed" or "by";

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
}
