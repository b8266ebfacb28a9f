namespace HealthMcp.Tests.HouseRules;

/// <summary>
/// Blanks out what is not code in C# source: comments, preprocessor lines and the insides of literals of every form. Code inside
/// interpolation holes stays. Every newline and every position stays, so that what is found can be told by its line.
/// </summary>
internal sealed class CodeMask
{
    private readonly string _text;
    private readonly char[] _code;
    private int _at;

    private CodeMask(string text)
    {
        _text = text;
        _code = text.ToCharArray();
    }

    public static string Of(string text)
    {
        var mask = new CodeMask(text);
        while (mask._at < text.Length) mask.Step();
        return new string(mask._code);
    }

    private void Step()
    {
        if (At("//") || AtDirective()) BlankWhile(() => _text[_at] != '\n');
        else if (At("/*")) BlankThrough("*/", from: 2);
        else if (At("'")) Quoted('\'', 0);
        else if (LiteralStart() is { } start) Literal(start.Dollars, start.Verbatim, start.Prefix);
        else _at++;
    }

    private (int Dollars, bool Verbatim, int Prefix)? LiteralStart()
    {
        var end = _at;
        while (end < _text.Length && _text[end] is '$' or '@') end++;
        if (end >= _text.Length || _text[end] != '"') return null;
        var prefix = _text.AsSpan(_at, end - _at);
        return (prefix.Count('$'), prefix.Contains('@'), prefix.Length);
    }

    private void Literal(int dollars, bool verbatim, int prefix)
    {
        Blank(prefix);
        var quotes = Run('"');
        if (quotes >= 3 && !verbatim) Raw(quotes, dollars);
        else if (verbatim) Verbatim(dollars);
        else Quoted('"', dollars);
    }

    private void Quoted(char quote, int dollars)
    {
        Blank(1);
        while (_at < _text.Length && _text[_at] != quote && _text[_at] != '\n')
        {
            if (_text[_at] == '\\') Blank(2);
            else Inside(dollars);
        }

        Blank(1);
    }

    private void Verbatim(int dollars)
    {
        Blank(1);
        while (_at < _text.Length && (_text[_at] != '"' || At("\"\"")))
        {
            if (At("\"\"")) Blank(2);
            else Inside(dollars);
        }

        Blank(1);
    }

    private void Raw(int quotes, int dollars)
    {
        Blank(quotes);
        while (_at < _text.Length && Run('"') < quotes)
        {
            if (Run('"') is > 0 and var few) Blank(few);
            else if (dollars > 0 && Run('{') is var open && open >= dollars) Hole(open, dollars);
            else Blank(1);
        }

        Blank(quotes);
    }

    private void Inside(int dollars)
    {
        if (dollars == 0 || _text[_at] != '{') Blank(1);
        else if (At("{{")) Blank(2);
        else Hole(1, 1);
    }

    // The last braces of the run open the hole; braces before them are text of a raw literal.
    private void Hole(int open, int braces)
    {
        Blank(open);
        var depth = 0;
        while (_at < _text.Length && !(depth == 0 && _text[_at] == '}'))
        {
            if (depth == 0 && _text[_at] == ':' && !At("::"))
            {
                BlankWhile(() => _text[_at] != '}');
                break;
            }

            if (At("::")) _at++;
            depth += _text[_at] switch { '(' or '[' or '{' => 1, ')' or ']' or '}' => -1, _ => 0 };
            Step();
        }

        Blank(braces);
    }

    private bool At(string what) => string.CompareOrdinal(_text, _at, what, 0, what.Length) == 0;

    private bool AtDirective() => _text[_at] == '#' && _text.AsSpan(0, _at)[(_text.LastIndexOf('\n', _at) + 1)..].IsWhiteSpace();

    private int Run(char of)
    {
        var end = _at;
        while (end < _text.Length && _text[end] == of) end++;
        return end - _at;
    }

    private void BlankThrough(string end, int from)
    {
        var found = _text.IndexOf(end, Math.Min(_at + from, _text.Length), StringComparison.Ordinal);
        Blank((found < 0 ? _text.Length : found + end.Length) - _at);
    }

    private void BlankWhile(Func<bool> holds)
    {
        while (_at < _text.Length && holds()) Blank(1);
    }

    private void Blank(int count)
    {
        for (var end = Math.Min(_at + count, _text.Length); _at < end; _at++)
        {
            if (_text[_at] is not ('\n' or '\r')) _code[_at] = ' ';
        }
    }
}
