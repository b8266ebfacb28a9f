using HealthMcp.Access;
using HealthMcp.Audit;
using HealthMcp.Pipeline;
using HealthMcp.Privacy;
using HealthMcp.Storage;

namespace HealthMcp;

/// <summary>
/// All settings of a deployment but those of the single systems, from appsettings.json, environment and command line; checked as a
/// whole before anything starts.
/// </summary>
internal sealed record Settings
{
    public static readonly IReadOnlyList<string> Systems = ["xcures", "phenoml", "patients", "drcloud"];

    /// <summary>Every name that is read, also the environment variables that server.json declares.</summary>
    public static readonly IReadOnlyList<string> Known =
    [
        "XCURES_BASE_URL", "XCURES_CLIENT_ID", "XCURES_CLIENT_SECRET", "XCURES_PROJECT_ID",
        "PHENOML_BASE_URL", "PHENOML_CLIENT_ID", "PHENOML_CLIENT_SECRET", "PHENOML_SIGN_IN",
        "PHENOML_ON_BEHALF_OF", "PHENOML_FHIR_PROVIDER_TOKENS", "PHENOML_PROVIDER_SECRETS", "HEALTHMCP_PHENOML_OUTBOUND",
        "PATIENTS_BASE_URL", "PATIENTS_ORG_ID", "PATIENTS_API_TOKEN", "PATIENTS_DEFINITIONS",
        "DRCLOUD_BASE_URL", "DRCLOUD_SITE", "DRCLOUD_CLIENT_ID", "DRCLOUD_CLIENT_SECRET", "DRCLOUD_PRIVATE_KEY_FILE",
        "DRCLOUD_KEY_ID", "DRCLOUD_SCOPES", "DRCLOUD_FHIR_URL", "DRCLOUD_TOKEN_URL",
        "HEALTHMCP_SCOPES", "HEALTHMCP_PRIVACY", "HEALTHMCP_PURPOSE", "HEALTHMCP_TOOLSETS", "HEALTHMCP_READ_ONLY", "HEALTHMCP_WRITES",
        "HEALTHMCP_APPROVAL_CODE", "HEALTHMCP_AI_AUTHORSHIP",
        "HEALTHMCP_SANDBOX", "HEALTHMCP_DATA_DIR", "HEALTHMCP_DATABASE", "HEALTHMCP_MASTER_KEY", "HEALTHMCP_LOG_DIR", "HEALTHMCP_LEXICONS",
        "HEALTHMCP_PUBLIC_URL", "HEALTHMCP_PROXY", "HEALTHMCP_RATE_LIMIT",
        "HEALTHMCP_PATIENTS_PER_HOUR", "HEALTHMCP_PATIENTS_PER_DAY",
        "HEALTHMCP_AUTH_ISSUERS", "HEALTHMCP_AUTH_AUDIENCE", "HEALTHMCP_AUTH_MODE", "HEALTHMCP_AUTH_CLIENT_ID", "HEALTHMCP_AUTH_CLIENT_SECRET",
        "HEALTHMCP_AUTH_CLOCK_SKEW", "HEALTHMCP_AUTH_REQUIRED_CLAIMS",
    ];

    public required PrivacySettings Privacy { get; init; }

    /// <summary>Scopes of a local caller; null means the default for what is configured.</summary>
    public ScopeSet? Scopes { get; init; }

    public required ToolSelection Tools { get; init; }

    /// <summary>How writes are let through; null means confirm on the sandbox and approve on live systems.</summary>
    public WriteMode? Writes { get; init; }

    /// <summary>What a person types on an approval page before it shows anything; null when none is asked for.</summary>
    public string? ApprovalCode { get; init; }

    /// <summary>What is written says that an AI wrote it, as far as its system can carry that.</summary>
    public bool SignsWrites { get; init; } = true;

    /// <summary>How many patients a caller may be told of; null means so many of live systems and any number of the sandbox.</summary>
    public BudgetLimits? Budget { get; init; }

    /// <summary>Systems that the sandbox answers for.</summary>
    public required IReadOnlyCollection<string> Sandbox { get; init; }

    /// <summary>Systems that are configured as real ones.</summary>
    public required IReadOnlyCollection<string> Live { get; init; }

    /// <summary>Who may come in over HTTP, and from where.</summary>
    public required WebAccess Web { get; init; }

    public required StorageSettings Storage { get; init; }

    public string DataDirectory => Storage.DataDirectory;

    public required string LogDirectory { get; init; }

    /// <summary>Word lists of the free-text scrubber: those shipped and the deployment's own.</summary>
    public Lexicon Lexicon { get; init; } = Lexicon.Default;

    public bool SandboxOnly => Live.Count == 0;

    public WriteMode WritesOf(string system) => Writes ?? (Sandbox.Contains(system) ? WriteMode.Confirm : WriteMode.Approve);

    public BudgetLimits BudgetOf(string system) => Budget ?? (Sandbox.Contains(system) ? new BudgetLimits(null, null) : new BudgetLimits(250, 1000));

    /// <summary>Reads all of it; each problem is one sentence that names the setting and never its value.</summary>
    public static Settings Read(Func<string, string?> get, IReadOnlyCollection<string> live, List<string> problems)
    {
        var storage = StorageSettings.Read(get, problems);
        var settings = new Settings
        {
            Live = live,
            Privacy = SettingWords.Privacy(get, problems),
            Scopes = get("HEALTHMCP_SCOPES") is { } scopes ? ScopeSet.Parse(scopes) : null,
            Tools = new ToolSelection(SettingWords.Toolsets(get("HEALTHMCP_TOOLSETS"), problems), SettingWords.Flag("HEALTHMCP_READ_ONLY", get, problems)),
            Writes = SettingWords.Writes(get("HEALTHMCP_WRITES"), problems),
            ApprovalCode = SettingWords.ApprovalCode(get("HEALTHMCP_APPROVAL_CODE"), problems),
            SignsWrites = SettingWords.Authorship(get("HEALTHMCP_AI_AUTHORSHIP"), problems),
            Budget = SettingWords.Budget(get, problems),
            Sandbox = [],
            Web = WebAccess.Read(get, problems),
            Storage = storage,
            LogDirectory = get("HEALTHMCP_LOG_DIR") ?? Path.Combine(storage.DataDirectory, "logs"),
            Lexicon = LexiconFolder.Read(get("HEALTHMCP_LEXICONS"), problems),
        };
        return settings with { Sandbox = SandboxOf(settings, get("HEALTHMCP_SANDBOX"), problems) };
    }

    // Made-up and real patients are never mixed by accident: one live system switches the sandbox off, unless it is asked for by name.
    private static IReadOnlyCollection<string> SandboxOf(Settings settings, string? asked, List<string> problems)
    {
        if (asked is null) return settings.SandboxOnly ? Systems : [];
        var names = SettingWords.Names("HEALTHMCP_SANDBOX", asked, [.. Systems, "all"], problems);
        IReadOnlyCollection<string> wanted = names.Contains("all") ? Systems : names;
        foreach (var both in wanted.Intersect(settings.Live, StringComparer.Ordinal))
        {
            problems.Add($"HEALTHMCP_SANDBOX names {both}, which is configured as a live system too: remove one of the two.");
        }

        return wanted;
    }
}
