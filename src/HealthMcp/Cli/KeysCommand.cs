using System.CommandLine;
using HealthMcp.Access;
using HealthMcp.Audit;
using HealthMcp.Keys;
using HealthMcp.Pipeline;
using HealthMcp.Storage;

namespace HealthMcp.Cli;

/// <summary><c>keys</c>: makes, lists and revokes the keys for registries that can store a URL and nothing else.</summary>
internal sealed class KeysCommand(Terminal terminal, CommonOptions common, TimeProvider time, Entropy entropy)
{
    private readonly Option<string> _name = new("--name") { Description = "What the key is for, such as the registry's name.", Required = true };
    private readonly Option<string?> _scopes =
        new("--scopes") { Description = "What it may do, separated by spaces. Default: every read but agents, workflows and registry." };
    private readonly Option<string> _level = new("--level") { Description = "deidentified, limited or identified.", DefaultValueFactory = _ => "deidentified" };
    private readonly Option<string> _expires =
        new("--expires") { Description = "How long it lasts: 90d, 12h or a date; a year at most.", DefaultValueFactory = _ => "90d" };
    private readonly Option<string?> _networks =
        new("--networks") { Description = "Networks it may be used from (CIDR, IPv4 or IPv6), separated by commas. Default: any." };
    private readonly Option<string?> _url =
        new("--public-url") { Description = "Address at which the registry reaches this server. Default: HEALTHMCP_PUBLIC_URL, or port 8765 of this machine." };
    private readonly Argument<string> _id = new("id") { Description = "Id of the key, as keys list shows it." };

    public Command Build()
    {
        var create = new Command("create", "Make a key and show its URL, once.") { _name, _scopes, _level, _expires, _networks, _url };
        create.SetAction((parsed, _) => CreateAsync(parsed));
        var list = new Command("list", "Show what the keys are for and until when. The keys themselves are not kept.");
        list.SetAction((parsed, _) => WithDataAsync(parsed, data => ListAsync(data.Store)));
        var revoke = new Command("revoke", "End a key at once, also for sessions that are open.") { _id };
        revoke.SetAction((parsed, _) => WithDataAsync(parsed, data => RevokeAsync(data, parsed.GetValue(_id)!)));
        return new Command("keys", "Registration keys, for registries that store only a URL.") { create, list, revoke };
    }

    private async Task<int> CreateAsync(ParseResult parsed)
    {
        if (common.Read(parsed, terminal.Error) is not { } configuration) return Exit.CannotStart;
        using var app = CommonOptions.Compose(configuration, Logging.Quiet, terminal.Error);
        if (app is null) return Exit.CannotStart;
        var problems = new List<string>();
        var now = time.GetUtcNow();
        var endpoint = Endpoint(parsed.GetValue(_url), app.Settings);
        var order = Order(parsed, endpoint, app.Scopes, now, problems);
        if (problems.Count > 0)
        {
            foreach (var problem in problems) await terminal.Error.WriteLineAsync(problem);
            return Exit.BadUsage;
        }

        var secret = KeyText.New(entropy);
        var key = order.Key(KeyText.NewId(entropy), KeyText.Hash(secret), now);
        if (!await MakeAsync(app.Data, key)) return Exit.CannotStart;
        await terminal.Out.WriteLineAsync(KeyDoor.Url(endpoint, secret));
        await terminal.Error.WriteLineAsync(KeyLines.Made(key, KeyCaller.Scopes(key, app.LocalCaller("cli").Scopes)));
        return Exit.Done;
    }

    // A key whose making is not on record would open a door that nobody knows of.
    private async Task<bool> MakeAsync(DataHome data, RegistrationKey key)
    {
        var (keys, made) = (new KeyStore(data.Store, time), false);
        try
        {
            return Acts(data).Do(Act("keys_create", key), () =>
            {
                keys.Add(key);
                return made = true;
            });
        }
        catch (AuditUnavailableException)
        {
            if (made) keys.Revoke(key.Id);
            await terminal.Error.WriteLineAsync("The audit log cannot be written, and without it no key is made: run `healthmcp doctor`.");
            return false;
        }
    }

    private OperatorLog Acts(DataHome data) => new(new AuditLog(data.Store, data.Keys, entropy, time), time, entropy);

    private static OperatorAct Act(string name, RegistrationKey key) => new(name, $"key:{key.Id}") { Level = key.Level, Scopes = key.Scopes };

    private KeyOrder Order(ParseResult parsed, string endpoint, ScopeCatalog catalog, DateTimeOffset now, List<string> problems) => KeyOrder.Read(
        new KeyWords(
            parsed.GetValue(_name)!,
            parsed.GetValue(_scopes),
            parsed.GetValue(_level)!,
            parsed.GetValue(_expires)!,
            parsed.GetValue(_networks),
            endpoint),
        catalog,
        now,
        problems);

    // The option takes the server's address with or without its path; the setting is the whole address of the endpoint, whatever a proxy calls it.
    internal static string Endpoint(string? given, Settings settings) => given?.TrimEnd('/') switch
    {
        null => settings.Web.PublicUrl ?? $"http://127.0.0.1:8765{KeyDoor.Endpoint}",
        var whole when whole.EndsWith(KeyDoor.Endpoint, StringComparison.Ordinal) => whole,
        var home => home + KeyDoor.Endpoint,
    };

    private async Task<int> ListAsync(IDataStore store)
    {
        var days = new KeyUse(store, time).Days();
        var keys = new KeyStore(store, time).All;
        if (keys.Count == 0) await terminal.Out.WriteLineAsync("There are no keys: make one with `healthmcp keys create --name …`.");
        foreach (var key in keys) await terminal.Out.WriteLineAsync(KeyLines.Of(key, key.State(time.GetUtcNow()), days.GetValueOrDefault(key.Id)));
        return Exit.Done;
    }

    private async Task<int> RevokeAsync(DataHome data, string id)
    {
        var keys = new KeyStore(data.Store, time);
        try
        {
            if (keys.All.FirstOrDefault(one => one.Id == id && one.Revoked is null) is { } key
                && Acts(data).Do(Act("keys_revoke", key), () => keys.Revoke(id), revoked => revoked ? "ok" : "not_found"))
            {
                await terminal.Out.WriteLineAsync("Revoked. Delete the server's entry in the registry too: its URL answers nothing from now on.");
                return Exit.Done;
            }
        }
        catch (AuditUnavailableException)
        {
            await terminal.Error.WriteLineAsync(keys.IsActive(id)
                ? "The audit log cannot be written, and without it no key is revoked, nor any call answered: run `healthmcp doctor`, then revoke it again."
                : "Revoked; but the audit log could not be written after: run `healthmcp doctor`.");
            return Exit.CannotStart;
        }

        await terminal.Error.WriteLineAsync("No key has this id, or it was revoked before: see `healthmcp keys list`.");
        return Exit.ToolError;
    }

    private async Task<int> WithDataAsync(ParseResult parsed, Func<DataHome, Task<int>> run)
    {
        if (common.Read(parsed, terminal.Error) is not { } configuration) return Exit.CannotStart;
        using var data = new DataHome(configuration.Settings.Storage, entropy, time);
        return await run(data);
    }
}
