using System.CommandLine;
using HealthMcp.Sandbox;

namespace HealthMcp.Cli;

/// <summary><c>sandbox --port N</c>: the four systems alone, for trying a client against them, and how to reach each.</summary>
internal sealed class SandboxCommand(Terminal terminal)
{
    private readonly Option<int> _port = new("--port") { Description = "Port on loopback; 0 takes any free one.", DefaultValueFactory = _ => 8790 };
    private readonly Option<bool> _conformant =
        new("--conformant") { Description = "Let DrCloudEHR be a well-behaved FHIR server instead of one with its quirks." };

    private readonly Option<int> _patients =
        new("--patients") { Description = "Generate so many more patients for DrCloudEHR, each with years of records; the same ones at every start." };

    private readonly Option<int> _seconds =
        new("--token-seconds") { Description = "How long access tokens live, to see them renewed.", DefaultValueFactory = _ => 3600 };

    private readonly Option<long> _bulk =
        new("--bulk") { Description = "Let a bulk export of DrCloudEHR have so many made-up resources, for tests of size.", DefaultValueFactory = _ => 0 };

    public Command Build()
    {
        var command = new Command("sandbox", "Run the sandbox alone: made-up patients in all four systems.")
        {
            _port, _conformant, _patients, _seconds, _bulk,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        try
        {
            await using var sandbox = await SandboxServer.StartAsync(
                new SandboxOptions
                {
                    Port = parsed.GetValue(_port),
                    Conformant = parsed.GetValue(_conformant),
                    BulkResources = Math.Max(0, parsed.GetValue(_bulk)),
                    SyntheticPatients = Math.Clamp(parsed.GetValue(_patients), 0, 5000),
                    TokenLifetime = TimeSpan.FromSeconds(Math.Clamp(parsed.GetValue(_seconds), 1, 3600)),
                },
                cancellation);
            var keyFile = await WriteKeyAsync(sandbox.Addresses.DrCloud, cancellation);
            await terminal.Out.WriteLineAsync(Directions(sandbox.Addresses, keyFile));
            await terminal.Out.FlushAsync(cancellation);
            await Stopped(cancellation);
            File.Delete(keyFile);
            return Exit.Done;
        }
        catch (IOException)
        {
            await terminal.Error.WriteLineAsync("The port is taken: choose another with --port.");
            return Exit.CannotStart;
        }
    }

    private static Task Stopped(CancellationToken cancellation)
    {
        var stopped = new TaskCompletionSource();
        cancellation.Register(() => stopped.TrySetResult());
        return stopped.Task;
    }

    // A client signs its assertions with a key that it reads from a file, as with the real system.
    private static async Task<string> WriteKeyAsync(DrCloudAddress address, CancellationToken cancellation)
    {
        var path = Path.Combine(
            Path.GetTempPath(),
            $"healthmcp-sandbox-{address.BaseUri.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)}.pem");
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new StreamWriter(path, options);
        await file.WriteAsync(address.PrivateKeyPem.AsMemory(), cancellation);
        return path;
    }

    private static string Directions(SandboxAddresses at, string keyFile) => $"""
        The sandbox is up. All its patients are made up. Ctrl-C stops it.
        To use it as if it were the real systems, set:

        XCURES_BASE_URL={at.XCures.BaseUri}
        XCURES_CLIENT_ID={at.XCures.ClientId}
        XCURES_CLIENT_SECRET={at.XCures.ClientSecret}
        XCURES_PROJECT_ID={at.XCures.ProjectId}
        PHENOML_BASE_URL={at.PhenoML.BaseUri}
        PHENOML_CLIENT_ID={at.PhenoML.ClientId}
        PHENOML_CLIENT_SECRET={at.PhenoML.ClientSecret}
        PATIENTS_BASE_URL={at.Patients.BaseUri}
        PATIENTS_ORG_ID={at.Patients.OrgId}
        PATIENTS_API_TOKEN={at.Patients.ApiToken}
        DRCLOUD_BASE_URL={at.DrCloud.BaseUri}
        DRCLOUD_SITE={at.DrCloud.Site}
        DRCLOUD_CLIENT_ID={at.DrCloud.ClientId}
        DRCLOUD_CLIENT_SECRET={at.DrCloud.ClientSecret}
        DRCLOUD_PRIVATE_KEY_FILE={keyFile}

        Faults on request: POST {at.Control}faults
        """;
}
