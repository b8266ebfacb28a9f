using HealthMcp.Access;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace HealthMcp.Prompts;

/// <summary>Who asks, and where a refusal is recorded.</summary>
internal sealed record PromptAccess(Func<MessageContext, Caller> CallerOf, Action<Caller, string, AccessVerdict> Refused);

/// <summary>Puts the prompts behind prompts/list, prompts/get and completion/complete.</summary>
internal static class PromptHandlers
{
    private static readonly TimeSpan Lasting = TimeSpan.FromMinutes(5);

    /// <param name="book">Asked for at the first request, so that starting costs nothing.</param>
    public static void AddTo(McpServerHandlers handlers, Lazy<PromptBook> book, PromptAccess access)
    {
        handlers.ListPromptsHandler = (request, _) => ValueTask.FromResult(Listed(book.Value, access.CallerOf(request)));
        handlers.GetPromptHandler = (request, _) => ValueTask.FromResult(Get(book.Value, request.Params, access.CallerOf(request), access));

        // No argument is completed: what could be offered are patients, and nobody has asked for those yet.
        handlers.CompleteHandler ??= (_, _) => ValueTask.FromResult(new CompleteResult
        {
            Completion = new Completion { Values = [], Total = 0, HasMore = false },
        });
    }

    /// <summary>Why the prompt is not for this caller; null when it is, or when there is none of that name.</summary>
    public static AccessVerdict? Refusal(PromptBook book, string? name, Caller caller) =>
        book.Find(name) is { } template && AccessPolicy.Decide(caller, template.Scopes) is { Granted: false } verdict ? verdict : null;

    public static string Sentence(AccessVerdict verdict) =>
        $"This prompt needs the scopes {string.Join(", ", verdict.Required)}: ask the operator or sign in with more.";

    private static GetPromptResult Get(PromptBook book, GetPromptRequestParams? asked, Caller caller, PromptAccess access)
    {
        if (Refusal(book, asked?.Name, caller) is not { } verdict) return book.Get(asked?.Name ?? "", asked?.Arguments);
        access.Refused(caller, asked!.Name, verdict);
        throw new McpProtocolException(Sentence(verdict), McpErrorCode.InvalidParams);
    }

    // What one caller is shown is not for another's cache.
    private static ListPromptsResult Listed(PromptBook book, Caller caller) =>
        new() { Prompts = book.List(caller), TimeToLive = Lasting, CacheScope = CacheScope.Private };
}
