using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Privacy;

namespace HealthMcp.Pipeline;

/// <summary>
/// Checks the arguments against the schema, opens the cursor, puts record ids in the place of handles, fills in placeholders and makes the typed input.
/// It stands inside the scope stage, so that a caller without the scope learns nothing of schema, cursor or handle.
/// </summary>
internal sealed class ArgumentStage(Cursors cursors, HandleArguments handles, FillArguments fill, WordArguments words) : IStage
{
    private const int DefaultBytes = 24 * 1024;

    public Task InvokeAsync(CallState state, Step next, CancellationToken cancellation)
    {
        var definition = state.Tool!.Definition;
        var arguments = Cursors.Given(state.Request.Arguments);
        Validate(definition, arguments);

        var digest = Cursors.Digest(state.Request.Caller, definition.Name, arguments);
        var position = Text(arguments, "cursor") is { } cursor ? cursors.Open(cursor, digest) : new CursorPosition(null, 0);
        if (state.Level != PrivacyLevel.Identified) words.Check(definition, arguments);
        var resolved = handles.Resolve(definition, arguments, state.Trace);
        var input = Read(definition, fill.Fill(definition, resolved));
        var context = new CallContext
        {
            Tool = definition,
            Caller = state.Request.Caller.Key,
            Page = position.Page,
            DatesVisible = state.Level >= PrivacyLevel.Limited,
            IdentifiersVisible = state.Level == PrivacyLevel.Identified,
            Trace = state.Trace,
            Progress = state.Request.Progress,
            Pieces = state.Request.Pieces is null ? null : piece => state.Streamed!.Add(piece),
        };
        state.Bound = new BoundArguments(input, context, digest)
        {
            Persons = resolved.Persons,
            Named = resolved.Named,
            Given = position.Given,
            LastGiven = position.LastGiven,
            Fields = arguments.TryGetProperty("fields", out var fields) ? [.. fields.EnumerateArray().Select(f => f.GetString()!)] : null,
            MaxBytes = arguments.TryGetProperty("max_bytes", out var most) ? most.GetInt32() : DefaultBytes,
            Confirmation = Text(arguments, "confirmation"),
        };
        return next(state, cancellation);
    }

    private static void Validate(ToolDefinition definition, JsonElement arguments)
    {
        var problems = ArgumentValidator.Check(InputSchema.Of(definition.Input), arguments);
        if (problems.Count == 0) return;
        var said = string.Join("; ", problems.Select(p => p.Argument.Length == 0 ? $"the call {p.Problem}" : $"{p.Argument} {p.Problem}"));
        throw CallFailureException.Invalid(problems[0].Argument, $"Correct the arguments and call again: {said}{(said.EndsWith('?') ? "" : ".")}");
    }

    private static object Read(ToolDefinition definition, JsonElement arguments)
    {
        try
        {
            return arguments.Deserialize(definition.Input)!;
        }
        catch (JsonException)
        {
            // The schema let through what the record cannot hold; the exception's text would repeat the value.
            throw CallFailureException.Invalid("", "The arguments could not be read: compare each with the tool's input schema and call again.");
        }
    }

    private static string? Text(JsonElement arguments, string name) => arguments.TryGetProperty(name, out var value) ? value.GetString() : null;
}
