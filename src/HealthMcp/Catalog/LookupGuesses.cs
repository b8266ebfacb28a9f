namespace HealthMcp.Catalog;

/// <summary>
/// Keeps a look-up from becoming an oracle: who knows a person's name could try every day of a year as the birth date and see which
/// one answers. A few wrong guesses a day are typing mistakes; more are refused, whoever asks.
/// </summary>
internal sealed class LookupGuesses(TimeProvider time)
{
    private const int MostWrong = 5;
    private const int MostKept = 10_000;
    private static readonly TimeSpan Memory = TimeSpan.FromHours(24);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (DateTimeOffset Since, HashSet<string> Guesses)> _wrong = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whom a look-up is about, by the name as it is compared: blanks around a part must not buy new guesses.</summary>
    public static string Who(string? first, string? last) => $"{WholeMatch.Plain(first ?? "")}|{WholeMatch.Plain(last ?? "")}";

    /// <summary>
    /// Asks while counting <paramref name="guess"/> about <paramref name="who"/> as wrong; the count is taken back when the answer has
    /// a match, or fails. Counted before asking, so that many calls at once are not many free guesses.
    /// </summary>
    public async Task<T> AskAsync<T>(string who, string guess, Func<Task<T>> ask, Func<T, bool> matched)
    {
        var counted = Count(who, guess);
        var wrong = false;
        try
        {
            var answer = await ask();
            wrong = !matched(answer);
            return answer;
        }
        finally
        {
            if (counted && !wrong) Forget(who, guess);
        }
    }

    private bool Count(string who, string guess)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (!_wrong.TryGetValue(who, out var entry) || now - entry.Since >= Memory)
            {
                MakeRoom();
                _wrong[who] = entry = (now, new HashSet<string>(StringComparer.OrdinalIgnoreCase));
            }

            // The same wrong guess again tells nothing new.
            if (entry.Guesses.Contains(guess)) return false;
            return entry.Guesses.Count < MostWrong
                ? entry.Guesses.Add(guess)
                : throw new CallFailureException(
                    FailureCodes.QuestionWithheld,
                    "Too many different birth dates were tried for this name today: look the person up by first and last name, or by one identifier.");
        }
    }

    private void Forget(string who, string guess)
    {
        lock (_gate)
        {
            if (_wrong.TryGetValue(who, out var entry)) entry.Guesses.Remove(guess);
        }
    }

    private void MakeRoom()
    {
        if (_wrong.Count < MostKept) return;
        _wrong.Remove(_wrong.MinBy(pair => pair.Value.Since).Key);
    }
}
