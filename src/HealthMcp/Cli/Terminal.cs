namespace HealthMcp.Cli;

/// <summary>The process's own streams, handed in so that commands can be tested and nothing writes to stdout by the way.</summary>
/// <param name="Interactive">A person can be asked.</param>
internal sealed record Terminal(TextReader In, TextWriter Out, TextWriter Error, bool Interactive, Func<Stream> OpenInput, Func<Stream> OpenOutput)
{
    public static Terminal OfProcess() => new(
        Console.In,
        Console.Out,
        Console.Error,
        !Console.IsInputRedirected && !Console.IsOutputRedirected,
        Console.OpenStandardInput,
        Console.OpenStandardOutput);
}

/// <summary>Exit codes; scripts rely on them.</summary>
internal static class Exit
{
    public const int Done = 0;
    public const int ToolError = 1;
    public const int BadUsage = 2;
    public const int CannotStart = 3;
}
