using System.Globalization;
using System.Text.RegularExpressions;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures.Subjects;

/// <summary>What a schema cannot say about the fields of a subject: refused before anything is sent.</summary>
internal static partial class SubjectCheck
{
    /// <param name="fields">What is to be written.</param>
    /// <param name="argument">Name of the argument that holds them, such as <c>subjects[0]</c>.</param>
    /// <param name="today">Date in UTC; a day ahead is allowed, because the person's calendar may be.</param>
    /// <param name="allVisible">The caller sees texts as they are, so that a mark in them is not what was read in an answer.</param>
    /// <exception cref="CallFailureException">Something contradicts itself.</exception>
    public static void Of(SubjectFields fields, string argument, DateOnly today, bool allVisible)
    {
        Dates(fields, argument, today);
        Names(fields, argument);
        Tags(fields, argument);
        if (!allVisible) Marks(fields, argument);
    }

    private static void Dates(SubjectFields fields, string argument, DateOnly today)
    {
        var (born, died) = (Date(fields.BirthDate), Date(fields.DeathDate));
        if (born > today.AddDays(1)) throw Invalid($"{argument}.birthDate", "lies in the future: check the year, month and day");
        if (born < today.AddYears(-130)) throw Invalid($"{argument}.birthDate", "lies more than 130 years back: check the year");
        if (died > today.AddDays(1)) throw Invalid($"{argument}.deathDate", "lies in the future: check the year, month and day");
        if (died < born) throw Invalid($"{argument}.deathDate", "lies before birthDate: check both");
    }

    private static void Names(SubjectFields fields, string argument)
    {
        if ((fields.AdditionalNames ?? []).Any(name => string.IsNullOrWhiteSpace(name.First) && string.IsNullOrWhiteSpace(name.Last)))
            throw Invalid($"{argument}.additionalNames", "needs first or last in each entry");
    }

    private static void Tags(SubjectFields fields, string argument)
    {
        foreach (var tag in fields.Tags ?? [])
        {
            var values = new object?[] { tag.ValueText, tag.ValueNumber, tag.ValueDate, tag.ValueBoolean };
            if (values.Count(value => value is not null) != 1)
                throw Invalid($"{argument}.tags", "needs exactly one of valueText, valueNumber, valueDate and valueBoolean in each entry");
        }
    }

    // Whoever reads a label as "[name] trial" and writes the list back would lose what stood there.
    private static void Marks(SubjectFields fields, string argument)
    {
        if ((fields.Labels ?? []).Any(Withheld().IsMatch)) throw Invalid($"{argument}.labels", Marked);
        if ((fields.Tags ?? []).Any(tag => tag.ValueText is { } text && Withheld().IsMatch(text))) throw Invalid($"{argument}.tags", Marked);
    }

    private const string Marked = "holds a mark in brackets, as it stands for withheld text in answers: write what is meant, or leave the list as it is";

    private static DateOnly? Date(string? text) => text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static CallFailureException Invalid(string argument, string problem) => CallFailureException.Invalid(argument, $"{argument} {problem}.");

    [GeneratedRegex(@"\[(?:[a-z]+(?: [a-z]+)?|\d{1,4}\+?)\]", RegexOptions.NonBacktracking)]
    private static partial Regex Withheld();
}
