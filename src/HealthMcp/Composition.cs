using System.Security.Cryptography;
using System.Text;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Pipeline;
using HealthMcp.Sandbox;
using HealthMcp.Privacy;
using HealthMcp.Storage;
using HealthMcp.Upstreams.DrCloud;
using HealthMcp.Upstreams.DrCloud.Exporting;
using HealthMcp.Upstreams.DrCloud.SignIn;
using HealthMcp.Upstreams.Patients;
using HealthMcp.Upstreams.Patients.Clinical;
using HealthMcp.Upstreams.PhenoML;
using HealthMcp.Upstreams.PhenoML.Outbound;
using HealthMcp.Upstreams.XCures;
using Microsoft.Extensions.Logging;
using FhirTypes = HealthMcp.Upstreams.DrCloud.FhirTypes;

namespace HealthMcp;

/// <summary>Puts the program together. The only file that names all four systems.</summary>
internal sealed class Composition(Configuration configuration, TimeProvider time, Entropy entropy, LazySandbox sandbox, DataHome data)
{
    private readonly HttpMessageInvoker _http = OutgoingHttp();

    // For addresses that an answer gave, which the operator did not.
    private readonly HttpMessageInvoker _guarded = GuardedHttp.Create();

    public static EndpointCatalog Catalog { get; } = new(
        [.. XCuresEndpoints.All, .. PhenoMLEndpoints.All, .. PatientsEndpoints.All, .. DrCloudEndpoints.All],
        [.. XCuresEndpoints.Exclusions, .. PhenoMLEndpoints.Exclusions, .. PatientsEndpoints.Exclusions, .. DrCloudEndpoints.Exclusions]);

    public static App Build(Configuration configuration, ILoggerFactory loggers, CompositionParts? parts = null)
    {
        var with = parts ?? new CompositionParts();
        var sandbox = with.Sandbox ?? new LazySandbox(() => SandboxServer.StartAsync(new SandboxOptions { Time = with.Time }, CancellationToken.None));
        var data = new DataHome(configuration.Settings.Storage, with.Entropy, with.Time);
        var composition = new Composition(configuration, with.Time, with.Entropy, sandbox, data);
        return new App(
            configuration.Settings,
            composition.Systems(),
            data,
            loggers,
            with.Time,
            with.Entropy,
            with.Sandbox is null ? [sandbox, data, composition._http, composition._guarded] : [data, composition._http, composition._guarded])
        {
            Limits = with.Limits,
        };
    }

    /// <summary>Reads the whole configuration; each problem is one sentence that names a setting and never its value.</summary>
    public static Configuration Configure(Func<string, string?> get, List<string> problems)
    {
        var (xcures, phenoml) = (XCuresOptions.Read(get, problems), PhenoMLOptions.Read(get, problems));
        var (patients, drcloud) = (PatientsOptions.Read(get, problems), DrCloudOptions.Read(get, problems));
        (string System, object? Options)[] all = [("xcures", xcures), ("phenoml", phenoml), ("patients", patients), ("drcloud", drcloud)];
        var settings = Settings.Read(get, [.. all.Where(s => s.Options is not null).Select(s => s.System)], problems);
        return new Configuration(
            settings,
            xcures,
            phenoml,
            patients,
            drcloud)
        {
            Definitions = DefinitionMap.Read(get, problems),
            PhenoMLExtras = PhenoMLExtras.Read(get, problems, Identifying(new Scrubber(settings.Lexicon))),
        };
    }

