using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Documents;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Writing;

namespace HealthMcp.Upstreams.PhenoML.Summaries;

/// <summary>Carries out writes of templates: sent once, then read back; a lost answer is resolved by reading.</summary>
internal sealed class TemplateWriter(UpstreamClient client, CallContext call)
{
    public const string ChangeShape = "phenoml.template.change";

    private const string Look = "look with list_summary_templates; where it is missing or unchanged, write it again with a new preview";
    private const string NotReadBack = "PhenoML accepted this; it could not be read back to check it.";
    private const string Lost = "PhenoML's answer to the write was lost; it was looked for afterwards and is there.";

    private readonly TemplateStore _store = new(client, call);
    private readonly SentOnce _once = new(client, call);

    /// <param name="body">What it is made of.</param>
    /// <param name="known">Ids of the templates that were there before, by which a new one is told after a lost answer.</param>
    /// <param name="cancellation">Ends the wait, not the write.</param>
    public async Task<UpstreamResult> CreateAsync(NewTemplateBody body, IReadOnlySet<string> known, CancellationToken cancellation)
    {
        var request = new UpstreamRequest(TemplateEndpoints.Create) { Body = JsonSerializer.SerializeToUtf8Bytes(body, TemplatesJson.Default.NewTemplateBody) };
        if (await _once.TryAsync(request, TemplateStore.IsOwn, cancellation) is not { } answer)
            return await FoundAsync(body, known, cancellation) is { } found ? Shown(found, null, SentOnce.AlreadyWritten, true, Lost) : throw InDoubt();
        TemplateStore.Succeeded(answer);
        var made = Read(answer);
        var stored = made?.Id is { } id ? await SentOnce.LookAsync(() => _store.FindAsync(id, cancellation)) : null;
        return (stored ?? made) is { } shown
            ? Shown(shown, null, SentOnce.Done, stored is not null && IsOf(stored, body), stored is null ? NotReadBack : Check)
            : throw InDoubt();
    }

    public async Task<UpstreamResult> UpdateAsync(string id, TemplateRecord seen, TemplateBody body, CancellationToken cancellation)
    {
        var request = new UpstreamRequest(TemplateEndpoints.Update) { Body = JsonSerializer.SerializeToUtf8Bytes(body, TemplatesJson.Default.TemplateBody) };
        var answer = await _once.TryAsync(request.Route("id", id), TemplateStore.IsOwn, cancellation);
        if (answer is not null) TemplateStore.Succeeded(answer);
        var now = await SentOnce.LookAsync(() => _store.FindAsync(id, cancellation));
        if (answer is null && now?.Is(body) != true) throw InDoubt();
        var notice = answer is null ? Lost
            : now is null ? NotReadBack
            : now.Is(body) ? null : "The stored template differs from what was sent: read it with list_summary_templates.";
        return Shown(now ?? seen with { Row = default }, seen, answer is null ? SentOnce.AlreadyWritten : SentOnce.Done, now?.Is(body) == true, notice);
    }

    public async Task<UpstreamResult> DeleteAsync(string id, TemplateRecord seen, CancellationToken cancellation)
    {
        var answer = await _once.TryAsync(new UpstreamRequest(TemplateEndpoints.Delete).Route("id", id), TemplateStore.IsOwn, cancellation);
        if (answer is { Status: not 404 }) TemplateStore.Succeeded(answer);
        var gone = await IsGoneAsync(id, cancellation);
        if (answer is null && gone != true) throw InDoubt();
        return UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, ChangeShape, [View(seen, default)]) { Single = true }) with
        {
            Write = new WriteOutcome(answer is { Status: < 400 } ? SentOnce.Done : SentOnce.AlreadyWritten, gone == true),
            Notices = gone switch
            {
                true => ["The template is no longer there; what is shown is what it was."],
                false => ["PhenoML accepted the deletion, but the template can still be read: look again with list_summary_templates."],
                null => [NotReadBack],
            },
        };
    }

    private const string Check = "PhenoML's language model made the placeholders: read the template, and change what is wrong with save_summary_template.";

    /// <summary>A template around a write: before it, and after it, of which the caller's own words are shown at the identified level only.</summary>
    public ReadOnlyMemory<byte> View(TemplateRecord? before, ReadOnlyMemory<byte> after, IReadOnlyList<string>? changed = null) => JsonRow.Of(json =>
    {
        json.Strings("changed", changed);
        Put(json, "before", before?.Row ?? default);
        if (call.IdentifiersVisible) Put(json, "after", after);
    });

    public static ReadOnlyMemory<byte> Change(ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after) => JsonRow.Of(json =>
    {
        Put(json, "before", before);
        Put(json, "after", after);
    });

    private static void Put(Utf8JsonWriter json, string name, ReadOnlyMemory<byte> row)
    {
        if (row.IsEmpty) return;
        json.WritePropertyName(name);
        json.WriteRawValue(row.Span);
    }

    private async Task<TemplateRecord?> FoundAsync(NewTemplateBody body, IReadOnlySet<string> known, CancellationToken cancellation)
    {
        var all = await SentOnce.LookAsync(async () => (IReadOnlyList<TemplateRecord>?)[.. (await _store.AllAsync(cancellation)).Select(TemplateRecord.Of)]);
        return all?.LastOrDefault(one => one.Id is { } id && !known.Contains(id) && IsOf(one, body));
    }

    private async Task<bool?> IsGoneAsync(string id, CancellationToken cancellation)
    {
        try
        {
            return await _store.FindAsync(id, cancellation) is null;
        }
        catch (CallFailureException)
        {
            // It may be gone all the same: failing to read must not look like a failed write.
            return null;
        }
    }

    // The text of the template is the vendor's: only what was given can be compared.
    private static bool IsOf(TemplateRecord record, NewTemplateBody body) =>
        record.Body.Name == body.Name && record.Body.Mode == body.Mode && record.Body.TargetResources.SequenceEqual(body.TargetResources);

    private static TemplateRecord? Read(UpstreamResponse answer)
    {
        try
        {
            return answer.Read(TemplateRecord.OfAnswer);
        }
        catch (CallFailureException)
        {
            // It was accepted: what cannot be read is not refused.
            return null;
        }
    }

    private UpstreamResult Shown(TemplateRecord record, TemplateRecord? before, string status, bool verified, string? notice) =>
        UpstreamResult.Of(PhenoMLEndpoints.System, before is null
            ? new Section(null, TemplateEndpoints.List.Shape, [record.Row]) { Single = true }
            : new Section(null, ChangeShape, [View(before, record.Row, before.Changed(record.Body))]) { Single = true }) with
        {
            Write = new WriteOutcome(status, verified),
            Notices = notice is null ? [] : [notice],
        };

    private static CallFailureException InDoubt() => UpstreamFailures.InDoubt(PhenoMLEndpoints.System, Look);
}
