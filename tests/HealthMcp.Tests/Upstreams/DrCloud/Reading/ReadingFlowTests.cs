using System.Text.Json;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;
using ModelContextProtocol.Client;

namespace HealthMcp.Tests.Upstreams.DrCloud.Reading;

/// <summary>Documents, versions and lines, through a real client.</summary>
public sealed class ReadingFlowTests
{
    private const string Find = """{"type":"Patient","parameters":[{"name":"family","value":"Jones"},{"name":"given","value":"Marissa"}]}""";

    [Fact]
    public async Task The_content_of_a_document_is_read_as_text_without_what_identifies()
    {
        await using var world = await World.StartAsync(("HEALTHMCP_TOOLSETS", "drcloud"));
        var client = await world.ConnectAsync();
        var patient = await PatientAsync(world);
        var reply = await DocumentAsync(client, patient);
        var file = reply.Data.GetProperty("files")[0];

        file.GetProperty("contentType").GetString().ShouldBe("text/plain");
        file.GetProperty("text").GetString()!.Length.ShouldBeGreaterThan(100);
        file.TryGetProperty("data", out _).ShouldBeFalse();
        file.GetRawText().ShouldNotContain("Marissa");
        var again = await client.ReplyAsync("drcloud_fhir_read", $$"""{"type":"Binary","id":"{{file.GetProperty("id").GetString()}}"}""");
        again.Resources().ShouldHaveSingleItem().GetProperty("text").GetString()!.ShouldNotContain("Marissa");
    }

    [Fact]
    public async Task A_conformant_server_gives_former_versions_and_wrapped_files()
    {
        await using var world = await World.StartAsync(new SandboxOptions { Conformant = true }, ("HEALTHMCP_TOOLSETS", "drcloud"));
        var client = await world.ConnectAsync();
        var patient = await PatientAsync(world);
        async Task<IReadOnlyList<JsonElement>> Read(string more) =>
            (await client.ReplyAsync("drcloud_fhir_read", $$"""{"type":"Patient","id":"{{patient}}",{{more}}}""")).Resources();

        (await Read("\"history\":true")).Select(Version).ShouldBe(["2", "1"]);
        (await Read("\"version\":\"1\"")).Select(Version).ShouldBe(["1"]);
        var missing = await client.ReplyAsync("drcloud_fhir_read", $$"""{"type":"Patient","id":"{{patient}}","version":"7"}""");
        missing.ErrorCode.ShouldBe("not_found");
        (await client.ReplyAsync("drcloud_capabilities", """{"type":"Patient"}""")).First.GetProperty("history").GetBoolean().ShouldBeTrue();
        var read = await DocumentAsync(client, patient);
        read.Data.GetProperty("files")[0].GetProperty("text").GetString()!.Length.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task A_chart_in_lines_names_nobody_and_keeps_units_order_and_ids()
    {
        await using var world = await World.StartAsync();
        var client = await world.ConnectAsync();
        var patient = await PatientAsync(world);
        var reply = await client.ReplyAsync(
            "drcloud_fhir_search", $$"""{"type":"Observation","patient":"{{patient}}","count":200,"view":"summary","max_bytes":200000}""");
        var lines = reply.Resources().Select(row => row.GetProperty("summary").GetString()!).ToList();
        var years = lines.Select(line => line.Split(':')[0]).ToList();

        years.ShouldBe(years.OrderDescending(StringComparer.Ordinal));
        lines.ShouldContain(line => line.Contains("LOINC", StringComparison.Ordinal) && line.Contains("mg/dL", StringComparison.Ordinal));
        reply.Resources().ShouldAllBe(row => row.GetProperty("patient").GetString() == $"Patient/{patient}");
        reply.Data.GetRawText().ShouldNotContain("Jones");
        var id = reply.Resources()[0].GetProperty("id").GetString();
        (await client.ReplyAsync("drcloud_fhir_search", $$"""{"type":"Observation","ids":["{{id}}"]}""")).Resources().Count.ShouldBe(1);
    }

    private static async Task<ToolReply> DocumentAsync(McpClient client, string patient)
    {
        var found = await client.ReplyAsync("drcloud_fhir_search", $$"""{"type":"DocumentReference","patient":"{{patient}}"}""");
        var id = found.Resources()[0].GetProperty("id").GetString();
        return await client.ReplyAsync(
            "drcloud_fhir_read", $$"""{"type":"DocumentReference","id":"{{id}}","include_files":true,"max_bytes":200000}""");
    }

    private static string? Version(JsonElement resource) => resource.GetProperty("meta").GetProperty("versionId").GetString();

    private static async Task<string> PatientAsync(World world) =>
        (await world.CallAsync("drcloud_fhir_search", Find)).Resources()[0].GetProperty("id").GetString()!;
}
