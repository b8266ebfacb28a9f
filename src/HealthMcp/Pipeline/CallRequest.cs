using System.Text.Json;
using HealthMcp.Access;

namespace HealthMcp.Pipeline;

/// <summary>One call as it arrives from a client or from the terminal.</summary>
internal sealed record CallRequest(string Tool, JsonElement Arguments, Caller Caller)
{
    /// <summary>A person sits at the terminal and answers for the write, so the approve mode may go on.</summary>
    public bool PersonPresent { get; init; }

    /// <summary>Shows the client a piece of an answer before the answer; null when the client does not listen. What it is given has been redacted.</summary>
    public Action<string>? Pieces { get; init; }

    public Action<int, int?, string> Progress { get; init; } = (_, _, _) => { };
}

/// <summary>What goes back: structured content as UTF-8 JSON, and whether it tells of an error.</summary>
/// <param name="Outcome">ok, or a code of <see cref="Catalog.FailureCodes"/>.</param>
internal sealed record CallAnswer(ReadOnlyMemory<byte> Structured, string Text, string Outcome)
{
    public bool IsError => Outcome is not ("ok" or "preview");
}
