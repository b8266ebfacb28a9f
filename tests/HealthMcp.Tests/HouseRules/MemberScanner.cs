using System.Text.RegularExpressions;

namespace HealthMcp.Tests.HouseRules;

/// <summary>A member with code in it, and how many lines it takes from its signature to its end.</summary>
/// <param name="IsMethod">It has a parameter list; otherwise it is a property.</param>
internal sealed record Member(string Name, int Line, int Lines, bool IsMethod);

/// <summary>
/// Finds the members of types in masked C# by matching braces. It needs no compiler, and it need not understand what is inside a
/// member. Field initialisers are not members: a table may be as long as its rows.
/// </summary>
internal sealed partial class MemberScanner
{
    private readonly SourceFile _file;
    private readonly string _code;
    private readonly List<Member> _found = [];

    private MemberScanner(SourceFile file) => (_file, _code) = (file, file.Code);

    public static IReadOnlyList<Member> Of(SourceFile file)
    {
        var scanner = new MemberScanner(file);
        scanner.Block(0, file.Code.Length, inType: false);
        return scanner._found;
    }

    private void Block(int start, int end, bool inType)
    {
        var header = start;
        for (var i = start; i < end; i++)
        {
            switch (_code[i])
            {
                case '(' or '[': i = Closing(i); break;
                case ';': header = i + 1; break;
                case '=' when !IsOperatorName(header, i): (i, header) = AfterEquals(header, i, inType); break;
                case '{': (i, header) = AfterBrace(header, i, inType); break;
                default: break;
            }
        }
    }

    private (int At, int Header) AfterEquals(int header, int equals, bool inType)
    {
        var end = equals;
        while (end < _code.Length && _code[end] != ';') end = (_code[end] is '(' or '[' or '{' ? Closing(end) : end) + 1;
        if (inType && equals + 1 < _code.Length && _code[equals + 1] == '>') Add(header, equals, end);
        return (end, end + 1);
    }

    private (int At, int Header) AfterBrace(int header, int open, bool inType)
    {
        var close = Closing(open);
        var text = _code[header..open];
        if (Namespace().IsMatch(text)) Block(open + 1, close, inType: false);
        else if (Type().IsMatch(text)) Block(open + 1, close, inType: true);
        else if (inType) Add(header, open, close);
        return (close, close + 1);
    }

    private void Add(int header, int signatureEnd, int end)
    {
        var start = SignatureStart(header);
        if (start >= signatureEnd) return;
        var signature = _code[start..signatureEnd];
        var method = Method().Match(signature);
        var property = method.Success ? method : LastWord().Match(signature);
        _found.Add(new Member(
            property.Groups["name"].Value,
            _file.LineOf(start),
            _file.LineOf(Math.Min(end, _code.Length - 1)) - _file.LineOf(start) + 1,
            method.Success));
    }

    // Attributes stand before the signature and are not counted.
    private int SignatureStart(int from)
    {
        while (from < _code.Length && (char.IsWhiteSpace(_code[from]) || _code[from] == '[')) from = (_code[from] == '[' ? Closing(from) : from) + 1;
        return from;
    }

    private bool IsOperatorName(int header, int equals) => OperatorName().IsMatch(_code[header..equals]);

    private int Closing(int open)
    {
        var depth = 0;
        for (var i = open; i < _code.Length; i++)
        {
            depth += _code[i] switch { '(' or '[' or '{' => 1, ')' or ']' or '}' => -1, _ => 0 };
            if (depth == 0) return i;
        }

        return _code.Length - 1;
    }

    [GeneratedRegex(@"\bnamespace\s+[\w.]+\s*$")]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\b(class|struct|interface|enum|record)\s+@?[A-Z]|\bextension\s*(<[^>]*>)?\s*\(")]
    private static partial Regex Type();

    [GeneratedRegex(@"\boperator\s*(checked\s*)?[=!<>+\-*/&|^%]*$")]
    private static partial Regex OperatorName();

    // A parenthesis right after a modifier opens a tuple, not a parameter list.
    [GeneratedRegex(
        @"\b(?!(public|private|protected|internal|static|readonly|override|virtual|abstract|sealed|async|partial|extern|unsafe|new|ref)\b)(?<name>operator\s*[^\s(]+|[\w.]+)\s*(<([^()<>]|<[^()<>]*>)*>)?\s*\(",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Method();

    [GeneratedRegex(@"(?<name>\w+)\s*(\[[^\]]*\]\s*)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex LastWord();
}
