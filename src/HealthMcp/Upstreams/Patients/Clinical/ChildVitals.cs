namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>What is usual at one age; a bound that is null is not looked at.</summary>
/// <param name="Below">Age in months at which the next row begins.</param>
/// <param name="Name">As clinicians call the age.</param>
/// <param name="Pulse">Beats per minute, awake.</param>
/// <param name="Breaths">Breaths per minute.</param>
/// <param name="Systolic">Lowest systolic pressure in mmHg that is not hypotension, at an age in whole years.</param>
internal sealed record ChildRange(int Below, string Name, (int Low, int High) Pulse, (int Low, int High) Breaths, Func<int, int> Systolic);

/// <summary>
/// What deserves a second look in the vital signs of somebody under sixteen. Only the person who approves is told, who sees the birth date: to a model a
/// warning that comes with age would tell it. Source: American Heart Association, Pediatric Advanced Life Support (provider manual, 2020), vital signs in
/// children: heart rate awake, respiratory rate, and hypotension by systolic pressure (70 mmHg plus twice the age in years from one to ten); for a newborn's
/// breaths, WHO (Integrated Management of Childhood Illness, 2014: fast from 60 on).
/// </summary>
internal static class ChildVitals
{
    private const int Grown = 16 * 12;

    private static readonly ChildRange[] Ranges =
    [
        new(1, "a newborn", (100, 205), (30, 60), _ => 60),
        new(12, "an infant", (100, 180), (30, 53), _ => 70),
        new(36, "a toddler", (98, 140), (22, 37), Rising),
        new(72, "a child of three to five years", (80, 120), (20, 28), Rising),
        new(144, "a child of six to eleven years", (75, 118), (18, 25), Rising),
        new(Grown, "an adolescent", (60, 100), (12, 20), _ => 90),
    ];

    public static IReadOnlyList<string> Of(VitalsReading reading, DateOnly? born)
    {
        if (born is not { } birth || !DateOnly.TryParseExact(reading.DateTaken, "yyyy-MM-dd", out var taken)) return [];
        if (taken < birth) return ["date_taken lies before the patient was born: check the date, and that this is the right patient."];
        var months = ((taken.Year - birth.Year) * 12) + taken.Month - birth.Month - (taken.Day < birth.Day ? 1 : 0);
        if (Ranges.FirstOrDefault(range => months < range.Below) is not { } usual) return [];
        var (low, high) = usual.Pulse;
        return
        [
            $"The patient was {usual.Name} when this was taken; warnings for adults may not apply.",
            .. Outside("pulse", reading.Pulse, low, high, usual),
            .. Outside("respiration_rate", reading.RespirationRate, usual.Breaths.Low, usual.Breaths.High, usual),
            .. Outside("bp_systolic", reading.BpSystolic, usual.Systolic(months / 12), int.MaxValue, usual),
        ];
    }

    // 90 from ten years on.
    private static int Rising(int years) => Math.Min(90, 70 + (2 * years));

    private static IEnumerable<string> Outside(string name, int? value, int low, int high, ChildRange usual)
    {
        if (value < low) yield return $"{name} is low for {usual.Name}: below {low}.";
        if (value > high) yield return $"{name} is high for {usual.Name}: above {high}.";
    }
}
