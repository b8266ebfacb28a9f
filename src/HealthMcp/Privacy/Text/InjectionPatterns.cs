using System.Buffers;
using System.Text.RegularExpressions;

namespace HealthMcp.Privacy;

/// <summary>Chart text that reads like instructions to a model. It is only flagged: whoever reads decides.</summary>
internal static partial class InjectionPatterns
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.Multiline;
    private static readonly SearchValues<char> Marks = SearchValues.Create("<[\"");

    public static bool IsSuspect(NoteText note)
    {
        if (note.Has(SignKinds.Order))
            foreach (var sign in note.Signs)
                if ((sign.Kinds & SignKinds.Order) != SignKinds.None && note.Length(Order(), sign.Start) > 0) return true;
        var rest = note.Text.AsSpan();
        for (var at = rest.IndexOfAny(Marks); at >= 0; at = NextMark(rest, at))
            if (MayMark(note, at) && note.Length(Mark(), at) > 0) return true;
        return false;
    }

    /// <summary>How the words of <see cref="Mark"/> begin: told by one look, where every tag of a narrative starts with a mark.</summary>
    private static bool MayMark(NoteText note, int at)
    {
        var first = note.CharAt(note.CharAt(at + 1) == '/' ? at + 2 : at + 1);
        return first > 127 || (char)(first | 32) is 's' or 'a' or 't' or 'f' or 'i' or 'j' or '|';
    }

    private static int NextMark(ReadOnlySpan<char> text, int at) => text[(at + 1)..].IndexOfAny(Marks) is var next and >= 0 ? at + 1 + next : -1;

    [GeneratedRegex(
        @"\G\b(?:(ignore|disregard|forget|override|bypass)\s+(?:(?:all|any|the|your|of|my)\s+){0,4}(previous|prior|above|earlier|preceding|system|safety|foregoing)\s+(instructions?|prompts?|rules?|messages?|guidelines?|directions?|context)"
        + @"|(new|updated|additional|real)\s+(system\s+)?(instructions?|prompt)\s*:"
        + @"|you\s+are\s+now\s+(a|an|in|the)\b|pretend\s+(to\s+be|you)\b|act\s+as\s+(an?\s+)?(unrestricted|admin|system|developer|DAN)\b"
        + @"|(reveal|print|repeat|show|output|send|exfiltrate|leak)\s+(?:\w+\s+){0,4}(system\s+prompt|api\s+keys?|credentials?|passwords?|access\s+tokens?|all\s+patients?|patient\s+(list|database))"
        + @"|(?<=^[^\S\n]{0,100})(system|assistant|developer)\s*:\s|(call|invoke|use|run|execute)\s+the\s+[\w.]{2,40}\s+(tool|function)\b"
        + @"|(as|dear|attention|note\s+to)\s+(an?\s+)?(AI|LLM|language\s+model|assistant|chatbot|agent)\b|do\s+not\s+(tell|inform|alert|mention\s+(this|it)\s+to)\s+the\s+(user|patient|doctor|human))",
        Options, PatternLimit.Milliseconds)]
    private static partial Regex Order();

    [GeneratedRegex(
        @"\G(?:</?(system|assistant|tool_call|tool_use|function_call|function_calls|invoke|instructions)\b|<\|[a-z_]{2,20}\|>|\[/?INST\]|""(tool_calls?|function_call|jsonrpc)""\s*:)",
        Options, PatternLimit.Milliseconds)]
    private static partial Regex Mark();
}
