using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace HealthMcp.EndToEndTests.Hosting;

/// <summary>The stdio host as a process of its own: real pipes, real signals.</summary>
public sealed class StdioProcessTests
{
    private const string Meta = """{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}""";

    [Fact]
    public async Task Three_requests_with_immediate_end_of_input_give_three_answers_and_nothing_else()
    {
        using var server = Start();
        await server.StandardInput.WriteAsync(Call(1, "test_simple_text") + Call(2, "test_tool_with_progress") + Call(3, "test_simple_text"));
        server.StandardInput.Close();
        var output = await server.StandardOutput.ReadToEndAsync();
        await server.WaitForExitAsync();

        output[0].ShouldBe('{');
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonElement.Parse(line).GetProperty("id").GetInt32())
            .ShouldBe([1, 2, 3], ignoreOrder: true);
        server.ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_ends_the_process_at_once_though_input_is_open(string signal)
    {
        using var server = Start();
        await server.StandardInput.WriteAsync(Call(1, "test_simple_text"));
        await server.StandardInput.FlushAsync();
        (await server.StandardOutput.ReadLineAsync())!.ShouldStartWith("{");
        using var kill = Process.Start("kill", ["-" + signal, server.Id.ToString(CultureInfo.InvariantCulture)]);
        await server.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));

        server.ExitCode.ShouldBe(0);
    }

    private static string Call(int id, string tool) =>
        $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"tools/call","params":{"name":"{{{tool}}}","_meta":{{{Meta}}} } }""" + "\n";

    private static Process Start() => Process.Start(new ProcessStartInfo("dotnet", [typeof(StdioProcessTests).Assembly.Location, "conformance", "--stdio"])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        UseShellExecute = false,
    })!;
}
