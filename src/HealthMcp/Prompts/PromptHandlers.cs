using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace HealthMcp.Prompts;

/// <summary>Puts the prompts behind prompts/list, prompts/get and completion/complete.</summary>
internal static class PromptHandlers
{
    private static readonly TimeSpan Lasting = TimeSpan.FromHours(1);

    /// <param name="book">Asked for at the first request, so that starting costs nothing.</param>
    public static void AddTo(McpServerHandlers handlers, Lazy<PromptBook> book)
    {
        handlers.ListPromptsHandler = (_, _) => ValueTask.FromResult(Listed(book.Value));
        handlers.GetPromptHandler = (request, _) => ValueTask.FromResult(book.Value.Get(request.Params?.Name ?? "", request.Params?.Arguments));

        // No argument is completed: what could be offered are patients, and nobody has asked for those yet.
        handlers.CompleteHandler ??= (_, _) => ValueTask.FromResult(new CompleteResult
        {
            Completion = new Completion { Values = [], Total = 0, HasMore = false },
        });
    }

    // The same for every caller, and fixed for as long as the program runs.
    private static ListPromptsResult Listed(PromptBook book) => new() { Prompts = book.List(), TimeToLive = Lasting, CacheScope = CacheScope.Public };
}
