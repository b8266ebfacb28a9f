using System.Reflection;
using HealthMcp.Access;
using HealthMcp.Audit;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Pipeline;
using HealthMcp.Privacy;
using HealthMcp.Prompts;
using HealthMcp.Storage;
using HealthMcp.Writes;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace HealthMcp;

/// <summary>The composed program: what hosts and commands use.</summary>
internal sealed class App : IDisposable
{
    private readonly IReadOnlyList<IDisposable> _owned;
    private readonly IReadOnlyDictionary<string, UpstreamSystem> _systems;
    private readonly TimeProvider _time;
    private readonly Entropy _entropy;
    private readonly ILoggerFactory _loggers;
    private readonly Lazy<CallPipeline> _pipeline;
    private readonly Lazy<CallerKeys> _callerKeys;
    private readonly Lazy<AuditLog> _audit;
    private readonly Lazy<ApprovalDesk> _approvals;

    public App(
        Settings settings,
        IReadOnlyList<UpstreamSystem> systems,
        DataHome data,
        ILoggerFactory loggers,
        TimeProvider time,
        Entropy entropy,
        IReadOnlyList<IDisposable> owned)
    {
        (Settings, Data, _loggers, _time, _entropy, _owned) = (settings, data, loggers, time, entropy, owned);
        _systems = systems.ToDictionary(s => s.Source.System, StringComparer.Ordinal);
        Sources = systems.ToDictionary(s => s.Source.System, s => s.Source, StringComparer.Ordinal);
        Tools = new ToolBook(systems.SelectMany(s => s.ToolSets).SelectMany(set => set.Tools), settings.Tools);
        Scopes = new ScopeCatalog(Tools.All.Select(tool => tool.Definition));

        // Keys, vault and audit are opened by the first call, so that starting does not wait for a disk.
        _pipeline = new Lazy<CallPipeline>(BuildPipeline, LazyThreadSafetyMode.PublicationOnly);
        _audit = new Lazy<AuditLog>(() => new AuditLog(data.Store, data.Keys, entropy, time), LazyThreadSafetyMode.PublicationOnly);
        _callerKeys = new Lazy<CallerKeys>(() => new CallerKeys(data.Keys), LazyThreadSafetyMode.PublicationOnly);
        _approvals = new Lazy<ApprovalDesk>(BuildApprovals, LazyThreadSafetyMode.PublicationOnly);
    }

    public Settings Settings { get; }

    /// <summary>How much one caller may ask for at once.</summary>
    public CallLimits Limits { get; init; } = new();

    public DataHome Data { get; }

    public IReadOnlyDictionary<string, SystemSource> Sources { get; }

    public ToolBook Tools { get; }

    public ScopeCatalog Scopes { get; }

    public CallPipeline Pipeline => _pipeline.Value;

    public CallerKeys CallerKeys => _callerKeys.Value;

    /// <summary>Where persons answer approvals.</summary>
    public ApprovalDesk Approvals => _approvals.Value;

    public Lazy<PromptBook> Prompts { get; } = new(PromptBook.Embedded);

    /// <summary>Whoever uses this machine's account: a client over stdio, or a person in a terminal.</summary>
    public Caller LocalCaller(string transport) => new("local", transport, LocalScopes());

    /// <summary>What the SDK serves from; both transports use the same.</summary>
    /// <param name="callerOf">Who is calling.</param>
    /// <param name="place">Where persons approve writes; null where no page can be shown.</param>
    public McpServerOptions ServerOptions(Func<MessageContext, Caller> callerOf, ApprovalPlace? place = null)
    {
        var binding = new McpTools(() => Pipeline, callerOf, place is null ? null : new ApprovalAsking(() => Approvals, place, _time));
        var handlers = new McpServerHandlers
        {
            ListToolsHandler = (request, cancellation) => ValueTask.FromResult(McpTools.List(Tools, callerOf(request))),
            CallToolHandler = (request, cancellation) => binding.CallAsync(request, cancellation),
        };
        PromptHandlers.AddTo(handlers, Prompts, new PromptAccess(callerOf, (caller, name, verdict) => Pipeline.RecordRefusal(caller, name, verdict)));
        return new McpServerOptions
        {
            ServerInfo = new Implementation { Name = "healthmcp", Title = "HealthMcp", Version = Version },
            ServerInstructions = Instructions.Of(Settings),
            Handlers = handlers,
        };
    }

    public static string Version { get; } = typeof(App).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>Signs in to a system, and says what is wrong if it cannot.</summary>
    public async Task<CallFailureException?> ProbeAsync(string system, CancellationToken cancellation)
    {
        try
        {
            await _systems[system].Connection.Tokens.GetAsync(cancellation);
            return null;
        }
        catch (CallFailureException failure)
        {
            return failure;
        }
    }

    /// <summary>The token that calls to a system are made with; what was granted is known after <see cref="ProbeAsync"/>.</summary>
    public TokenSource TokensOf(string system) => _systems[system].Connection.Tokens;

