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

    /// <summary>Where a person may approve a write that this call asks for; null where no page can be shown.</summary>
    public ApprovalPlace? Place { get; init; }

    /// <summary>The client shows links to the person itself, so none stands in the answer, where the model would read it.</summary>
    public bool LinkApart { get; init; }

    public Action<int, int?, string> Progress { get; init; } = (_, _, _) => { };
}

/// <summary>Where the pages are on which a person approves.</summary>
/// <param name="Address">Address below which each link is a page, ending in a slash. It may be made when it is first asked for.</param>
/// <param name="Show">Opens a page in the person's own browser, where there is one; false when it did not come to be opened.</param>
internal sealed record ApprovalPlace(Func<CancellationToken, ValueTask<Uri>> Address, Func<Uri, CancellationToken, ValueTask<bool>> Show);

/// <summary>An approval that a call waits for.</summary>
/// <param name="Id">The approval.</param>
/// <param name="PublicName">Names it to the client, and opens nothing.</param>
/// <param name="Link">The page. Whoever has it may open it.</param>
/// <param name="Says">What will happen, without identifying values.</param>
internal sealed record ApprovalTicket(string Id, string PublicName, Uri Link, string Says)
{
    // The link is a secret.
    public override string ToString() => nameof(ApprovalTicket);
}

/// <summary>What goes back: structured content as UTF-8 JSON, and whether it tells of an error.</summary>
/// <param name="Outcome">ok, or a code of <see cref="Catalog.FailureCodes"/>.</param>
internal sealed record CallAnswer(ReadOnlyMemory<byte> Structured, string Text, string Outcome)
{
    /// <summary>The write waits for a person.</summary>
    public const string ApprovalNeeded = "approval_needed";

    public bool IsError => Outcome is not ("ok" or "preview" or ApprovalNeeded);

    /// <summary>What it waits for; for the host, which may show the page to the person.</summary>
    public ApprovalTicket? Approval { get; init; }
}
