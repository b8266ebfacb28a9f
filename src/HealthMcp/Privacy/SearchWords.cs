namespace HealthMcp.Privacy;

/// <summary>Whether words that somebody looks for in records may be a person's name.</summary>
internal static class SearchWords
{
    /// <summary>
    /// In any case: people search in lower case. A name that is also a thing of medicine (Hodgkin, Wilson) is taken for the thing, and so is one
    /// that stands in a known phrase (Bence Jones).
    /// </summary>
    public static bool MayName(string text)
    {
        var folded = TextNormaliser.Fold(text);
        var words = TextToken.Split(folded).ConvertAll(token => folded[token.Start..token.End]);
        return Enumerable.Range(0, words.Count).Any(at => IsName(words[at]) && !InPhrase(words, at));
    }

    private static bool IsName(string word) => Lexicon.Default.IsName(word) && !Lexicon.Default.IsOrdinary(word);

    private static bool InPhrase(List<string> words, int at) =>
        (at > 0 && Lexicon.Default.IsPhrase(words[at - 1], words[at])) || (at + 1 < words.Count && Lexicon.Default.IsPhrase(words[at], words[at + 1]));
}
