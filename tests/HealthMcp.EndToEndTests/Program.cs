using System.Globalization;
using HealthMcp.EndToEndTests.Conformance;

namespace HealthMcp.EndToEndTests;

/// <summary>
/// The test assembly is also a program: it serves the fixtures that the protocol's conformance suite asks for.
/// <c>conformance --port N</c> serves them over HTTP, <c>conformance --stdio</c> over standard input and output.
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
            default:
                await Console.Error.WriteLineAsync("usage: conformance --port N | conformance --stdio");
                return 2;
        }
    }
}
