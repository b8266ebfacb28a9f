using HealthMcp.Catalog;
using HealthMcp.Keys;
using HealthMcp.Storage;
using HealthMcp.Upstreams.PhenoML.Registry;

namespace HealthMcp.Cli.Registering;

/// <summary>
/// Puts a new key in the place of the old, in an order in which no agent is ever without its tools: the new entry is made beside the old, each agent is
/// given the new ids, and only then the old entry is deleted and its key ended. Each step is put down, so that a rotation that broke off is gone on with
/// by running it again.
/// </summary>
internal sealed class Rotation(RegistrationDesk desk, TimeProvider time, Action<string> say)
{
    /// <summary>An agent that was made or changed meanwhile is met in the next round.</summary>
    private const int Rounds = 3;

    public async Task RunAsync(Registration registration, CancellationToken cancellation)
    {
        var (beside, fresh) = await BesideAsync(registration, cancellation);
        var ours = desk.ToolsOf(desk.Keys.All.First(key => key.Id == fresh.KeyId)).Select(tool => tool.Name).ToHashSet(StringComparer.Ordinal);
        if (beside.Now.Tools.Select(tool => tool.Name).Except(fresh.Tools.Select(tool => tool.Name), StringComparer.Ordinal).Any(ours.Contains))
            throw new CallFailureException(
                FailureCodes.Conflict, "PhenoML has not found all tools yet, so no agent was moved: see that this server answers it, and run it again.");
        say($"The new entry stands beside the old one, with {fresh.Tools.Count} tools.");
        var moved = await MoveAgentsAsync(desk, beside.Now, fresh, cancellation);
        say(moved == 1 ? "1 agent was given the new tools." : $"{moved} agents were given the new tools.");
        if (beside.Now.Server is { } old) await desk.Steps.DoAsync("deleted", call => desk.Registry.DeleteAsync(old, call, cancellation));
        desk.Revoke(beside.Now.KeyId);
        desk.Book.Put(beside with { Now = fresh, Next = null });
        say("The old entry is deleted and its key ended.");
    }

    /// <summary>Gives every agent that has tools of one entry those of the other, by name; those that the other has not are taken away.</summary>
    /// <returns>How many agents there were.</returns>
    public static async Task<int> MoveAgentsAsync(RegistrationDesk desk, RegistryEntry from, RegistryEntry? to, CancellationToken cancellation)
    {
        var names = from.Tools.ToDictionary(tool => tool.Id, tool => tool.Name, StringComparer.Ordinal);
        var ids = (to?.Tools ?? []).ToDictionary(tool => tool.Name, tool => tool.Id, StringComparer.Ordinal);
        var moved = new HashSet<string>(StringComparer.Ordinal);
        for (var round = 0; round < Rounds; round++)
        {
            var agents = await desk.Steps.DoAsync("agents_listed", call => desk.Registry.AgentsAsync(call, cancellation));
            var left = agents.Where(agent => agent.Tools?.Any(names.ContainsKey) == true).ToList();
            if (left.Count == 0) return moved.Count;
            foreach (var agent in left)
            {
                var tools = agent.Tools!.Select(id => names.TryGetValue(id, out var name) ? ids.GetValueOrDefault(name) : id).OfType<string>().ToList();
                await desk.Steps.DoAsync("agent_patched", async call =>
                {
                    await desk.Registry.SetToolsAsync(agent, tools, call, cancellation);
                    return true;
                });
                moved.Add(agent.Id);
            }
        }

        throw new CallFailureException(FailureCodes.Conflict, "Agents are being changed at PhenoML all the time: run the command again in a quiet moment.");
    }

    private async Task<(Registration Registration, RegistryEntry Fresh)> BesideAsync(Registration registration, CancellationToken cancellation)
    {
        if (registration.Next is { } begun && await ResumedAsync(begun, cancellation) is { } found)
            return (desk.Book.Put(registration with { Next = found }), found);
        var key = desk.Keys.All.FirstOrDefault(each => each.Id == registration.Now.KeyId)
            ?? throw new CallFailureException(
                FailureCodes.NotFound, "The key of this registration is not known any more: remove the registration and make it anew.");
        var now = time.GetUtcNow();
        var order = new KeyOrder(key.Name, key.Scopes, key.Level, now + (key.Expires - key.Created), key.Networks);
        var beside = registration;
        try
        {
            var (fresh, _) = await desk.MakeAsync(registration, order, entry => beside = desk.Book.Put(registration with { Next = entry }), cancellation);
            return (beside, fresh);
        }
        catch (CallFailureException)
        {
            // Its key is dead, whatever stands there: the old entry goes on as before.
            desk.Book.Put(registration with { Next = null });
            throw;
        }
    }

    // What was begun is there when its key lives and an address there holds it; else its key is ended and it is begun anew.
    private async Task<RegistryEntry?> ResumedAsync(RegistryEntry begun, CancellationToken cancellation)
    {
        if (desk.Keys.All.FirstOrDefault(each => each.Id == begun.KeyId) is not { } key || !key.IsActive(time.GetUtcNow()))
        {
            if (begun.Server is null) return null;
            throw new CallFailureException(
                FailureCodes.Conflict, "The key of the new entry has ended, so no agent is moved to it: remove the registration and make it anew.");
        }

        if ((begun.Server ?? await desk.FindAsync(key, cancellation)) is not { } server)
        {
            desk.Revoke(key.Id);
            return null;
        }

        var tools = await desk.StoredAsync(server, cancellation);
        return RegistrationDesk.EntryOf(key, server, tools);
    }
}
