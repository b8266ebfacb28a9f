using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures;

/// <summary>Date filters of the subject search where days are withheld. The birth date of a look-up stays: it is matched whole.</summary>
internal static class SubjectDates
{
    public const string Notice =
        "Dates are withheld below the year at this privacy level, so the date filters were "
            + "widened to whole years (and birth years that tell an age over 89 to all of those).";

    public static (SearchSubjectsInput Input, bool Widened) Widen(SearchSubjectsInput input, DateOnly today)
    {
        var (bornFrom, bornTo) = WholeYears.Birth(input.BirthDateStart, input.BirthDateEnd, today);
        var widened = input with
        {
            BirthDateStart = bornFrom,
            BirthDateEnd = bornTo,
            DeathDate = null,
            DeathDateStart = WholeYears.Start(input.DeathDate ?? input.DeathDateStart),
            DeathDateEnd = WholeYears.End(input.DeathDate ?? input.DeathDateEnd),
            Created = null,
            CreatedStart = WholeYears.Start(input.Created ?? input.CreatedStart),
            CreatedEnd = WholeYears.End(input.Created ?? input.CreatedEnd),
            Updated = null,
            UpdatedStart = WholeYears.Start(input.Updated ?? input.UpdatedStart),
            UpdatedEnd = WholeYears.End(input.Updated ?? input.UpdatedEnd),
        };
        return (widened, widened != input);
    }
}
