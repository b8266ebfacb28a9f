using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.XCures;

/// <summary>A request for a subject's records. How far it is follows from the time alone, so that every run is the same.</summary>
internal sealed record RecordQuery(string Id, string SubjectId, DateTimeOffset Created)
{
    /// <summary>A real one takes 20 to 30 minutes; nobody wants to wait that long to try it.</summary>
    public static readonly TimeSpan Takes = TimeSpan.FromSeconds(25);

    public string Status(DateTimeOffset now) => (now - Created).TotalSeconds switch
    {
        < 5 => "initiated",
        < 10 => "pending",
        < 25 => "inProgress",
        _ => "completed",
    };

    public bool HasEnded(DateTimeOffset now) => now - Created >= Takes;
}

internal sealed class RecordQueryStore(SubjectStore subjects)
{
    private readonly Lock _gate = new();
    private List<RecordQuery>? _queries;
    private int _made;

    public IReadOnlyList<RecordQuery> All
    {
        get { lock (_gate) return [.. Queries]; }
    }

    // Only the charted subjects had their records fetched.
    private List<RecordQuery> Queries => _queries ??= [.. subjects.All.Where(subject => subject.Queries > 0).Select(Seed)];

    public RecordQuery Add(string subject, DateTimeOffset now)
    {
        lock (_gate)
        {
            var query = new RecordQuery(DeterministicId.Of("xcures", "query", (++_made).ToString(CultureInfo.InvariantCulture)), subject, now);
            Queries.Add(query);
            return query;
        }
    }

    public (int All, int Done, int Running) Count(string subject, DateTimeOffset now)
    {
        var mine = All.Where(query => query.SubjectId.Equals(subject, StringComparison.OrdinalIgnoreCase)).ToList();
        var done = mine.Count(query => query.HasEnded(now));
        return (mine.Count, done, mine.Count - done);
    }

    private static RecordQuery Seed(StoredSubject subject)
    {
        var id = subject.Body.Text("id")!;
        var made = DateTimeOffset.Parse(subject.Body.Text("created")!, CultureInfo.InvariantCulture).AddDays(1);
        return new RecordQuery(DeterministicId.Of("xcures", "query", id), id, made);
    }
}
