namespace HealthMcp.Privacy;

/// <summary>(B) Towns of the list where a word before them says that they are a place.</summary>
internal static class TownFinder
{
    public static void Find(string text, List<TextToken> tokens, List<Found> found)
    {
        for (var at = 1; at < tokens.Count; at++)
        {
            var token = tokens[at];
            if (token.Case != TokenCase.Title || (Lexicon.Default.Of(text.AsSpan(token.Start, token.Length)) & WordKinds.Town) == WordKinds.None) continue;
            if (text.AsSpan(tokens[at - 1].Start, tokens[at - 1].Length) is "in" or "from" or "to" or "near" or "of" or "at" or "via")
                found.Add(new Found("city", token.Start, token.End, null));
        }
    }
}
