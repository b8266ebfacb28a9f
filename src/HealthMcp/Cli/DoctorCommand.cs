using System.CommandLine;
using HealthMcp.Storage;
using HealthMcp.Storage.Postgres;
using HealthMcp.Upstreams.DrCloud;
using HealthMcp.Upstreams.DrCloud.SignIn;

namespace HealthMcp.Cli;

/// <summary><c>doctor</c>: what is configured, reachable and granted, and what to do next. It shows no secret and no record.</summary>
internal sealed class DoctorCommand(Terminal terminal, CommonOptions common)
{
    public Command Build()
    {
        var command = new Command("doctor", "Say what is configured, what can be reached, which scopes and privacy level apply, and what to do next.");
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (common.Read(parsed, terminal.Error) is not { } configuration) return Exit.CannotStart;
        using var app = CommonOptions.Compose(configuration, Logging.Quiet, terminal.Error);
        if (app is null) return Exit.CannotStart;
        if (app.Settings.Storage.Database is not null && Problem(app.Data) is { } problem)
        {
            // Nothing below can be told, or used, without it.
            await terminal.Out.WriteLineAsync($"Storage{Environment.NewLine}  shared    {problem}");
            return Exit.ToolError;
        }

        await terminal.Out.WriteLineAsync("Systems");
        var advice = new List<string>();
        foreach (var system in Settings.Systems) advice.AddRange(await SystemAsync(app, system, cancellation));
        await terminal.Out.WriteLineAsync();
        await WriteAccessAsync(app);
        using var http = Composition.OutgoingHttp();
        advice.AddRange(await new WebLines(app.Settings, app.Data, http, TimeProvider.System).WriteAsync(terminal.Out, cancellation));
        advice.AddRange(await StorageAsync(app));
        if (app.Settings.SandboxOnly)
        {
            advice.Add("Everything is the sandbox: made-up patients only. Set the settings of a system in README's table to go live.");
        }

        await terminal.Out.WriteLineAsync("Next");
        foreach (var line in advice.DefaultIfEmpty("Nothing to do: connect a client (healthmcp install claude)."))
        {
            await terminal.Out.WriteLineAsync($"  - {line}");
        }

        return advice.Any(line => line.StartsWith('!')) ? Exit.ToolError : Exit.Done;
    }

    private async Task<IEnumerable<string>> SystemAsync(App app, string system, CancellationToken cancellation)
    {
        if (!app.Sources.TryGetValue(system, out var source))
        {
            await terminal.Out.WriteLineAsync($"  {system,-9} off: not configured, and the sandbox is off because another system is live");
            return [];
        }

        var problem = await app.ProbeAsync(system, cancellation);
        await terminal.Out.WriteLineAsync($"  {system,-9} {source.Kind}, "
            + $"{(problem is null ? "reachable, credentials accepted" : $"not usable: {problem.Code}")}");
        if (system == DrCloudEndpoints.System) await WriteSignInAsync(app);
        return problem is null ? [] : [$"! {system}: {problem.Message}"];
    }

    // What the EHR granted decides which tools work, so it stands beside whether it can be reached.
    private async Task WriteSignInAsync(App app)
    {
        var live = !app.Sources[DrCloudEndpoints.System].Sandbox;
        var session = live ? SessionFile.OpenExisting(app.Data, Entropy.System)?.Read() : null;
        if (session is not null) await terminal.Out.WriteLineAsync($"            a person signed in on {session.SignedIn.UtcDateTime:yyyy-MM-dd}");
        var lines = session is null ? GrantLines.Of(app.TokensOf(DrCloudEndpoints.System)) : GrantLines.Of(session, TimeProvider.System.GetUtcNow());
        foreach (var line in lines) await terminal.Out.WriteLineAsync($"          {line}");
    }

    private async Task WriteAccessAsync(App app)
    {
        var settings = app.Settings;
        var scopes = app.LocalCaller("cli").Scopes.All.Order(StringComparer.Ordinal);
        await terminal.Out.WriteLineAsync("Access (local caller)");
        await terminal.Out.WriteLineAsync($"  scopes    {string.Join(' ', scopes)}");
        await terminal.Out.WriteLineAsync("  privacy   "
            + $"{settings.Privacy.Level.ToString().ToLowerInvariant()}{(settings.Privacy.Purpose is { } purpose ? $", purpose {purpose}" : "")}");
        await terminal.Out.WriteLineAsync("  writes    "
            + $"{string.Join(", ", app.Sources.Keys.Select(system => $"{system}: {settings.WritesOf(system).ToString().ToLowerInvariant()}"))}");
        await terminal.Out.WriteLineAsync("  approval  "
            + $"{(settings.ApprovalCode is null ? "pages ask for no code (HEALTHMCP_APPROVAL_CODE)" : "pages ask for the code first")}");
        await terminal.Out.WriteLineAsync("  authors   "
            + (settings.SignsWrites ? "writes say that an AI wrote them" : "writes do not say that an AI wrote them (HEALTHMCP_AI_AUTHORSHIP)"));
        await terminal.Out.WriteLineAsync($"  tools     {string.Join(", ", app.Tools.For(app.LocalCaller("cli")).Select(tool => tool.Name))}");
        await terminal.Out.WriteLineAsync();
    }

    private async Task<IEnumerable<string>> StorageAsync(App app)
    {
        await terminal.Out.WriteLineAsync("Storage");
        await terminal.Out.WriteLineAsync($"  data      {app.Settings.DataDirectory}");
        var database = app.Settings.Storage.Database;
        await terminal.Out.WriteLineAsync($"  shared    {(database is null ? "no: one instance (HEALTHMCP_DATABASE is not set)" : "database, reachable")}");
        await terminal.Out.WriteLineAsync($"  logs      {app.Settings.LogDirectory}");
        var audit = app.CheckAudit();
        await terminal.Out.WriteLineAsync($"  audit     {audit ?? "whole"}");
        await terminal.Out.WriteLineAsync();
        List<string> advice = audit is null
            ? [] : ["! The audit log does not verify: keep it as it is, find out who changed it, and start a new data directory or database."];
        if (database is not null && DatabaseAddress.IsOpenToOthers(database))
        {
            advice.Add("The connection to the database may be read on the way: add SSL Mode=VerifyFull to HEALTHMCP_DATABASE.");
        }

        return advice;
    }

    private static string? Problem(DataHome data)
    {
        try
        {
            _ = data.Store;
            return null;
        }
        catch (StorageException e)
        {
            return e.Message;
        }
    }
}
