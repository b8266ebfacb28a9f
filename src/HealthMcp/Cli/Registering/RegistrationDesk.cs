using HealthMcp.Access;
using HealthMcp.Catalog;
using HealthMcp.Keys;
using HealthMcp.Storage;
using HealthMcp.Upstreams.PhenoML.Registry;

namespace HealthMcp.Cli.Registering;

/// <summary>Makes, looks for and ends entries in PhenoML's registry, each with a key of its own, every step on record.</summary>
internal sealed class RegistrationDesk(App app, RegistryClient registry, StepLog steps, TimeProvider time, Entropy entropy)
{
    public RegistrationBook Book { get; } = new(app.Data.Store, app.Data.Keys, entropy);

    public KeyStore Keys { get; } = new(app.Data.Store, time);

    public RegistryClient Registry => registry;

    public StepLog Steps => steps;

    public string Source => registry.Source.Namespace;

    /// <summary>Tools that whoever comes with the key is shown.</summary>
    public IReadOnlyList<ToolDefinition> ToolsOf(RegistrationKey key)
    {
        var caller = KeyCaller.Of(key, app.LocalCaller("http").Scopes);
        return [.. app.Tools.For(caller).Select(tool => tool.Definition)];
    }

    /// <summary>Makes a key and an entry that holds its URL. Whatever goes wrong, the key is dead afterwards.</summary>
    /// <param name="registration">The registration that is being made.</param>
    /// <param name="order">What the key may do.</param>
    /// <param name="keep">Puts the entry down, as far as it is made.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<(RegistryEntry Entry, IReadOnlyList<StoredTool> Tools)> MakeAsync(
        Registration registration, KeyOrder order, Action<RegistryEntry> keep, CancellationToken cancellation)
    {
        var secret = KeyText.New(entropy);
        var key = order.Key(KeyText.NewId(entropy), KeyText.Hash(secret), time.GetUtcNow());
        keep(new RegistryEntry(key.Id, []));
        steps.Do("key_made", () => Added(key));
        try
        {
            var (server, tools) = await CreateAsync(registration, key, secret, cancellation);
            var entry = EntryOf(key, server, tools);
            keep(entry);
            return (entry, tools);
        }
        catch
        {
            Revoke(key.Id);
            throw;
        }
    }

    public static RegistryEntry EntryOf(RegistrationKey key, string server, IReadOnlyList<StoredTool> tools) =>
        new(key.Id, [.. tools.Select(tool => new RegisteredTool(tool.Name, tool.Id))]) { Server = server };

    public void Revoke(string keyId) => steps.Do("key_revoked", () => Keys.Revoke(keyId));

    /// <summary>The entry whose address holds this key. Only hashes are compared: the key itself is not known here any more.</summary>
    public async Task<string?> FindAsync(RegistrationKey key, CancellationToken cancellation)
    {
        var servers = await steps.DoAsync("looked", call => registry.ServersAsync(call, cancellation));
        return servers.FirstOrDefault(server => Holds(server, key))?.Id;
    }

    public static bool Holds(StoredServer server, RegistrationKey key) =>
        KeyText.Same(key.Hash, KeyText.Hash(server.Url[(server.Url.LastIndexOf('/') + 1)..]));

    public Task<IReadOnlyList<StoredTool>> StoredAsync(string server, CancellationToken cancellation) =>
        steps.DoAsync("tools_listed", call => registry.ToolsAsync(server, call, cancellation));

    private async Task<(string Server, IReadOnlyList<StoredTool> Tools)> CreateAsync(
        Registration registration, RegistrationKey key, string secret, CancellationToken cancellation)
    {
        try
        {
            var url = KeyDoor.Url(registration.Endpoint, secret);
            return await steps.DoAsync("created", call => registry.CreateAsync(registration.Name, url, call, cancellation));
        }
        catch (CallFailureException failure) when (failure.Code == FailureCodes.InDoubt)
        {
            return await LookedForAsync(key, failure, cancellation);
        }
    }

    // The answer was lost: the list tells whether the entry was made.
    private async Task<(string Server, IReadOnlyList<StoredTool> Tools)> LookedForAsync(
        RegistrationKey key, CallFailureException lost, CancellationToken cancellation)
    {
        try
        {
            if (await FindAsync(key, cancellation) is { } server) return (server, await StoredAsync(server, cancellation));
        }
        catch (CallFailureException)
        {
            throw lost;
        }

        throw new CallFailureException(FailureCodes.UpstreamError, "PhenoML did not answer, and no entry was made: run the command again.");
    }

    private RegistrationKey Added(RegistrationKey key)
    {
        Keys.Add(key);
        return key;
    }
}
