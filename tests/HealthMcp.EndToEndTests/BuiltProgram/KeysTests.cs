using System.Net;
using System.Text;

namespace HealthMcp.EndToEndTests.BuiltProgram;

/// <summary>Live systems over HTTP with registration keys alone: made, served, revoked, as an operator does it.</summary>
public sealed class KeysTests : IDisposable
{
    private const string List = """
        {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{
        "io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}
        """;

    private static readonly (string, string)[] Live =
    [
        ("PATIENTS_BASE_URL", "https://patients.example"),
        ("PATIENTS_ORG_ID", "0edaa0d0-ffd2-4a24-8c17-f6ebfb64a40b"),
        ("PATIENTS_API_TOKEN", "secret"),
        ("HEALTHMCP_SCOPES", "patients/records.read patients/vitals.write"),
    ];

    private readonly Built _built = new();
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(100) };

    public void Dispose()
    {
        _client.Dispose();
        _built.Dispose();
    }

    [Fact]
    public async Task Live_systems_are_served_to_an_active_key_and_to_nobody_else()
    {
        var made = await _built.RunAsync(["keys", "create", "--name", "PhenoML", "--scopes", "patients/records.read patients/vitals.write"], "", Live);
        made.ExitCode.ShouldBe(0, made.Error);
        var key = made.Output.Trim().Split('/')[^1];
        var id = made.Error.Split("keys revoke ")[1].Trim();
        var endpoint = await _built.ServeAsync([], Live);
        var keyed = new Uri($"{endpoint}/r/{key}");

        var (status, body) = await ListAsync(keyed);
        status.ShouldBe(HttpStatusCode.OK);
        body.ShouldContain("record_vitals");
        (await ListAsync(endpoint)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await _built.RunAsync(["keys", "revoke", id], "", Live)).ExitCode.ShouldBe(0);
        (await ListAsync(keyed)).ShouldBe((HttpStatusCode.NotFound, ""));

        var again = await _built.RunAsync(["--port", "0"], "", Live);
        again.ExitCode.ShouldBe(3);
        again.Error.ShouldContain("without authentication");
        (_built.Logs() + _built.Read("keys.json")).ShouldNotContain(key);
    }

    private async Task<(HttpStatusCode Status, string Body)> ListAsync(Uri address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(List, Encoding.UTF8, "application/json") };
        request.Headers.Add("Accept", "application/json, text/event-stream");
        request.Headers.Add("MCP-Protocol-Version", "2026-07-28");
        request.Headers.Add("Mcp-Method", "tools/list");
        using var response = await _client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
