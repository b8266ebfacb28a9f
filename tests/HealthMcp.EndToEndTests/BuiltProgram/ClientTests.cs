using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace HealthMcp.EndToEndTests.BuiltProgram;

/// <summary>The six tools, chained through handles, by a real client over each transport and version of the protocol.</summary>
public sealed class ClientTests
{
    private const string Vitals =
        """{"patient_lookup":{"first_name":"Helen","last_name":"Milliken","date_of_birth":"2000-11-16"},"date_taken":"2026-11-20","pulse":72}""";

    [Theory]
    [InlineData("stdio", "2025-03-26")]
    [InlineData("stdio", "2025-11-25")]
    [InlineData("stdio", "2026-07-28")]
    [InlineData("http", "2025-03-26")]
    [InlineData("http", "2025-06-18")]
    [InlineData("http", "2025-11-25")]
    [InlineData("http", "2026-07-28")]
    public async Task The_six_tools_do_their_work(string transport, string version)
    {
        using var built = new Built();
        await using var client = await McpClient.CreateAsync(await TransportAsync(built, transport), new McpClientOptions { ProtocolVersion = version });

        client.NegotiatedProtocolVersion.ShouldBe(version);
        (await client.ListToolsAsync()).Count.ShouldBe(6);
        var subject = (await DataAsync(client, "search_subjects", """{"firstName":"Helen","lastName":"Milliken"}"""))[0].GetProperty("id").GetString();
        (await DataAsync(client, "get_clinical_concepts", $$"""{"subject":"{{subject}}","kinds":["condition"]}"""))
            .GetProperty("condition")
            .GetArrayLength()
            .ShouldBeGreaterThan(0);
        (await WriteAsync(client)).GetProperty("write").GetProperty("verified").GetBoolean().ShouldBeTrue();
        (await DataAsync(client, "extract_codes", """{"text":"Asthma and hypertension.","system":{"name":"ICD-10-CM"}}"""))
            .GetArrayLength()
            .ShouldBeGreaterThan(0);
        (await DataAsync(client, "lang2fhir_create", """{"text":"Asthma","resource":"condition-encounter-diagnosis"}"""))
            .GetProperty("resourceType")
            .GetString()
            .ShouldBe("Condition");
        (await DataAsync(client, "drcloud_fhir_search", """{"type":"Patient","query":"family=Milliken&given=Helen"}"""))
            .GetProperty("resources")
            .GetArrayLength()
            .ShouldBe(1);
    }

    [Theory]
    [InlineData("stdio")]
    [InlineData("http")]
    public async Task Each_prompt_is_listed_and_given(string transport)
    {
        using var built = new Built();
        await using var client = await McpClient.CreateAsync(await TransportAsync(built, transport));

        var prompts = await client.ListPromptsAsync();

        prompts.Count.ShouldBeGreaterThanOrEqualTo(3);
        foreach (var prompt in prompts)
        {
            var arguments = (prompt.ProtocolPrompt.Arguments ?? []).ToDictionary(a => a.Name, a => (object?)$"example {a.Name}", StringComparer.Ordinal);
            var text = string.Concat((await prompt.GetAsync(arguments)).Messages.Select(m => ((TextContentBlock)m.Content).Text));
            foreach (var argument in arguments.Values) text.ShouldContain((string)argument!);
        }
    }

    private static async Task<IClientTransport> TransportAsync(Built built, string transport) => transport == "http"
        ? new HttpClientTransport(new HttpClientTransportOptions { Endpoint = await built.ServeAsync() })
        : new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = built.Command[0],
            Arguments = [.. built.Command.Skip(1), "--stdio"],
            EnvironmentVariables = built.Environment,
        });

    private static async Task<JsonElement> WriteAsync(McpClient client)
    {
        var preview = await CallAsync(client, "record_vitals", Vitals);
        return await CallAsync(
            client,
            "record_vitals",
            $$"""{{Vitals[..^1]}},"confirmation":{{preview.GetProperty("write").GetProperty("confirmation").GetRawText()}}}""");
    }

    private static async Task<JsonElement> DataAsync(McpClient client, string tool, string arguments) =>
        (await CallAsync(client, tool, arguments)).GetProperty("data");

    private static async Task<JsonElement> CallAsync(McpClient client, string tool, string arguments)
    {
        var given = JsonElement.Parse(arguments).EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value, StringComparer.Ordinal);
        var result = await client.CallToolAsync(tool, given);
        result.IsError.ShouldNotBe(true, ((TextContentBlock)result.Content[0]).Text);
        return result.StructuredContent!.Value;
    }
}
