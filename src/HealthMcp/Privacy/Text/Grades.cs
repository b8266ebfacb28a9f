namespace HealthMcp.Privacy;

/// <summary>
/// A family name that is a scale's here: "Smith II fracture", "Meningioma, Simpson I", "Cohen d 0.4". Only beside what is graded, or as a
/// statistic: a name and a number alone are no grade, because a leak is worse than a lost word.
/// </summary>
internal static class Grades
{
    public static bool Fits(Words words, int at)
    {
        var next = at + 1;
        if (next >= words.Count || words.Between(at) is not " ") return false;
        if (words.Span(next) is "d" or "r") return next + 1 < words.Count && words[next + 1].Case == TokenCase.Number;
        var isCount = words.Span(next) is "I" or "II" or "III" or "IV" or "V" or "VI"
            || (words[next].Case == TokenCase.Number && words[next].Length <= 2 && !IsDayOrAge(words, next));
        return isCount && (IsSeries(words, next) || IsGraded(words, at, -1, 3) || IsGraded(words, next, 1, 2));
    }

    /// <summary>"Delgado 45 y/o", and what goes on as a day or an hour.</summary>
    private static bool IsDayOrAge(Words words, int number)
    {
        var end = words[number].End;
        if (end >= words.Text.Length) return false;
        return words.Text[end] is '/' or ':' or '-' || (number + 1 < words.Count && words[number + 1].Length <= 9
            && char.ToLowerInvariant(words.Text[words[number + 1].Start]) is 'y' or 'm' or 'f');
    }

    /// <summary>"Medina 1,1,1".</summary>
    private static bool IsSeries(Words words, int number) => number + 2 < words.Count && words.Between(number) is "," && words.Between(number + 1) is ","
        && words[number + 1].Case == TokenCase.Number && words[number + 2].Case == TokenCase.Number;

    /// <summary>The word for what is graded ("fracture", "grade", "meningioma") is among so many words on this side, in the same sentence.</summary>
    private static bool IsGraded(Words words, int at, int step, int within)
    {
        for (var i = 0; i < within; i++)
        {
            var gap = step < 0 ? at - 1 : at;
            at += step;
            if (at < 0 || at >= words.Count || words.Between(gap).ContainsAny(".;\n")) return false;
            if (words.Is(at, WordKinds.ClinicalAfter) && !words.Is(at, WordKinds.Given | WordKinds.Surname)) return true;
            if (words.Span(at) is "degrees" || (step < 0 && !words.IsNamed(at) && ClinicalForm.Fits(words.Span(at)))) return true;
        }

        return false;
    }
}
