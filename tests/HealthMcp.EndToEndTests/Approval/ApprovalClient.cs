using System.Text.Json;
using System.Text.RegularExpressions;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace HealthMcp.EndToEndTests.Approval;

/// <summary>A real client that asks for one write and, where its version can, shows links to its user.</summary>
internal sealed class ApprovalClient(McpClient client, List<string> links) : IAsyncDisposable
{
    private const string Who = """{"first_name":"Marissa","last_name":"Jones","date_of_birth":"1971-06-29"}""";

    /// <summary>All that the model got.</summary>
    public List<string> Told { get; } = [];

    /// <summary>Links that the client showed to its user.</summary>
    public IReadOnlyList<string> Links => links;

    /// <param name="transport">To the server.</param>
    /// <param name="version">Of the protocol; null for one that cannot ask its user.</param>
    /// <param name="user">What the user does with a link, and what the client then says.</param>
    public static async Task<ApprovalClient> ConnectAsync(IClientTransport transport, string? version, Func<string, Task<string>> user)
    {
        var links = new List<string>();
        var options = new McpClientOptions { ProtocolVersion = version ?? "2025-06-18" };
        if (version is not null)
        {
            options.Capabilities = new ClientCapabilities { Elicitation = new ElicitationCapability { Url = new UrlElicitationCapability() } };
            options.Handlers.ElicitationHandler = async (asked, _) =>
            {
                links.Add(asked!.Url!);
                return new ElicitResult { Action = await user(asked.Url!) };
            };
        }

        return new ApprovalClient(await McpClient.CreateAsync(transport, options), links);
    }

    public Task<JsonElement> RecordAsync(int pulse) => CallAsync(
        "record_vitals",
        $$"""{"patient_lookup":{{Who}},"date_taken":"2026-11-20","pulse":{{pulse}},"bp_systolic":182,"bp_diastolic":84,"note":"At rest."}""");

    public async Task<int> StoredAsync(int pulse)
    {
        var found = await CallAsync("search_patients", """{"first_name":"Marissa","last_name":"Jones"}""");
        var patient = found.GetProperty("data")[0].GetProperty("id").GetString();
        var read = (await CallAsync("get_vitals", $$"""{"patient":"{{patient}}","max_bytes":200000}""")).GetProperty("data").GetRawText();
        return Regex.Count(read, $"\"pulse\":{pulse}\\b");
    }

    public async Task<JsonElement> CallAsync(string tool, string arguments)
    {
        var given = JsonElement.Parse(arguments).EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value, StringComparer.Ordinal);
        var result = await client.CallToolAsync(tool, given);
        Told.Add(result.StructuredContent!.Value.GetRawText());
        return result.StructuredContent.Value;
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();
}

internal static class WriteAnswers
{
    public static string? Status(this JsonElement answer) =>
        answer.TryGetProperty("write", out var write) ? write.GetProperty("status").GetString() : answer.GetProperty("error").GetProperty("code").GetString();

    public static string Link(this JsonElement answer) => answer.GetProperty("write").GetProperty("link").GetString()!;
}