    // No upstream knows the scrubber: it is handed the passages.
    private static Func<string, IReadOnlyList<Passage>> Identifying(Scrubber scrubber) => text =>
    [
        .. scrubber.Spans(text, PrivacyLevel.Deidentified, new RecordDictionary(), DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime))
            .Select(span => new Passage(span.Start, span.End, span.Replacement)),
    ];

    /// <summary>The client for everything that goes out: no redirects, because a redirect would carry a token to another host; no cookies.</summary>
    public static HttpMessageInvoker OutgoingHttp() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,

        // The runtime's traces would name the whole address, and addresses hold record ids.
        ActivityHeadersPropagator = null,
        UseCookies = false,
        AutomaticDecompression = System.Net.DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(10),
    });

    private IReadOnlyList<UpstreamSystem> Systems() =>
        [.. new[] { XCures(), PhenoML(), Patients(), DrCloud() }.Where(s => !s.Source.Sandbox || configuration.Settings.Sandbox.Contains(s.Source.System))];

    private UpstreamSystem XCures()
    {
        var account = AccountOf(
            configuration.XCures?.Account,
            at => new XCuresAccount(at.XCures.BaseUri, at.XCures.ClientId, at.XCures.ClientSecret, at.XCures.ProjectId));
        var connection = XCuresModule.Connect(SourceOf("xcures", configuration.XCures?.Account.BaseAddress), account, _http, time);
        var files = new FileTransfer(connection, _http, _guarded, time);
        return SystemOf(connection, client => XCuresModule.ToolSets(client, files, time), XCuresModule.Person);
    }

    private UpstreamSystem PhenoML()
    {
        var account = AccountOf(configuration.PhenoML?.Account, at => new PhenoMLAccount(at.PhenoML.BaseUri, at.PhenoML.ClientId, at.PhenoML.ClientSecret));
        var connection = PhenoMLModule.Connect(SourceOf("phenoml", configuration.PhenoML?.Account.BaseAddress), account, _http, time);
        return SystemOf(connection, client => PhenoMLModule.ToolSets(client, time, configuration.PhenoMLExtras));
    }

    private UpstreamSystem Patients()
    {
        var account = AccountOf(configuration.Patients?.Account, at => new PatientsAccount(at.Patients.BaseUri, at.Patients.OrgId, at.Patients.ApiToken));
        var connection = PatientsModule.Connect(SourceOf("patients", configuration.Patients?.Account.BaseAddress), account, time);
        return SystemOf(connection, client => PatientsModule.ToolSets(client, account, time, configuration.Definitions));
    }

    private UpstreamSystem DrCloud()
    {
        Func<CancellationToken, ValueTask<DrCloudAccount>> account = configuration.DrCloud is { } live
            ? live.AccountAsync
            : async cancellation => OfSandbox((await sandbox.AddressesAsync(cancellation)).DrCloud);
        var connection = DrCloudModule.Connect(SourceOf("drcloud", configuration.DrCloud?.Address), account, _http, time, entropy.Fill, SessionOf);
        return SystemOf(connection, client => DrCloudModule.ToolSets(client, time, Exports), DrCloudModule.Person);
    }

    // A person's sign-in is for the server that is configured; the sandbox of this process is gone with it.
    private SessionFile? SessionOf() =>
        configuration.DrCloud is null ? null : SessionFile.OpenExisting(data, entropy);

    private ExportBook Exports() => new(data, entropy, time);

    private static DrCloudAccount OfSandbox(DrCloudAddress at) =>
        new(at.BaseUri, at.Site, at.ClientId, null, at.PrivateKeyPem, [.. FhirTypes.SystemScopes, "system/Practitioner.write"]) { KeyId = at.KeyId };

    private UpstreamSystem SystemOf(
        SystemConnection connection, Func<UpstreamClient, IReadOnlyList<IToolSet>> tools, Func<UpstreamClient, PersonReader>? person = null)
    {
        var client = new UpstreamClient(connection, _http, time);
        return new UpstreamSystem(connection, tools(client)) { Person = person?.Invoke(client) };
    }

    private Func<CancellationToken, ValueTask<T>> AccountOf<T>(T? live, Func<SandboxAddresses, T> madeUp)
        where T : class => live is null ? async cancellation => madeUp(await sandbox.AddressesAsync(cancellation)) : _ => ValueTask.FromResult(live);

    // The address is hashed: a namespace must tell two servers apart, not where they are.
    internal static SystemSource SourceOf(string system, Uri? live) => live is null
        ? new SystemSource(system, true, $"sandbox:{system}")
        : new SystemSource(system, false, $"live:{system}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(live.AbsoluteUri)))[..16]}");
}

/// <summary>All settings; a system without options is not live.</summary>
internal sealed record Configuration(Settings Settings, XCuresOptions? XCures, PhenoMLOptions? PhenoML, PatientsOptions? Patients, DrCloudOptions? DrCloud)
{
    /// <summary>Ids of the practice's definitions by name, which the Patients API does not list.</summary>
    public DefinitionMap Definitions { get; init; } = DefinitionMap.Empty;

    /// <summary>What the operator decides about calls to PhenoML besides the account.</summary>
    public PhenoMLExtras PhenoMLExtras { get; init; } = new();
}

/// <summary>What is the process's own unless something else is handed in.</summary>
internal sealed record CompositionParts
{
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public Entropy Entropy { get; init; } = Entropy.System;

    public CallLimits Limits { get; init; } = new();

    /// <summary>A sandbox that outlives the program.</summary>
    public LazySandbox? Sandbox { get; init; }
}

/// <summary>Starts the sandbox when the first call needs it, once.</summary>
internal sealed class LazySandbox(Func<Task<SandboxServer>> start) : IDisposable
{
    private readonly Lock _gate = new();
    private Task<SandboxServer>? _server;

    public async ValueTask<SandboxAddresses> AddressesAsync(CancellationToken cancellation)
    {
        Task<SandboxServer> server;
        lock (_gate) server = _server is null or { IsFaulted: true } ? _server = start() : _server;
        return (await server.WaitAsync(cancellation)).Addresses;
    }

    public void Dispose()
    {
        if (_server is { IsCompletedSuccessfully: true } started) _ = started.Result.DisposeAsync().AsTask();
    }
}
