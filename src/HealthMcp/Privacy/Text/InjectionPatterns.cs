using System.Text.RegularExpressions;

namespace HealthMcp.Privacy;

/// <summary>Chart text that reads like instructions to a model. It is only flagged: whoever reads decides.</summary>
internal static partial class InjectionPatterns
{
    public static bool IsSuspect(string text) => Triggers.HasOrder(text) && Pattern().IsMatch(text);

    [GeneratedRegex(
        @"\b(ignore|disregard|forget|override|bypass)\s+(?:(?:all|any|the|your|of|my)\s+){0,4}(previous|prior|above|earlier|preceding|system|safety|foregoing)\s+(instructions?|prompts?|rules?|messages?|guidelines?|directions?|context)"
        + @"|\b(new|updated|additional|real)\s+(system\s+)?(instructions?|prompt)\s*:"
        + @"|\byou\s+are\s+now\s+(a|an|in|the)\b|\bpretend\s+(to\s+be|you)\b|\bact\s+as\s+(an?\s+)?(unrestricted|admin|system|developer|DAN)\b"
        + @"|\b(reveal|print|repeat|show|output|send|exfiltrate|leak)\s+(?:\w+\s+){0,4}(system\s+prompt|api\s+keys?|credentials?|passwords?|access\s+tokens?|all\s+patients?|patient\s+(list|database))"
        + @"|</?(system|assistant|tool_call|tool_use|function_call|function_calls|invoke|instructions)\b|<\|[a-z_]{2,20}\|>|\[/?INST\]"
        + @"|^\s*(system|assistant|developer)\s*:\s|""(tool_calls?|function_call|jsonrpc)""\s*:|\b(call|invoke|use|run|execute)\s+the\s+[\w.]{2,40}\s+(tool|function)\b"
        + @"|\b(as|dear|attention|note\s+to)\s+(an?\s+)?(AI|LLM|language\s+model|assistant|chatbot|agent)\b|\bdo\s+not\s+(tell|inform|alert|mention\s+(this|it)\s+to)\s+the\s+(user|patient|doctor|human)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.Multiline, 200)]
    private static partial Regex Pattern();
}
