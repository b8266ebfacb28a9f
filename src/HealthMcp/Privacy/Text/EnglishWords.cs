namespace HealthMcp.Privacy;

/// <summary>Small words that no list of charts holds and that may follow "dr" or "name is" without being anyone's name.</summary>
internal static class EnglishWords
{
    public static bool Has(ReadOnlySpan<char> word) => word is "not" or "now" or "and" or "the" or "that" or "this" or "his" or "her" or "their" or "our"
        or "your" or "its" or "who"
        or "what" or "when" or "where" or "why" or "how" or "which" or "then" or "than" or "there" or "here" or "just" or "very" or "really" or "also"
        or "too" or "only" or "said"
        or "says" or "told" or "came" or "went" or "will" or "would" or "wants" or "wanted" or "because" or "about" or "from" or "into" or "over"
        or "under" or "after" or "before"
        or "please" or "unknown" or "unclear" or "illegible" or "same" or "spelled" or "changed" or "withheld" or "redacted" or "visit" or "appt"
        or "office" or "ordered";
}
