using System.Globalization;
using System.Text;
using HealthMcp.Sandbox.Serving;
using Microsoft.AspNetCore.Http;

namespace HealthMcp.Sandbox.Faults;

/// <summary>Answers a request, through a fault if one waits.</summary>
internal sealed class FaultRunner(TimeProvider time, bool keepAnswers)
{
    private static readonly byte[] Filler = Encoding.UTF8.GetBytes(new string('x', 64 * 1024));

    public async Task RunAsync(HttpContext http, IHealthSystem system, Exchange exchange, JournalEntry entry, Fault? fault)
    {
        if (fault is null || await IsOnlyDelayAsync(http, system, exchange, fault))
        {
            var answer = await RunAsync(system, exchange, http.RequestAborted);
            await SendAsync(http, entry, keepAnswers ? Kept(entry, answer) : answer);
            return;
        }

        switch (fault.Kind)
        {
            case FaultKind.ResetConnection:
                http.Abort();
                break;
            case FaultKind.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, time, http.RequestAborted);
                break;
            case FaultKind.AnswerLost:
                await RunAsync(system, exchange, CancellationToken.None);
                http.Abort();
                break;
            case FaultKind.SlowDrip:
                await DripAsync(http, entry, await RunAsync(system, exchange, http.RequestAborted), fault.Delay);
                break;
            case FaultKind.Oversized:
                await FloodAsync(http, entry, fault.Bytes);
                break;
            default:
                await SendAsync(http, entry, await TwistedAsync(http, system, exchange, fault));
                break;
        }
    }

    private async Task<bool> IsOnlyDelayAsync(HttpContext http, IHealthSystem system, Exchange exchange, Fault fault)
    {
        if (fault.Kind == FaultKind.Latency)
        {
            await Task.Delay(fault.Delay, time, http.RequestAborted);
            return true;
        }

        if (fault.Kind == FaultKind.ExpiredToken)
        {
            system.Tokens.Revoke(exchange.Bearer);
            return true;
        }

        return false;
    }

    private static async Task<Answer> RunAsync(IHealthSystem system, Exchange exchange, CancellationToken cancellation)
    {
        if (!exchange.Operation.Open && system.Refuse(exchange) is { } refusal) return refusal;
        return exchange.Operation.Slow is { } slow ? await slow(exchange, cancellation) : exchange.Operation.Handle(exchange);
    }

    // Of bodies that are written piece by piece only events are kept: exports may be larger than memory.
    private static Answer Kept(JournalEntry entry, Answer answer)
    {
        (entry.Answer, entry.AnswerType) = (Encoding.UTF8.GetString(answer.Body), answer.ContentType);
        if (answer is not { Stream: { } write, ContentType: "text/event-stream" }) return answer;
        return answer with
        {
            Stream = async (body, cancellation) =>
            {
                await using var kept = new CopiedStream(body);
                await write(kept, cancellation);
                entry.Answer = kept.Text;
            },
        };
    }

    private async Task<Answer> TwistedAsync(HttpContext http, IHealthSystem system, Exchange exchange, Fault fault) => fault.Kind switch
    {
        FaultKind.Status => WithRetryAfter(system.Error(fault.StatusCode, FaultPlan.Canary), fault),
        FaultKind.HtmlErrorPage => Answer.Text(
            $"<html><head><title>Bad gateway</title></head><body><p>{FaultPlan.Canary}</p></body></html>",
            fault.StatusCode,
            "text/html"),
        FaultKind.ErrorBodyWithSuccess => system.Error(500, FaultPlan.Canary) with { Status = 200 },
        FaultKind.WrongContentType => await RunAsync(system, exchange, http.RequestAborted) with { ContentType = "text/plain" },
        FaultKind.TruncatedJson => Cut(http, await RunAsync(system, exchange, http.RequestAborted), fault),
        _ => (await RunAsync(system, exchange, http.RequestAborted)).With("Date", (time.GetUtcNow() + fault.Delay).ToString("R", CultureInfo.InvariantCulture)),
    };

    private static Answer Cut(HttpContext http, Answer answer, Fault fault) => answer.Stream is not { } whole
        ? answer with { Body = answer.Body[..(answer.Body.Length / 2)] }
        : answer with { Stream = (body, cancellation) => BreakAsync(http, whole, new CutStream(body, fault.Bytes), cancellation) };

    private static async Task BreakAsync(HttpContext http, Func<Stream, CancellationToken, Task> whole, CutStream body, CancellationToken cancellation)
    {
        try
        {
            await whole(body, cancellation);
        }
        catch (IOException)
        {
            http.Abort();
        }
    }

    private static Answer WithRetryAfter(Answer answer, Fault fault) =>
        fault.RetryAfter is not { } wait ? answer : answer.With("Retry-After", ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture));

    private static async Task SendAsync(HttpContext http, JournalEntry entry, Answer answer)
    {
        entry.Status = answer.Status;
        await Write.AnswerAsync(http, answer);
    }

    private async Task DripAsync(HttpContext http, JournalEntry entry, Answer answer, TimeSpan delay)
    {
        entry.Status = answer.Status;
        Write.Head(http, answer);
        for (var at = 0; at < answer.Body.Length; at += 64)
        {
            await http.Response.Body.WriteAsync(answer.Body.AsMemory(at, Math.Min(64, answer.Body.Length - at)), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            await Task.Delay(delay, time, http.RequestAborted);
        }
    }

    private static async Task FloodAsync(HttpContext http, JournalEntry entry, long bytes)
    {
        entry.Status = 200;
        Write.Head(http, new Answer(200, [], "application/json"));
        await http.Response.Body.WriteAsync("{\"filler\":\""u8.ToArray(), http.RequestAborted);
        for (long sent = 0; sent < bytes; sent += Filler.Length)
        {
            await http.Response.Body.WriteAsync(Filler, http.RequestAborted);
        }

        await http.Response.Body.WriteAsync("\"}"u8.ToArray(), http.RequestAborted);
    }
}
