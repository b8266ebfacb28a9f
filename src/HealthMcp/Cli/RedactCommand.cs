using System.CommandLine;
using System.Text;
using HealthMcp.Privacy;

namespace HealthMcp.Cli;

/// <summary><c>redact</c>: what would be withheld of a text or an answer, for people and for evaluation. It opens no vault and no data directory.</summary>
internal sealed class RedactCommand(Terminal terminal, CommonOptions common, TimeProvider time)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly Option<string> _format =
        Choice("--format", "text, jsonl, or one JSON answer of a system.", "text", "jsonl", "fhir", "xcures", "patients", "phenoml");
    private readonly Option<string> _level = Choice("--level", "Privacy level.", "deidentified", "limited", "identified");
    private readonly Option<string?> _operation =
        new("--operation")
        {
            Description = "Operation that gave an xcures, patients or phenoml answer, such as \"GET /path\" of the contract; "
                + "of a stream, the data of one event.",
        };

    public Command Build()
    {
        var command = new Command("redact", "Show what would be withheld of standard input.") { _format, _level, _operation };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (format, operation) = (parsed.GetValue(_format)!, parsed.GetValue(_operation));
        var level = Enum.Parse<PrivacyLevel>(parsed.GetValue(_level)!, ignoreCase: true);
        if (AnswerShape.Problem(format, operation) is { } problem)
        {
            await terminal.Error.WriteLineAsync(problem);
            return Exit.BadUsage;
        }

        if (common.ReadLexicon(parsed, terminal.Error) is not { } lexicon) return Exit.CannotStart;
        var scrubber = new Scrubber(lexicon);
        if (level == PrivacyLevel.Identified)
            await terminal.Error.WriteLineAsync("At identified nothing that identifies is withheld; ids of records are handles at every level.");
        try
        {
            // The streams and not the console's reader and writer: those take the terminal's encoding, and JSON is UTF-8.
            await using var input = terminal.OpenInput();
            await using var output = new BufferedStream(terminal.OpenOutput(), 64 * 1024);
            return format switch
            {
                "text" => await TextAsync(scrubber, input, output, level, cancellation),
                "jsonl" => await new LineRedaction(scrubber, () => NewSession(level)).RunAsync(input, output, cancellation) ? Exit.Done : Exit.ToolError,
                _ => await AnswerAsync(scrubber, input, output, level, AnswerShape.Of(format, operation), cancellation),
            };
        }
        catch (IOException)
        {
            await terminal.Error.WriteLineAsync("Standard input or output was closed before the end.");
            return Exit.ToolError;
        }
    }

    private async Task<int> TextAsync(Scrubber scrubber, Stream input, Stream output, PrivacyLevel level, CancellationToken cancellation)
    {
        using var reader = new StreamReader(input, Utf8);
        var session = NewSession(level);
        var redacted = scrubber.Scrub(await reader.ReadToEndAsync(cancellation), session);
        await output.WriteAsync(Utf8.GetBytes(redacted), cancellation);
        await output.FlushAsync(cancellation);
        await SayWithheldAsync(session);
        return Exit.Done;
    }

    private async Task<int> AnswerAsync(
        Scrubber scrubber, Stream input, Stream output, PrivacyLevel level, string shape, CancellationToken cancellation)
    {
        using var read = new MemoryStream();
        await input.CopyToAsync(read, cancellation);
        var document = WithoutMark(read.ToArray());
        var session = NewSession(level);
        byte[] written;
        try
        {
            using var draft = new Redactor(ShapeCatalog.Load(), scrubber).Begin(document, shape, session);
            written = draft.ToArray();
        }
        catch (RedactionException)
        {
            await terminal.Error.WriteLineAsync("The input cannot be read: it must be one JSON document in UTF-8.");
            return Exit.ToolError;
        }

        await output.WriteAsync(written, cancellation);
        await output.WriteAsync("\n"u8.ToArray(), cancellation);
        await output.FlushAsync(cancellation);
        await SayWithheldAsync(session);
        return Exit.Done;
    }

    private Task SayWithheldAsync(RedactionSession session) => terminal.Error.WriteLineAsync(session.Withheld.Count == 0
        ? "withheld: nothing"
        : $"withheld: {string.Join(", ", session.Withheld.OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => $"{kind.Key} {kind.Value}"))}");

    private RedactionSession NewSession(PrivacyLevel level) => new(level, Counter(), DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));

    // Handles that mean something in this run only: nothing is stored, and the same input gives the same output.
    private static HandleMinter Counter()
    {
        var handles = new Dictionary<(string Kind, string Value), string>();
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        return (_, kind, value) =>
        {
            if (handles.TryGetValue((kind, value), out var known)) return known;
            var number = last[kind] = last.GetValueOrDefault(kind) + 1;
            return handles[(kind, value)] = $"{kind}_{number}";
        };
    }

    // Programs on Windows write a byte order mark, which is no part of JSON.
    private static ReadOnlyMemory<byte> WithoutMark(byte[] bytes) => bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsMemory(3) : bytes;

    private static Option<string> Choice(string name, string description, params string[] among)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => among[0] };
        option.AcceptOnlyFromAmong(among);
        return option;
    }
}
