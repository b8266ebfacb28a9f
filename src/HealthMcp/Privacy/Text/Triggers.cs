using System.Buffers;

namespace HealthMcp.Privacy;

/// <summary>
/// Pieces without which a group of patterns cannot match. One vectorised search for all of them costs less than starting the patterns,
/// and most leaves of an answer are short words that need none.
/// </summary>
internal static class Triggers
{
    private static readonly SearchValues<string> Old = Of("ninet", "hundred", "nonagen", "centena", "90s", "90's");
    private static readonly SearchValues<string> Orders = Of(
        "ignore", "disregard", "forget", "override", "bypass", "instruction", "prompt", "you are now", "you\tare", "are  now", "pretend", "act as", "act  as",
        "reveal", "print", "repeat", "output", "exfiltrate", "leak", "send", "show", "tool", "function", "<", "[", "assistant", "system", "developer",
        "jsonrpc", " ai", "llm", "model", "chatbot", "agent", "not tell", "not inform", "not alert", "not mention");

    public static bool HasGreatAge(string text) => text.AsSpan().ContainsAny(Old);

    public static bool HasOrder(string text) => text.AsSpan().ContainsAny(Orders);

    private static SearchValues<string> Of(params string[] pieces) => SearchValues.Create(pieces, StringComparison.OrdinalIgnoreCase);
}
