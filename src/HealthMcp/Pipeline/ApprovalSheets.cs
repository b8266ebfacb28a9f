using HealthMcp.Catalog;
using HealthMcp.Privacy;
using HealthMcp.Writes;

namespace HealthMcp.Pipeline;

/// <summary>Puts together what a person sees before approving: whose record, what changes, and what deserves a second look.</summary>
internal sealed class ApprovalSheets(
    LabelReader labels, HandleVault vault, IReadOnlyDictionary<string, SystemSource> sources, WriteBook book, TimeProvider time)
{
    private const int LongestClient = 200;

    /// <exception cref="CallFailureException">It is too much for one page, so nobody could read it before approving.</exception>
    public async Task<ApprovalSheet> OfAsync(WritePlan plan, CallState state, byte[] alike, CancellationToken cancellation)
    {
        var (changes, fields) = SheetFields.Of(plan.ForPerson ?? plan.Preview);

        // A preview leaves out what its level withholds; a person who approves sees all that is sent.
        var besides = SheetFields.Besides(plan.Body, fields);
        if (plan.Authorship is { } authorship) fields = [.. fields, new SheetField("authorship", null, authorship)];
        if (fields.Count + besides.Count > SheetFields.Most || SheetFields.Length(fields) + SheetFields.Length(besides) > SheetFields.Longest)
            throw new CallFailureException(FailureCodes.TooLarge, "This is too much for one page that a person must read: send less at once.");
        var (source, tool) = (sources[plan.Endpoint.System], state.Tool!.Definition);
        return new ApprovalSheet(SystemNames.Of(plan.Endpoint.System), !source.Sandbox, tool.Title, tool.Name, plan.Says)
        {
            Client = Short(state.Request.Caller.Client),
            Asked = time.GetUtcNow(),
            Persons = Persons(plan.Endpoint.System, state.Bound!),
            Warnings = [.. plan.Warnings, .. await plan.LookFirst(cancellation), .. Earlier(alike, null)],
            Changes = changes,
            Fields = fields,
            Besides = besides,
            Records = [.. state.Trace.Records.Select(record => new SheetRecord(record.System, record.Id))],
            Toolset = tool.Toolset,
        };
    }

    /// <summary>What this server itself knows of the same write within the last day; of one caller's, or of everybody's.</summary>
    public IReadOnlyList<string> Earlier(byte[] alike, string? caller)
    {
        var now = time.GetUtcNow();
        var same = book.Alike(alike).Where(entry => caller is null || entry.Caller == caller).ToList();
        var said = new List<string>();
        if (same.Any(entry => entry.IsOpen(now)))
        {
            said.Add("The same write was sent within the last 24 hours and its answer was lost: look whether it is stored before it is sent again.");
        }

        if (same.Any(entry => entry.State is WriteState.Done or WriteState.FoundWritten))
        {
            said.Add("Possible duplicate: the same write was carried out here within the last 24 hours.");
        }

        return said;
    }

    private IReadOnlyList<SheetPerson> Persons(string system, BoundArguments bound)
    {
        var read = bound.Context.Read.All
            .Select(record => labels.Read(record.Row, record.Shape, sources[system].Namespace))
            .OfType<PersonLabels>()
            .DistinctBy(one => one.Person)
            .Select(one => one.Labels)
            .ToList();
        var known = read.Count > 0 ? read : [.. bound.Persons.Select(person => vault.LabelsOf(person).Labels)];
        return [.. known.Select(Person).OfType<SheetPerson>()];
    }

    private static SheetPerson? Person(IReadOnlyList<Label> labels) =>
        Value(labels, LabelFields.Name) is { } name ? new SheetPerson(name, Value(labels, LabelFields.BirthDate)) : null;

    // It is the client's own word, of any length.
    private static string Short(string client) => client.Length > LongestClient ? client[..LongestClient] : client;

    private static string? Value(IReadOnlyList<Label> labels, string field) =>
        labels.Where(label => label.Field == field).Select(label => label.Value).FirstOrDefault();
}