    /// <summary>How a system is reached; null when it is switched off.</summary>
    public SystemConnection? ConnectionOf(string system) => _systems.GetValueOrDefault(system)?.Connection;

    /// <summary>Counts and ends handles, for the operator.</summary>
    public HandleDesk OpenHandles()
    {
        var (store, keys) = (Data.Store, Data.Keys);
        return new HandleDesk(
            HandleVault.Open(store, keys, _entropy), _audit.Value, new SubjectMarks(keys), _time, _entropy);
    }

    /// <summary>Lists and resolves writes in doubt, for the operator.</summary>
    public WriteDesk OpenWrites()
    {
        var (store, keys) = (Data.Store, Data.Keys);
        return new WriteDesk(new WriteBook(store, keys, _entropy, _time), _audit.Value, _time, _entropy);
    }

    /// <summary>The audit log, for the operator.</summary>
    public AuditDesk OpenAudit() => new(Data, HandleVault.Open(Data.Store, Data.Keys, _entropy), Sources, _time, _entropy);

    /// <summary>Null when the audit log is whole, or not begun; else what is wrong with it.</summary>
    public string? CheckAudit()
    {
        var store = Data.Store;
        if (store.LengthOf(AuditLog.FileName) is null && !store.Whole(AuditSegments.Name).Exists) return null;
        var verdict = new AuditVerifier(store, Data.Keys, _entropy, _time).Verify();
        return verdict.IsIntact ? null : $"segment {verdict.Segment}: {verdict.Problem}";
    }

    /// <summary>Returns when a call could be answered now, as far as the store is concerned.</summary>
    /// <exception cref="StorageException">It could not.</exception>
    public void RequireReady() => _audit.Value.RequireWritable();

    public void Dispose()
    {
        foreach (var owned in _owned) owned.Dispose();
    }

    // Phi scopes come with the configured level: over stdio the configuration is the grant.
    private ScopeSet LocalScopes()
    {
        if (Settings.Scopes is { } configured) return configured;
        var level = Settings.Privacy.Level switch
        {
            PrivacyLevel.Identified => [ScopeCatalog.Identified],
            PrivacyLevel.Limited => [ScopeCatalog.Limited],
            _ => Array.Empty<string>(),
        };
        return new ScopeSet([.. Scopes.Default(Settings.SandboxOnly).All, .. level]);
    }

    private Dictionary<string, PersonReader> Readers() =>
        _systems.Values.Where(system => system.Person is not null)
            .ToDictionary(system => system.Source.System, system => system.Person!, StringComparer.Ordinal);

    private CallPipeline BuildPipeline()
    {
        var (store, keys) = (Data.Store, Data.Keys);
        var vault = HandleVault.Open(store, keys, _entropy);
        var shapes = ShapeCatalog.Load();
        var cursors = new Cursors(new SealedBox(keys.Derive("cursor"), _entropy));
        var audit = new AuditStage(
            _audit.Value,
            new SubjectMarks(keys),
            Sources,
            Settings.Privacy,
            _time,
            _loggers.CreateLogger<AuditStage>());
        var book = new WriteBook(store, keys, _entropy, _time);
        var (redactor, labels) = (new Redactor(shapes, new Scrubber(Settings.Lexicon)), new LabelReader(shapes));
        return new CallPipeline(Tools, _entropy, new Stages(
            audit,
            new ErrorStage(_loggers.CreateLogger<ErrorStage>()),
            new ScopeStage(Settings.Privacy),
            new LimitStage(Limits, _time),
            new ArgumentStage(cursors, new HandleArguments(vault, Sources), new FillArguments(vault), new WordArguments()),
            new ShapeStage(cursors, new AnswerWriter(Sources, Settings.Privacy, _time)),
            new BudgetStage(new DisclosureBudget(Data.Store, keys, _time), new SubjectMarks(keys), Settings.BudgetOf, Sources),
            new RedactionStage(redactor, vault, labels, Sources, _time),
            new PersonStage(vault, Readers(), Sources),
            new CopyStage(Data.Local, keys, redactor, labels, vault, Sources, _time),
            BuildGate(audit, new ApprovalSheets(labels, vault, Sources, book, _time), book),
            new InvokeStage()));
    }

    private WriteGateStage BuildGate(AuditStage audit, ApprovalSheets sheets, WriteBook book)
    {
        var keys = Data.Keys;
        return new WriteGateStage(
            new WriteRules(Settings.WritesOf, Settings.SignsWrites),
            new Confirmations(keys, _entropy, _time),
            new PersonApproval(new ApprovalBook(Data.Store, keys, _entropy, _time), sheets),
            sheets,
            book,
            new WriteSender(book, new IdempotencyKeys(keys), audit, _time));
    }

    private ApprovalDesk BuildApprovals()
    {
        var (store, keys) = (Data.Store, Data.Keys);
        return new ApprovalDesk(
            new ApprovalBook(store, keys, _entropy, _time),
            new AuditLog(store, keys, _entropy, _time),
            new SubjectMarks(keys),
            Settings.ApprovalCode,
            _time,
            _entropy);
    }
}
