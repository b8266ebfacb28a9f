using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>
/// Dates of clinical records that cannot be. Only what the caller sent is compared: below the level that shows days, nothing else may answer.
/// </summary>
internal static class ClinicalDates
{
    /// <param name="start">date_start, YYYY-MM-DD.</param>
    /// <param name="stop">date_stop, YYYY-MM-DD.</param>
    public static void InOrder(string? start, string? stop)
    {
        if (start is not null && stop is not null && string.CompareOrdinal(stop, start) < 0)
            throw CallFailureException.Invalid("date_stop", "date_stop lies before date_start: check both dates.");
    }

    /// <param name="argument">Its name.</param>
    /// <param name="date">YYYY-MM-DD.</param>
    /// <param name="today">Date in UTC; a day ahead is allowed, because the patient's calendar may be.</param>
    public static void NotAhead(string argument, string? date, DateOnly today)
    {
        if (date is not null && DateOnly.ParseExact(date, "yyyy-MM-dd", provider: null) > today.AddDays(1))
            throw CallFailureException.Invalid(argument, $"{argument} lies in the future: check the year, month and day.");
    }
}
