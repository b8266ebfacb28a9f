using System.CommandLine;
using HealthMcp.Privacy;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace HealthMcp.Cli;

/// <summary>
/// Options that several commands share, each standing for a setting. The command line goes before the environment, the environment before
/// appsettings.json beside the program. The working directory is not read: a client may start the server in a folder that others write to.
/// </summary>
internal sealed class CommonOptions
{
    private readonly Option<string?> _toolsets =
        new("--toolsets") { Description = "Toolsets beside the core tools: xcures, phenoml, patients, drcloud or all.", Recursive = true };
    private readonly Option<bool> _readOnly = new("--read-only") { Description = "Leave out every tool that writes.", Recursive = true };
    private readonly Option<string?> _writes = new("--writes") { Description = "off, approve, confirm or direct.", Recursive = true };
    private readonly Option<string?> _outbound =
        new("--phenoml-outbound") { Description = "asis, or deidentified: free text goes to PhenoML without what identifies.", Recursive = true };
    private readonly Option<string[]> _sandbox =
        new("--sandbox") { Description = "System that the sandbox answers for although another one is live, or all; may be repeated.", Recursive = true };
    private readonly Option<string?> _proxy =
        new("--behind-proxy") { Description = "Networks of the https proxies in front, whose X-Forwarded headers are believed.", Recursive = true };
    private readonly Option<string?> _config = new("--config") { Description = "A JSON file of settings instead of appsettings.json.", Recursive = true };

    public void AddTo(Command root)
    {
        root.Add(_toolsets);
        root.Add(_readOnly);
        root.Add(_writes);
        root.Add(_outbound);
        root.Add(_sandbox);
        root.Add(_proxy);
        root.Add(_config);
    }

    /// <returns>The settings, or null after every problem was written to <paramref name="error"/>.</returns>
    public Configuration? Read(ParseResult parsed, TextWriter error) => Read(parsed, error, Composition.Configure);

    /// <returns>The word lists alone, for a command that needs no system and no data directory.</returns>
    public Lexicon? ReadLexicon(ParseResult parsed, TextWriter error) =>
        Read(parsed, error, (get, problems) => LexiconFolder.Read(get("HEALTHMCP_LEXICONS"), problems));

    private T? Read<T>(ParseResult parsed, TextWriter error, Func<Func<string, string?>, List<string>, T> read)
        where T : class
    {
        var problems = new List<string>();
        T? configuration = null;
        try
        {
            configuration = read(Source(parsed), problems);
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException or IOException or UnauthorizedAccessException)
        {
            problems.Add("The configuration file cannot be read: check that it exists and is valid JSON.");
        }

        if (problems.Count == 0) return configuration;
        error.WriteLine("HealthMcp cannot start with this configuration:");
        foreach (var problem in problems) error.WriteLine($"  - {problem}");
        return null;
    }

    /// <returns>The program, or null after the scopes that no tool knows were said.</returns>
    public static App? Compose(Configuration configuration, ILoggerFactory loggers, TextWriter error)
    {
        var app = Composition.Build(configuration, loggers);
        if (app.Settings.Scopes is not { } scopes || app.Scopes.Unknown(scopes).Count == 0) return app;
        app.Dispose();
        error.WriteLine("HEALTHMCP_SCOPES names a scope that no tool has. "
            + $"Those there are: {string.Join(' ', app.Scopes.Known)}; and SMART scopes such as user/Observation.rs.");
        return null;
    }

    private Func<string, string?> Source(ParseResult parsed)
    {
        var given = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["HEALTHMCP_TOOLSETS"] = parsed.GetValue(_toolsets),
            ["HEALTHMCP_READ_ONLY"] = parsed.GetValue(_readOnly) ? "true" : null,
            ["HEALTHMCP_WRITES"] = parsed.GetValue(_writes),
            ["HEALTHMCP_PHENOML_OUTBOUND"] = parsed.GetValue(_outbound),
            ["HEALTHMCP_PROXY"] = parsed.GetValue(_proxy),
            ["HEALTHMCP_SANDBOX"] = parsed.GetValue(_sandbox) is { Length: > 0 } names ? string.Join(',', names) : null,
        };
        var file = parsed.GetValue(_config);
        var layers = new ConfigurationBuilder()
            .SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile(file is null ? "appsettings.json" : Path.GetFullPath(file), optional: file is null, reloadOnChange: false)
            .AddEnvironmentVariables()
            .Build();
        return name => given.GetValueOrDefault(name) ?? (string.IsNullOrWhiteSpace(layers[name]) ? null : layers[name]!.Trim());
    }
}
