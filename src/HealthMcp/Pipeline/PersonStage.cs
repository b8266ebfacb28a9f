using HealthMcp.Catalog;
using HealthMcp.Privacy;

namespace HealthMcp.Pipeline;

/// <summary>
/// Has the record of a person read of whom nothing is known yet, once: a handle may come from a list that names nobody, and a note would then be
/// scrubbed without knowing whose names to look for. What the record shows goes to redaction, is remembered with the handle, and is answered to nobody.
/// Where it cannot be read, nothing is answered either.
/// </summary>
internal sealed class PersonStage(
    HandleVault vault, IReadOnlyDictionary<string, PersonReader> readers, IReadOnlyDictionary<string, SystemSource> sources) : IStage
{
    public async Task InvokeAsync(CallState state, Step next, CancellationToken cancellation)
    {
        var tool = state.Tool!.Definition;
        if (tool.PersonRecord is { } record && state.Level != PrivacyLevel.Identified)
        {
            var (context, space) = (state.Bound!.Context, sources[record.System].Namespace);
            foreach (var person in state.Bound.Named.Where(person => person.System == space && !vault.LabelsOf(person).Labels.Any()))
                context.Read.Add(record.Shape, await readers[record.System](person.Value, context, cancellation));
        }

        await next(state, cancellation);
    }
}
