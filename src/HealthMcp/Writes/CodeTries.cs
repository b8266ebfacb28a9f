namespace HealthMcp.Writes;

/// <summary>
/// Counts the wrong codes that were typed on one caller's pages: an hour of rest after twenty, whichever links they were typed on, so that a program that
/// asks for ever new links gains nothing. Used under the lock of the approvals.
/// </summary>
internal sealed class CodeTries(SealedWholes<Dictionary<string, CodeTries.Count>> tries, TimeProvider time)
{
    public const int Most = 20;
    public static readonly TimeSpan Rest = TimeSpan.FromHours(1);
    private const string Name = "approve-tries";

    public bool MayTry(string caller) => !Current().TryGetValue(caller, out var count) || count.Wrong < Most;

    public void Wrong(string caller)
    {
        var current = Current();
        var count = current.GetValueOrDefault(caller) ?? new Count(time.GetUtcNow(), 0);
        current[caller] = count with { Wrong = count.Wrong + 1 };
        tries.Write(Name, current);
    }

    private Dictionary<string, Count> Current() =>
        (tries.Read(Name) ?? []).Where(one => time.GetUtcNow() - one.Value.Since < Rest).ToDictionary(StringComparer.Ordinal);

    internal sealed record Count(DateTimeOffset Since, int Wrong);
}
