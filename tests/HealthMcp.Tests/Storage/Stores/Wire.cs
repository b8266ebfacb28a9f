using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace HealthMcp.Tests.Storage.Stores;

/// <summary>A wire between a client and the test's database that can be cut, at once or after so many bytes, and that counts round trips.</summary>
internal sealed class Wire : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _ends = [];
    private readonly NpgsqlConnectionStringBuilder _to;
    private long _left = long.MaxValue;
    private int _turns;
    private bool _asking;

    public Wire(string address)
    {
        _to = new NpgsqlConnectionStringBuilder(address);
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>The same database, through the wire.</summary>
    public string Address => new NpgsqlConnectionStringBuilder(_to.ConnectionString)
    {
        Host = "127.0.0.1",
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
        SslMode = SslMode.Disable,
    }.ConnectionString;

    /// <summary>How often the client spoke and then waited for an answer.</summary>
    public int RoundTrips => Volatile.Read(ref _turns);

    /// <summary>Lets so many bytes more go to the server and then cuts everything.</summary>
    public void CutAfter(long bytes) => Interlocked.Exchange(ref _left, bytes);

    public void Cut()
    {
        lock (_ends)
        {
            foreach (var end in _ends) end.Dispose();
            _ends.Clear();
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        Cut();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                var server = new TcpClient();
                await server.ConnectAsync(_to.Host!, _to.Port);
                (client.NoDelay, server.NoDelay) = (true, true);
                lock (_ends) _ends.AddRange([client, server]);
                _ = CopyAsync(client, server, asking: true);
                _ = CopyAsync(server, client, asking: false);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, bool asking)
    {
        var buffer = new byte[4096];
        try
        {
            var (source, target) = (from.GetStream(), to.GetStream());
            while (await source.ReadAsync(buffer) is var read and > 0)
            {
                if (asking && !Volatile.Read(ref _asking)) Interlocked.Increment(ref _turns);
                Volatile.Write(ref _asking, asking);
                var left = asking ? Interlocked.Add(ref _left, -read) : long.MaxValue;
                await target.WriteAsync(buffer.AsMemory(0, (int)Math.Clamp(left < 0 ? read + left : read, 0, read)));
                if (left < 0) break;
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }

        if (asking && Volatile.Read(ref _left) < 0) Cut();
        from.Dispose();
        to.Dispose();
    }
}
