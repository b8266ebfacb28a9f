using System.Globalization;

namespace HealthMcp.Sandbox.DrCloud.Synthetic;

/// <summary>Chance that falls the same at every start: a generator for each patient, so that more patients do not change the others.</summary>
internal sealed class Dice(int seed)
{
    private readonly Random _random = new(seed);

    public bool Chance(int percent) => _random.Next(100) < percent;

    public int Between(int low, int high) => _random.Next(low, high + 1);

    public T Of<T>(params IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    public Term Term(string kind) => Of(Terms.Of(kind));

    /// <summary>A value in the term's range, with as many decimals as such results are written with.</summary>
    public decimal Value(Term term)
    {
        var (low, high) = (decimal.Parse(term.Low, CultureInfo.InvariantCulture), decimal.Parse(term.High, CultureInfo.InvariantCulture));
        var decimals = high < 20 ? 2 : high < 60 ? 1 : 0;
        return Math.Round(low + ((high - low) * _random.Next(1001) / 1000m), Chance(80) ? decimals : Math.Max(0, decimals - 1));
    }

    public string Digits(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => (char)('0' + _random.Next(10))));

    /// <summary>A moment of office hours on the day, written in one of the zones that charts come with.</summary>
    public string Moment(DateOnly day) =>
        $"{Written(day)}T{Between(7, 19):00}:{Between(0, 59):00}:{Of("00", "30", "15.250")}{Of("Z", "-05:00", "-08:00", "+02:00")}";

    /// <summary>The same moment as the instant type has it.</summary>
    public string Instant(DateOnly day) => $"{Written(day)}T{Between(0, 23):00}:{Between(0, 59):00}:{Between(0, 59):00}{Of("Z", "+00:00", "-05:00")}";

    /// <summary>A day as people remember it: sometimes only the month or the year.</summary>
    public string Vague(DateOnly day) => Between(0, 9) switch { 0 => Written(day)[..4], 1 or 2 => Written(day)[..7], _ => Written(day) };

    public static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
