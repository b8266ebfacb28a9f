using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using HealthMcp.EndToEndTests.BuiltProgram;
using Npgsql;

namespace HealthMcp.EndToEndTests.ManyMachines;

/// <summary>What one call came to: the HTTP status, and the tool's answer where there was one.</summary>
internal sealed record Reply(HttpStatusCode Status, JsonElement Content, bool IsError)
{
    public JsonElement Data() => Content.GetProperty("data");

    public JsonElement Write() => Content.GetProperty("write");
}

/// <summary>Several built programs on one database and one set of systems, each with a data folder of its own.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private const string Key = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA";
    private const string Scopes = "xcures/subjects.read xcures/concepts.read patients/vitals.write patients/vitals.read patients/records.read";

    private readonly List<Built> _machines = [new()];
    private readonly string _schema = $"e2e{Environment.ProcessId}x{Random()}";
    private readonly HttpClient _client = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero });
    private (string Name, string Value)[] _settings = [];

    public string KeyId { get; private set; } = "";

    private string Secret { get; set; } = "";

    public static async Task<Cluster> StartAsync()
    {
        var cluster = new Cluster();
        await cluster.SqlAsync($"create schema {cluster._schema}");
        var address = Environment.GetEnvironmentVariable(DatabaseFactAttribute.Setting)!;
        cluster._settings =
        [
            .. await cluster._machines[0].SandboxAsync(),
            ("HEALTHMCP_DATABASE", new NpgsqlConnectionStringBuilder(address) { SearchPath = cluster._schema }.ConnectionString),
            ("HEALTHMCP_MASTER_KEY", Key), ("HEALTHMCP_SCOPES", Scopes), ("HEALTHMCP_WRITES", "confirm"), ("HEALTHMCP_RATE_LIMIT", "6000"),
            ("HEALTHMCP_TOOLSETS", "patients"),
        ];
        (await cluster.RunAsync("db", "migrate")).ExitCode.ShouldBe(0);
        var made = await cluster.RunAsync("keys", "create", "--name", "tests", "--scopes", Scopes);
        made.ExitCode.ShouldBe(0, made.Error);
        cluster.Secret = made.Output.Trim().Split('/')[^1];
        cluster.KeyId = made.Error.Split("keys revoke ")[1].Trim();
        return cluster;
    }

    public Task<Finished> RunAsync(params string[] arguments) => _machines[0].RunAsync(arguments, "", _settings);

    public async Task<(Uri Address, Process Process)> JoinAsync(params string[] arguments)
    {
        var machine = new Built();
        _machines.Add(machine);
        var address = await machine.ServeAsync(arguments, _settings);
        return (address, machine.Last);
    }

    /// <summary>One POST by a client of 2025-11-25 that was never introduced to this instance, on a connection of its own.</summary>
    public async Task<Reply> CallAsync(Uri instance, string tool, string arguments)
    {
        var body = $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}}}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(instance, $"/mcp/r/{Secret}"));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Add("Accept", "application/json, text/event-stream");
        request.Headers.Add("MCP-Protocol-Version", "2025-11-25");
        request.Headers.ConnectionClose = true;
        using var response = await _client.SendAsync(request);
        response.Headers.Contains("Mcp-Session-Id").ShouldBeFalse();
        var text = (await response.Content.ReadAsStringAsync()).Split('\n').LastOrDefault(line => line.StartsWith("data: {", StringComparison.Ordinal));
        if (text is null) return new Reply(response.StatusCode, default, true);
        var result = JsonElement.Parse(text[6..]).GetProperty("result");
        return new Reply(response.StatusCode, result.GetProperty("structuredContent"), result.TryGetProperty("isError", out var error) && error.GetBoolean());
    }

    public async Task<HttpStatusCode> ReadyAsync(Uri instance)
    {
        using var response = await _client.GetAsync(new Uri(instance, "/readyz"));
        return response.StatusCode;
    }

    public async Task<object?> SqlAsync(string sql)
    {
        var address = Environment.GetEnvironmentVariable(DatabaseFactAttribute.Setting)!;
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address) { SearchPath = _schema }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _machines.ForEach(machine => machine.Dispose());
        _client.Dispose();
        await SqlAsync($"drop schema {_schema} cascade");
    }

    private static string Random() => Path.GetRandomFileName().Split('.')[0];
}
