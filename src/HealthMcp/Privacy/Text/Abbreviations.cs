namespace HealthMcp.Privacy;

/// <summary>
/// Words in capitals that are names too: "ASA 3", "OA, GERD", "father MI at 52". In a line that has small letters they are what charts shorten;
/// in one that is all in capitals nothing tells.
/// </summary>
internal sealed class Abbreviations(string text)
{
    private int _lineEnd = -1;
    private bool _isMixed;

    public bool Fits(TextToken token) => token is { Case: TokenCase.Upper, Length: <= 5 } && IsOne(text.AsSpan(token.Start, token.Length))
        && IsMixed(token.Start);

    /// <summary>Asked of one line as often as it has such words; looked at once.</summary>
    private bool IsMixed(int at)
    {
        if (at < _lineEnd) return _isMixed;
        var start = text.LastIndexOf('\n', at) + 1;
        _lineEnd = text.IndexOf('\n', at);
        if (_lineEnd < 0) _lineEnd = text.Length;
        return _isMixed = text.AsSpan(start, _lineEnd - start).ContainsAnyInRange('a', 'z');
    }

    private static bool IsOne(ReadOnlySpan<char> word) => word is "ACE" or "AMA" or "ANA" or "ART" or "ASA" or "DAS" or "DO" or "ED" or "ELISA" or "GERD"
        or "GRACE" or "HALO" or "IRIS" or "KIT" or "LAM" or "LI" or "MI" or "MEN" or "MAR" or "MIN" or "NASH" or "NG" or "PACE" or "PAM" or "PAT" or "POST"
        or "RICE" or "RITA" or "SU" or "TAN" or "VU" or "AL" or "AN" or "LE" or "MA" or "LOW" or "DON" or "DOT" or "SAM" or "SAGE" or "SHARP" or "JAN";
}
