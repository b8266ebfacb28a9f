using System.Net;
using System.Net.Sockets;

namespace HealthMcp.Http;

/// <summary>
/// The client for addresses that an upstream's answer gave. It connects to public machines only, and looks at the numbers that it then connects
/// to: a name that leads outside when it is checked and inside when it is used (DNS rebinding) gets no further. No redirects, cookies,
/// credentials or proxy, because a proxy would resolve the name itself.
/// </summary>
internal static class GuardedHttp
{
    /// <param name="resolve">Finds the numbers of a name; the machine's own resolver unless a test says otherwise.</param>
    public static HttpMessageInvoker Create(Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        ConnectTimeout = TimeSpan.FromSeconds(10),
        MaxResponseHeadersLength = 64,
        ConnectCallback = async (context, cancellation) =>
            await ConnectAsync(context.DnsEndPoint, resolve ?? Dns.GetHostAddressesAsync, cancellation),
    });

    private static async Task<Stream> ConnectAsync(DnsEndPoint to, Func<string, CancellationToken, Task<IPAddress[]>> resolve, CancellationToken cancellation)
    {
        var numbers = IPAddress.TryParse(to.Host, out var number) ? [number] : await resolve(to.Host, cancellation);

        // One private number among public ones is as good as none: which of them is used would be chance.
        if (numbers.Length == 0 || !numbers.All(PublicNetwork.Has)) throw new HttpRequestException(HttpRequestError.ConnectionError, "not a public address");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(numbers, to.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
