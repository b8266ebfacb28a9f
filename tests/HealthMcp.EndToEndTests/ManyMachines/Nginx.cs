using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using HealthMcp.EndToEndTests.BuiltProgram;

namespace HealthMcp.EndToEndTests.ManyMachines;

/// <summary>The load balancer of src/deploy: nginx with that very configuration, but for the addresses and folders of this machine.</summary>
internal sealed class Nginx : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("healthmcp-nginx-").FullName;
    private readonly int _port = FreePort();
    private Process? _process;

    public Uri Address => new($"http://127.0.0.1:{_port.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>All that it wrote down.</summary>
    public string Log => File.Exists(Path.Combine(_folder, "error.log")) ? File.ReadAllText(Path.Combine(_folder, "error.log")) : "";

    public static async Task<Nginx> StartAsync(params Uri[] instances)
    {
        var nginx = new Nginx();
        await nginx.RunAsync(instances);
        return nginx;
    }

    public void Dispose()
    {
        _process?.Kill(entireProcessTree: true);
        _process?.WaitForExit();
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task RunAsync(Uri[] instances)
    {
        var file = Path.Combine(_folder, "nginx.conf");
        await File.WriteAllTextAsync(file, Here(instances));
        _process = Process.Start(Environment.GetEnvironmentVariable(DatabaseFactAttribute.Nginx)!, ["-p", _folder, "-e", "error.log", "-c", file]);
        while (!await AnswersAsync()) _process.HasExited.ShouldBeFalse(Log);
    }

    // Each part that is exchanged must be there, so that what remains is what an operator runs.
    private string Here(Uri[] instances)
    {
        var text = File.ReadAllText(Path.Combine(Built.Root(), "src", "deploy", "nginx.conf"));
        var servers = instances.Select(i => $"server 127.0.0.1:{i.Port.ToString(CultureInfo.InvariantCulture)} max_fails=1 fail_timeout=5s;");
        var bodies = string.Concat(new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(name => $" {name}_temp_path {name};"));
        foreach (var (part, instead) in new[]
        {
            ("pid /tmp/nginx.pid;", $"pid nginx.pid; daemon off;{(Environment.IsPrivilegedProcess ? " user root;" : "")}"),
            ("error_log /dev/stderr error;", "error_log error.log error;"),
            ("http {", $"http {{{bodies}"),
            ("resolver 127.0.0.11 valid=2s;", ""),
            ("server healthmcp:8765 resolve max_fails=1 fail_timeout=5s;", string.Join(' ', servers)),
            ("listen 8080;", $"listen 127.0.0.1:{_port.ToString(CultureInfo.InvariantCulture)};"),
        })
        {
            text.ShouldContain(part);
            text = text.Replace(part, instead, StringComparison.Ordinal);
        }

        return text;
    }

    private async Task<bool> AnswersAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, _port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
