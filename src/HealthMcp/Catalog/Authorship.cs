using System.Text.RegularExpressions;

namespace HealthMcp.Catalog;

/// <summary>Who looked at a write before it was sent, as far as this server knows.</summary>
internal enum Review
{
    /// <summary>A person approved it on a page of ours.</summary>
    Person,

    /// <summary>Somebody or something at a terminal agreed; <c>--yes</c> agrees too.</summary>
    Terminal,

    /// <summary>The model repeated the call with the confirmation of its preview.</summary>
    Agent,

    /// <summary>It was sent at once.</summary>
    Nobody,
}

/// <summary>
/// Says in what is written that an AI wrote it, for the people who read it later. The words are fixed and hold nothing of the patient, so that they are found
/// again: a text has one mark, however often it is read, changed and written again. In structured records the same is said with HL7's code AIAST.
/// </summary>
internal sealed partial record Authorship(Review Review)
{
    /// <summary>Characters that a text leaves free for the mark: its argument takes so much less than the field.</summary>
    public const int Room = 80;

    /// <summary>How the answer to a preview begins where what is written cannot say it.</summary>
    public const string NotCarried = "Not carried";

    public string Mark => Review switch
    {
        Review.Person => "[AI-assisted via HealthMcp: approved by a person]",
        Review.Terminal => "[AI-assisted via HealthMcp: agreed to at a terminal]",
        Review.Agent => "[AI-written via HealthMcp: confirmed by the agent, not by a person]",
        _ => "[AI-written via HealthMcp: sent without a review]",
    };

    /// <summary>The text with this mark at its end, and no other in it; the mark alone where there is no text.</summary>
    public string Sign(string? text) => Unsigned(text ?? "").TrimEnd() is { Length: > 0 } words ? $"{words} {Mark}" : Mark;

    /// <summary>The text without any mark of ours. A text that has none stays as it is.</summary>
    public static string Unsigned(string text)
    {
        // Where one stood inside of another, taking it out makes the other one whole.
        for (var left = text; ; text = left)
        {
            left = text.Contains('[', StringComparison.Ordinal) ? Marks().Replace(text, "") : text;
            if (left.Length == text.Length) return text;
        }
    }

    // Also as an editor may have changed it: other blanks, other case. What anybody else might write is left alone.
    [GeneratedRegex(
        @"[ \t]*\[\s*AI-(assisted|written)\s+via\s+HealthMcp:\s*(approved\s+by\s+a\s+person|agreed\s+to\s+at\s+a\s+terminal|"
            + @"confirmed\s+by\s+the\s+agent,\s*not\s+by\s+a\s+person|sent\s+without\s+a\s+review)\s*\]",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Marks();
}
