using System.Text;
using System.Text.Json;
using HealthMcp.Cli;

namespace HealthMcp.Tests.Cli;

/// <summary>One run of <c>redact</c> with its input and what it wrote.</summary>
internal sealed record RedactRun(int Code, string Out, string Error)
{
    public IReadOnlyList<JsonElement> Lines => [.. Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];

    public JsonElement Json => JsonElement.Parse(Out);

    public static Task<RedactRun> OfAsync(string input, params string[] arguments) => OfAsync(Encoding.UTF8.GetBytes(input), arguments);

    public static async Task<RedactRun> OfAsync(byte[] input, params string[] arguments)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var terminal = new Terminal(TextReader.Null, TextWriter.Null, error, false, () => new MemoryStream(input), () => output);
        var code = await new CommandLine(terminal).RunAsync(["redact", .. arguments]);
        return new RedactRun(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
