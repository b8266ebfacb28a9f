using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Outbound;

namespace HealthMcp.Upstreams.PhenoML.Codes;

/// <summary>Codes that were found, and what is to be said about them.</summary>
internal sealed record Extracted(IReadOnlyList<ReadOnlyMemory<byte>> Rows, IReadOnlyList<string> Notices);

/// <summary>One text, coded in one code system or in several.</summary>
internal sealed class Extraction(UpstreamClient client, CallContext call, OutboundText text, ExtractConfig? config)
{
    private const string Missing =
        "PhenoML has no code system of this name and version that is ready: list_code_systems shows them, or leave version out.";

    /// <exception cref="CallFailureException">It failed.</exception>
    public async Task<Extracted> OneAsync(CodeSystemChoice? system, CancellationToken cancellation)
    {
        var (answer, citations) = await AskAsync(system, cancellation);
        var rows = answer.Read(json => Rows.At(json, "codes").Select(citations.Correct).ToList());
        return new Extracted(rows, [.. CodeSystems.Say(answer), .. citations.Notices()]);
    }

    /// <summary>Where some of the code systems fail, the others are answered.</summary>
    /// <exception cref="CallFailureException">All of them failed: the failure of the first.</exception>
    public async Task<Extracted> AllAsync(IReadOnlyList<CodeSystemChoice> systems, CancellationToken cancellation)
    {
        var done = 0;
        var all = await Task.WhenAll(systems.Select(async (system, at) =>
        {
            var outcome = await TryAsync(system, at, cancellation);
            call.Progress(Interlocked.Increment(ref done), systems.Count, "code systems done");
            return outcome;
        }));
        if (Array.TrueForAll(all, outcome => outcome.Failure is not null)) throw all[0].Failure!;
        return new Extracted([.. all.SelectMany(outcome => outcome.Found.Rows)], [.. all.SelectMany(outcome => outcome.Found.Notices).Distinct()]);
    }

    private async Task<(Extracted Found, CallFailureException? Failure)> TryAsync(CodeSystemChoice system, int at, CancellationToken cancellation)
    {
        try
        {
            var (answer, citations) = await AskAsync(system, cancellation);
            var rows = answer.Read(json => Rows.At(json, "codes").Select(row => OfSystem(citations.Correct(row), json)).ToList());
            IEnumerable<string> empty = rows.Count == 0 ? [$"{Label(system, at)}: no codes were found."] : [];
            return (new Extracted(rows, [.. CodeSystems.Rules(system.Name), .. empty, .. citations.Notices()]), null);
        }
        catch (CallFailureException failure)
        {
            return (new Extracted([], [$"{Label(system, at)} is missing from this answer: {failure.Message}"]), failure);
        }
    }

    private async Task<(UpstreamResponse Answer, CitationCheck Citations)> AskAsync(CodeSystemChoice? system, CancellationToken cancellation)
    {
        var body = new ExtractBody(text.Sent, system, config);
        var request = new UpstreamRequest(CodeEndpoints.Extract) { Body = JsonSerializer.SerializeToUtf8Bytes(body, CodesJson.Default.ExtractBody) };
        var answer = await client.SendAsync(request, call, cancellation, PhenoMLFailures.IsOwn);
        return answer.Status >= 400 ? throw PhenoMLFailures.Of(answer, Missing, "system") : (answer, new CitationCheck(text));
    }

    // Only names that are known here are said: an uploaded system may be called anything.
    private static string Label(CodeSystemChoice system, int at) => CodeNames.Known(system.Name) ?? $"systems[{at}]";

    // The answer names its code system once, for all rows.
    private static ReadOnlyMemory<byte> OfSystem(ReadOnlyMemory<byte> row, ReadOnlyMemory<byte> answer)
    {
        using var whole = JsonDocument.Parse(answer);
        if (!whole.RootElement.TryGetProperty("system", out var system) || system.ValueKind != JsonValueKind.Object) return row;
        using var code = JsonDocument.Parse(row);
        return Documents.JsonRow.Of(json =>
        {
            json.WritePropertyName("system");
            system.WriteTo(json);
            foreach (var member in code.RootElement.EnumerateObject().Where(member => !member.NameEquals("system"))) member.WriteTo(json);
        });
    }
}
