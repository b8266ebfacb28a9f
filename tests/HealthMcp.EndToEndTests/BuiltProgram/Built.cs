using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace HealthMcp.EndToEndTests.BuiltProgram;

/// <summary>What a process printed and how it ended.</summary>
internal sealed record Finished(int ExitCode, string Output, string Error);

/// <summary>The built server as a process of its own, with a data folder that is this test's alone.</summary>
internal sealed class Built : IDisposable
{
    private static readonly string Library = Path.Combine(Root(), "src", "HealthMcp", "bin", Configuration(), "net10.0", "HealthMcp.dll");
    private readonly string _data = Path.Combine(Path.GetTempPath(), $"healthmcp-e2e-{Path.GetRandomFileName()}");
    private readonly List<Process> _running = [];
    private readonly List<string> _files = [];

    public IReadOnlyList<string> Command => ["dotnet", Library];

    public Dictionary<string, string?> Environment => new(StringComparer.Ordinal) { ["HEALTHMCP_DATA_DIR"] = _data };

    public async Task<Finished> RunAsync(string[] arguments, string input = "", params (string Name, string Value)[] settings)
    {
        using var process = Start(arguments, settings);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return new Finished(process.ExitCode, await output, await error);
    }

    public Task<Finished> CallAsync(string tool, string json, params string[] more) => RunAsync(["call", tool, json, .. more]);

    /// <summary>Serves HTTP on a free port and returns its address once it answers.</summary>
    public Task<Uri> ServeAsync(params string[] arguments) => ServeAsync(arguments, []);

    public async Task<Uri> ServeAsync(string[] arguments, (string Name, string Value)[] settings)
    {
        var port = FreePort();
        var process = Start(["--port", port.ToString(CultureInfo.InvariantCulture), .. arguments], settings);
        _running.Add(process);
        var first = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
        first.ShouldNotBeNull(await process.StandardError.ReadToEndAsync()
            .WaitAsync(TimeSpan.FromSeconds(1))
            .ContinueWith(t => t.IsCompletedSuccessfully ? t.Result : "", TaskScheduler.Default));
        return new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/mcp");
    }

    /// <summary>Runs the sandbox alone and returns the settings that it prints.</summary>
    public async Task<IReadOnlyList<(string Name, string Value)>> SandboxAsync(params string[] more)
    {
        var process = Start(["sandbox", "--port", "0", .. more], []);
        _running.Add(process);
        var settings = new List<(string, string)>();
        string? line;
        while ((line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60))) is not null
            && !line.StartsWith("Faults", StringComparison.Ordinal))
        {
            if (line.Split('=', 2) is [var name, var value] && name.All(c => char.IsUpper(c) || c == '_')) settings.Add((name, value));
        }

        _files.AddRange(settings.Where(s => s.Item1.EndsWith("_FILE", StringComparison.Ordinal)).Select(s => s.Item2));
        return settings;
    }

    /// <summary>The process that was started last.</summary>
    public Process Last => _running[^1];

    /// <summary>Starts the program and leaves it to the test.</summary>
    public Process Begin(string[] arguments, params (string Name, string Value)[] settings)
    {
        var process = Start(arguments, settings);
        _running.Add(process);
        return process;
    }

    public byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(_data, file));

    /// <summary>Holds a file as another process that is writing it would.</summary>
    public IDisposable Hold(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(_data, file), options);
    }

    public string PathOf(string file) => Path.Combine(_data, file);

    public string Read(string file) => File.ReadAllText(Path.Combine(_data, file));

    public string Logs() =>
        Directory.Exists(Path.Combine(_data, "logs")) ? string.Concat(Directory.GetFiles(Path.Combine(_data, "logs")).Select(File.ReadAllText)) : "";

    public void Dispose()
    {
        foreach (var process in _running)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        _files.ForEach(File.Delete);
        if (Directory.Exists(_data)) Directory.Delete(_data, recursive: true);
    }

    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "HealthMcp.sln"))) folder = folder.Parent;
        return folder.FullName;
    }

    private Process Start(string[] arguments, (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Library, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["HEALTHMCP_DATA_DIR"] = _data;
        foreach (var (name, value) in settings) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    // bin/Debug/net10.0 of this assembly lies beside that of the program.
    private static string Configuration() => new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Parent!.Name;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
