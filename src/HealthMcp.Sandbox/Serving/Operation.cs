namespace HealthMcp.Sandbox.Serving;

/// <summary>One row of a system's route table. <paramref name="Template"/> is the contract's path, so faults and journal speak its language.</summary>
internal sealed record Operation(string Method, string Template, Func<Exchange, Answer> Handle)
{
    private readonly string[] _segments = Split(Template);

    public string Key => $"{Method} {Template}";

    /// <summary>Answers instead of <see cref="Handle"/> where an answer takes calls of its own.</summary>
    public Func<Exchange, CancellationToken, Task<Answer>>? Slow { get; init; }

    /// <summary>Answers without a token.</summary>
    public bool Open { get; init; }

    /// <summary>Hands out tokens: a fault on "*" leaves it alone, since the test means the call and not the sign-in.</summary>
    public bool IssuesTokens { get; init; }

    /// <summary>The last parameter takes the rest of the path, slashes and all, as that of a proxy does.</summary>
    public bool TakesRest { get; init; }

    public int ParameterCount => _segments.Count(IsParameter);

    public static string[] Split(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    public Dictionary<string, string>? Match(string method, string[] path)
    {
        if (method != Method || (TakesRest ? path.Length < _segments.Length : path.Length != _segments.Length))
        {
            return null;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < _segments.Length; i++)
        {
            if (IsParameter(_segments[i]))
            {
                var isRest = TakesRest && i == _segments.Length - 1;
                values[_segments[i][1..^1]] = Uri.UnescapeDataString(isRest ? string.Join('/', path[i..]) : path[i]);
            }
            else if (_segments[i] != path[i])
            {
                return null;
            }
        }

        return values;
    }

    private static bool IsParameter(string segment) => segment.StartsWith('{');
}
