using HealthMcp.Sandbox.DrCloud;
using HealthMcp.Sandbox.Patients;
using HealthMcp.Sandbox.PhenoML;
using HealthMcp.Sandbox.Serving;
using HealthMcp.Sandbox.XCures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace HealthMcp.Sandbox;

/// <summary>The four systems, in memory, over real HTTP on loopback.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly PhenoMlSystem _phenoml;

    private SandboxServer(WebApplication app, SandboxAddresses addresses, FaultPlan faults, SandboxJournal journal, PhenoMlSystem phenoml)
    {
        _app = app;
        _phenoml = phenoml;
        Addresses = addresses;
        Faults = faults;
        Journal = journal;
    }

    public SandboxAddresses Addresses { get; }

    public FaultPlan Faults { get; }

    public SandboxJournal Journal { get; }

    public static async Task<SandboxServer> StartAsync(SandboxOptions options, CancellationToken ct)
    {
        var key = new Lazy<ClientKey>(ClientKey.Generate);
        var faults = new FaultPlan();
        var journal = new SandboxJournal();
        var phenoml = new PhenoMlSystem(options);
        IHealthSystem[] systems =
        [
            new XCuresSystem(options), phenoml, new PatientsSystem(options), new DrCloudSystem(options, new RegisteredKeys(options, key)),
        ];
        var app = Build(options.Port);
        var dispatcher = new Dispatcher(systems, faults, journal, options);
        ((IApplicationBuilder)app).Run(dispatcher.HandleAsync);
        await app.StartAsync(ct);
        return new(app, Announce(app, key), faults, journal, phenoml);
    }

    /// <summary>Changes a tool that PhenoML's registry has stored, as whoever can write the vendor's database could.</summary>
    /// <param name="name">Name of the tool.</param>
    /// <param name="description">What its description becomes.</param>
    public void EditRegisteredTool(string name, string description) => _phenoml.Agents.Registry.Edit(name, tool => tool["description"] = description);

    public async ValueTask DisposeAsync()
    {
        // Requests that hang on purpose must not hold up the end.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private static WebApplication Build(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port));
        return builder.Build();
    }

    private static SandboxAddresses Announce(WebApplication app, Lazy<ClientKey> key)
    {
        var listening = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        var root = new Uri(listening + "/");
        return new(
            new(new(root, "xcures/"), XCuresSystem.ClientId, XCuresSystem.ClientSecret, XCuresSystem.ProjectId),
            new(new(root, "phenoml/"), PhenoMlSystem.ClientId, PhenoMlSystem.ClientSecret),
            new(new(root, "patients/"), PatientsSystem.OrgId, PatientsSystem.ApiToken),
            new(new(root, "drcloud/"), DrCloudSystem.Site, DrCloudSystem.ClientId, key),
            new(root, "_sandbox/"));
    }
}
