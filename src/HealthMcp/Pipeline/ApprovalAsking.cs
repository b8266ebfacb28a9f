using System.Security.Cryptography;
using System.Text;
using HealthMcp.Access;
using HealthMcp.Catalog;
using HealthMcp.Storage;
using HealthMcp.Writes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace HealthMcp.Pipeline;

/// <summary>Answers a call through the pipeline.</summary>
internal delegate Task<CallAnswer> Answering(CallRequest call, CancellationToken cancellation);

/// <summary>
/// Brings the page of an approval to the person in the way that the client has for it: elicitation in URL mode at 2025-11-25, an input request (MRTR) at
/// 2026-07-28, and else in the answer. In the first two the link goes to the client's user and not to the model, and the call waits for what the
/// person says.
/// </summary>
internal sealed class ApprovalAsking(Func<ApprovalDesk> desk, ApprovalPlace place, TimeProvider time)
{
    private const string Key = "approval";
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private const int LooksBetweenNews = 10;

    public async Task<CallAnswer> CallAsync(
        RequestContext<CallToolRequestParams> request, CallRequest call, Answering answering, CancellationToken cancellation)
    {
        // A client that says it shows links, and that can be asked from here.
        var apart = request.Server.ClientCapabilities?.Elicitation?.Url is not null;
        var placed = call with { Place = place, LinkApart = apart };
        if (apart && request.Params.RequestState is { } state) return await ResumeAsync(request, placed, state, answering, cancellation);
        var answer = await answering(placed, cancellation);
        if (!apart || answer.Approval is not { } ticket) return answer;
        if (request.Server.IsMrtrSupported) throw new InputRequiredException(Input(ticket), StateOf(placed));
        return await ElicitAsync(request, placed, ticket, cancellation) ? await answering(placed, cancellation) : answer;
    }

    // The client comes back with what its user said to the question whether to open the page; what is approved, the page alone says.
    private async Task<CallAnswer> ResumeAsync(
        RequestContext<CallToolRequestParams> request, CallRequest call, string state, Answering answering, CancellationToken cancellation)
    {
        if (!Same(state, StateOf(call))) return ErrorContent.Of(PersonApproval.Changed());
        var given = request.Params.InputResponses is { } all && all.TryGetValue(Key, out var response)
            ? response.Deserialize(InputResponse.ElicitResultJsonTypeInfo)?.Action
            : null;
        await AnsweredAsync(IdOf(call), given, request, call, cancellation);
        return await answering(call, cancellation);
    }

    private async Task<bool> ElicitAsync(
        RequestContext<CallToolRequestParams> request, CallRequest call, ApprovalTicket ticket, CancellationToken cancellation)
    {
        try
        {
            var said = await request.Server.ElicitAsync(Elicitation(ticket), cancellation);
            if (!await AnsweredAsync(ticket.Id, said.Action, request, call, cancellation)) return false;
            await CompleteAsync(request, ticket, cancellation);
            return true;
        }
        catch (McpException)
        {
            // The client says that it can ask, and cannot: then nobody was asked.
            return false;
        }
    }

    /// <returns>Whether the person has answered on the page, or refused to see it.</returns>
    private async Task<bool> AnsweredAsync(
        string id, string? said, RequestContext<CallToolRequestParams> request, CallRequest call, CancellationToken cancellation)
    {
        switch (said)
        {
            case "accept":
                return await WaitAsync(id, call.Progress, cancellation);
            case "decline":
                Kept(() => desk().Refuse(id));
                return true;
            default:
                return false;
        }
    }

    private async Task<bool> WaitAsync(string id, Action<int, int?, string> progress, CancellationToken cancellation)
    {
        var most = (int)(ApprovalBook.Lifetime / Look);
        for (var look = 0; look <= most; look++)
        {
            if (desk().Find(id) is not { } approval) return false;
            if (approval.State != ApprovalState.Pending) return true;
            if (look % LooksBetweenNews == 0) progress(look, null, "waiting for the user to approve on the page");
            await Task.Delay(Look, time, cancellation);
        }

        return false;
    }

    private static async Task CompleteAsync(RequestContext<CallToolRequestParams> request, ApprovalTicket ticket, CancellationToken cancellation) =>
        await request.Server.SendNotificationAsync(
            NotificationMethods.ElicitationCompleteNotification,
            new ElicitationCompleteNotificationParams { ElicitationId = ticket.PublicName },
            McpJsonUtilities.DefaultOptions,
            cancellation);

    private static Dictionary<string, InputRequest> Input(ApprovalTicket ticket) =>
        new(StringComparer.Ordinal) { [Key] = InputRequest.ForElicitation(Elicitation(ticket)) };

    private static ElicitRequestParams Elicitation(ApprovalTicket ticket) => new()
    {
        Mode = "url",
        Url = ticket.Link.AbsoluteUri,
        ElicitationId = ticket.PublicName,
        Message = $"{ticket.Says} Open the page to see it whole, and approve or decline it there.",
    };

    private string IdOf(CallRequest call) => desk().IdOf(Cursors.Digest(call.Caller, call.Tool, Cursors.Given(call.Arguments)));

    // The same for the same call: other arguments that come back with it are another write.
    private string StateOf(CallRequest call) => $"apr_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("state/" + IdOf(call))))}";

    private static bool Same(string one, string other) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    private static void Kept(Action put)
    {
        try
        {
            put();
        }
        catch (StorageException)
        {
            // What cannot be put down stays unapproved.
        }
    }
}
