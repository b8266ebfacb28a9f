using System.Net;
using System.Net.Sockets;

namespace HealthMcp.EndToEndTests.ManyMachines;

/// <summary>A small load balancer: each connection goes to the next instance that accepts it.</summary>
internal sealed class Balancer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IReadOnlyList<int> _ports;
    private int _next;

    public Balancer(params IReadOnlyList<Uri> instances)
    {
        _ports = [.. instances.Select(instance => instance.Port)];
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (var instance = await ConnectAsync())
        {
            if (instance is null) return;
            await Task.WhenAny(CopyAsync(client, instance), CopyAsync(instance, client));
        }
    }

    private async Task<TcpClient?> ConnectAsync()
    {
        for (var tried = 0; tried < _ports.Count; tried++)
        {
            var to = new TcpClient();
            try
            {
                await to.ConnectAsync(IPAddress.Loopback, _ports[Math.Abs(Interlocked.Increment(ref _next)) % _ports.Count]);
                return to;
            }
            catch (SocketException)
            {
                // That one is gone: the next.
                to.Dispose();
            }
        }

        return null;
    }

    private static async Task CopyAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One end has gone.
        }
    }
}
