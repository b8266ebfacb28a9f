using System.Globalization;
using HealthMcp.EndToEndTests.Approval;
using HealthMcp.EndToEndTests.Conformance;

namespace HealthMcp.EndToEndTests;

/// <summary>
/// The test assembly is also a program. <c>conformance --port N</c> and <c>conformance --stdio</c> serve the fixtures that the protocol's conformance suite
/// asks for, over HTTP and over standard input and output. <c>approval SCRIPT</c> runs the checks of the approval pages with the browser of that script.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["conformance", "--port", var port]:
                await ConformanceServer.ServeHttpAsync(int.Parse(port, CultureInfo.InvariantCulture));
                return 0;
            case ["conformance", "--stdio"]:
                await ConformanceServer.ServeStdioAsync();
                return 0;
            case ["approval", var script]:
                return await ApprovalRun.RunAsync(script);
            default:
                await Console.Error.WriteLineAsync("usage: conformance --port N | conformance --stdio | approval SCRIPT");
                return 2;
        }
    }
}
