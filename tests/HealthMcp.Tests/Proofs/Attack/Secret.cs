using System.Globalization;

namespace HealthMcp.Tests.Proofs.Attack;

/// <summary>Something that the default level withholds, and everything it might be as far as that level tells.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Truth">Known to the judge only.</param>
/// <param name="Open">All values that year, state, ZIP3 or area code leave open, in an order that tells nothing; the truth among them.</param>
internal sealed record Secret(string Name, string Truth, IReadOnlyList<string> Open)
{
    /// <summary>Any day of the year that the level tells.</summary>
    public static Secret Day(string name, string truth)
    {
        var first = DateOnly.ParseExact($"{truth[..4]}-01-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var days = Enumerable.Range(0, first.AddYears(1).DayNumber - first.DayNumber);
        return Of(name, truth[..10], days.Select(day => first.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
    }

    /// <summary>Any ZIP code of the area that the level tells.</summary>
    public static Secret Zip(string truth) =>
        Of("ZIP", truth, Enumerable.Range(0, 100).Select(n => string.Create(CultureInfo.InvariantCulture, $"{truth[..3]}{n:00}")));

    /// <summary>Any phone number whose last four digits are unknown.</summary>
    public static Secret Phone(string truth) =>
        Of("phone", truth, Enumerable.Range(0, 1000).Select(n => string.Create(CultureInfo.InvariantCulture, $"{truth[..^4]}{n:0000}")));

    /// <summary>Any number that ends in other digits.</summary>
    public static Secret Number(string truth) =>
        Of("record no.", truth, Enumerable.Range(0, 1000).Select(n => string.Create(CultureInfo.InvariantCulture, $"{truth[..^3]}{n:000}")));

    /// <summary>Her name among others that are as common. Names that are words of medicine too may be looked for, and tell what such a word tells.</summary>
    public static Secret Named(string truth) => Of("name", truth, new[]
    {
        "Smith", "Garcia", "Miller", "Davis", "Wilson", "Anderson", "Thomas", "Taylor", "Moore", "Jackson", "Martin", "Thompson", "Harris", "Clark", "Lewis",
    }.Where(HealthMcp.Privacy.SearchWords.MayName).Append(truth).Distinct(StringComparer.Ordinal));

    /// <summary>Some of what is open, the truth last: who tries a few of many values does not meet it by chance.</summary>
    public IReadOnlyList<string> Some(int count) =>
        Truth.Length == 0 ? [.. Open.Take(count)] : [.. Open.Where(value => value != Truth).Take(count - 1), Truth];

    private static Secret Of(string name, string truth, IEnumerable<string> open)
    {
        var values = open.ToArray();
        new Random(truth.Length + truth[^1]).Shuffle(values);
        if (!values.Contains(truth)) throw new ArgumentException("the truth is not among what is open", nameof(truth));
        return new Secret(name, truth, values);
    }
}
