using System.Net;
using HealthMcp.Catalog;

namespace HealthMcp.Http;

/// <summary>A file as it came from a signed address.</summary>
/// <param name="MediaType">What the storage says that it is, in lower case; empty when it does not say.</param>
internal sealed record ReceivedFile(ReadOnlyMemory<byte> Content, string MediaType)
{
    /// <summary>Without the content: a record would print it.</summary>
    public override string ToString() => nameof(ReceivedFile);
}

/// <summary>
/// Fetches and stores files at the signed addresses that a system's answers give, which are not JSON and not the system's own operations. It sends no
/// token, no project and no header of ours: the address alone opens the file. Redirects are refused.
/// </summary>
/// <param name="connection">The system that gives the addresses.</param>
/// <param name="own">Reaches the system's own origin.</param>
/// <param name="open">Reaches public machines and no others (<see cref="GuardedHttp"/>).</param>
/// <param name="time">Clock of the time limit.</param>
internal sealed class FileTransfer(SystemConnection connection, HttpMessageInvoker own, HttpMessageInvoker open, TimeProvider time)
{
    private const int Attempts = 3;

    /// <summary>Longest wait for one attempt, from the connection to the last byte.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private string System => connection.Source.System;

    /// <param name="address">As the system's answer wrote it.</param>
    /// <param name="most">Largest file, in bytes.</param>
    /// <param name="cancellation">Ends it at once.</param>
    /// <exception cref="CallFailureException">The address leads elsewhere, or the file cannot be had whole.</exception>
    public async Task<ReceivedFile> FetchAsync(string? address, int most, CancellationToken cancellation)
    {
        var signed = SignedAddress.Read(System, await connection.BaseAddress(cancellation), address);
        return await RepeatedAsync(
            async inner =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, signed.Value);
                using var response = await ClientOf(signed).SendAsync(request, inner);
                if (!response.IsSuccessStatusCode) throw UpstreamFailures.File(System, (int)response.StatusCode);
                var body = await BoundedBody.ReadAsync(response.Content, most, inner) ?? throw UpstreamFailures.FileTooLarge(System, most);
                return new ReceivedFile(body, response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant() ?? "");
            },
            cancellation);
    }

    /// <summary>Puts a file at a signed address. The same bytes at the same address twice are one file, so a lost answer is sent again.</summary>
    /// <exception cref="CallFailureException">The address leads elsewhere, or the storage did not confirm the file.</exception>
    public async Task StoreAsync(string? address, ReadOnlyMemory<byte> content, string contentType, CancellationToken cancellation)
    {
        var signed = SignedAddress.Read(System, await connection.BaseAddress(cancellation), address);
        await RepeatedAsync(
            async inner =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Put, signed.Value) { Content = new ReadOnlyMemoryContent(content) };
                request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
                using var response = await ClientOf(signed).SendAsync(request, inner);
                return response.IsSuccessStatusCode ? response.StatusCode : throw UpstreamFailures.File(System, (int)response.StatusCode);
            },
            cancellation);
    }

    private HttpMessageInvoker ClientOf(SignedAddress signed) => signed.IsOwnOrigin ? own : open;

    private async Task<T> RepeatedAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellation)
    {
        for (var left = Attempts - 1; ; left--)
        {
            try
            {
                return await OnceAsync(attempt, cancellation);
            }
            catch (CallFailureException failure) when (failure.Retryable && left > 0)
            {
                await Task.Delay(connection.RetryDelay, time, cancellation);
            }
        }
    }

    private async Task<T> OnceAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Longest, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await attempt(both.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw UpstreamFailures.Timeout(System);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            // The exception's text names the host.
            throw UpstreamFailures.Unreachable(System);
        }
    }
}
