using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Agents;
using HealthMcp.Upstreams.PhenoML.Writing;

namespace HealthMcp.Upstreams.PhenoML.Registry;

/// <summary>A server as PhenoML's registry keeps it. The address is a password: it goes nowhere but into a comparison.</summary>
internal sealed record StoredServer(string Id, string Url)
{
    /// <summary>Without the address: a record would print it.</summary>
    public override string ToString() => Id;
}

/// <summary>An agent, as far as its tools go.</summary>
/// <param name="Tools">Ids of its tools; null where it has none.</param>
internal sealed record AgentTooling(string Id, IReadOnlyList<string>? Tools);

/// <summary>The registry as the operator's commands use it: raw, because ids and addresses are compared here and shown to nobody.</summary>
internal sealed class RegistryClient(UpstreamClient client)
{
    private static readonly ToolDefinition Command = new()
    {
        Name = "registrations",
        Title = "Registrations of this server",
        Description = "The operator's commands, which no client is shown.",
        Toolset = PhenoMLEndpoints.System,
        Scopes = [RegistryWords.Read, RegistryWords.Write, AgentScopes.Read, AgentScopes.Write],
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: false, OpenWorld: true),
        Endpoints =
        [
            RegistryEndpoints.Create, RegistryEndpoints.Delete, RegistryEndpoints.List, RegistryEndpoints.ListTools, AgentEndpoints.ListAgents,
            AgentEndpoints.Agent.Patch!,
        ],
        Input = RegistryInputsJson.Default.ListServersInput,
        DataSchema = "{}",
    };

    public static IReadOnlyList<string> Scopes => Command.Scopes;

    public SystemSource Source => client.Source;

    // The operator runs the command, so nobody else need let it through.
    public static CallContext NewCall() => new() { Tool = Command, Trace = new CallTrace(), LetThrough = true };

    public Task<(string Server, IReadOnlyList<StoredTool> Tools)> CreateAsync(string name, string url, CallContext call, CancellationToken cancellation) =>
        SendAsync(
            new UpstreamRequest(RegistryEndpoints.Create) { Body = Bytes(new JsonObject { ["name"] = name, ["mcp_server_url"] = url }) },
            answer => (Server(Envelope.Rows(answer, "mcp_servers").FirstOrDefault()).Id, Tools(answer)),
            RegistryEndpoints.OfServers,
            call,
            cancellation);

    public Task<IReadOnlyList<StoredServer>> ServersAsync(CallContext call, CancellationToken cancellation) => SendAsync<IReadOnlyList<StoredServer>>(
        new UpstreamRequest(RegistryEndpoints.List),
        answer => [.. Envelope.Rows(answer, "mcp_servers").Select(Server)],
        RegistryEndpoints.OfServers,
        call,
        cancellation);

    public Task<IReadOnlyList<StoredTool>> ToolsAsync(string server, CallContext call, CancellationToken cancellation) => SendAsync(
        new UpstreamRequest(RegistryEndpoints.ListTools).Route("mcp_server_id", server), Tools, RegistryEndpoints.OfServers, call, cancellation);

    /// <returns>False when there was no such server any more.</returns>
    public async Task<bool> DeleteAsync(string server, CallContext call, CancellationToken cancellation)
    {
        try
        {
            await SendAsync(
                new UpstreamRequest(RegistryEndpoints.Delete).Route("mcp_server_id", server),
                answer => answer.Status,
                RegistryEndpoints.OfServers,
                call,
                cancellation);
            return true;
        }
        catch (CallFailureException failure) when (failure.Code == FailureCodes.NotFound)
        {
            return false;
        }
    }

    public Task<IReadOnlyList<AgentTooling>> AgentsAsync(CallContext call, CancellationToken cancellation) => SendAsync<IReadOnlyList<AgentTooling>>(
        new UpstreamRequest(AgentEndpoints.ListAgents),
        answer => [.. Envelope.Rows(answer, "agents").Select(Agent)],
        AgentEndpoints.Agent.Refusals,
        call,
        cancellation);

    /// <summary>Gives an agent other tools, if it still has those that were seen: a change that somebody else made meanwhile is not lost.</summary>
    public Task SetToolsAsync(AgentTooling agent, IReadOnlyList<string> tools, CallContext call, CancellationToken cancellation)
    {
        var steps = new JsonArray(
            new JsonObject { ["op"] = "test", ["path"] = "/tools", ["value"] = GivenFields.List(agent.Tools) },
            new JsonObject { ["op"] = "replace", ["path"] = "/tools", ["value"] = GivenFields.List(tools) });
        var request = new UpstreamRequest(AgentEndpoints.Agent.Patch!) { Body = Bytes(steps), ContentType = "application/json+patch" }.Route("id", agent.Id);
        return SendAsync(request, answer => answer.Status, AgentEndpoints.Agent.Refusals, call, cancellation);
    }

    private Task<T> SendAsync<T>(
        UpstreamRequest request, Func<UpstreamResponse, T> read, Refusals refused, CallContext call, CancellationToken cancellation) =>
        new OnceSender(client, call).SendAsync(request, read, refused, "look into PhenoML's registry", cancellation);

    private static IReadOnlyList<StoredTool> Tools(UpstreamResponse answer) => [.. Envelope.Rows(answer, "mcp_server_tools").Select(StoredTool.Of)];

    private static StoredServer Server(ReadOnlyMemory<byte> row)
    {
        if (row.IsEmpty) throw UpstreamFailures.NotJson();
        using var json = JsonDocument.Parse(row);
        return new StoredServer(Text(json.RootElement, "id") ?? throw UpstreamFailures.NotJson(), Text(json.RootElement, "mcp_server_url") ?? "");
    }

    private static AgentTooling Agent(ReadOnlyMemory<byte> row)
    {
        using var json = JsonDocument.Parse(row);
        var tools = json.RootElement.TryGetProperty("tools", out var list) && list.ValueKind == JsonValueKind.Array ? list : default;
        return new AgentTooling(
            Text(json.RootElement, "id") ?? throw UpstreamFailures.NotJson(),
            tools.ValueKind == JsonValueKind.Array ? [.. tools.EnumerateArray().Select(id => id.ToString())] : null);
    }

    private static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[] Bytes(JsonNode json) => Encoding.UTF8.GetBytes(json.ToJsonString());
}
