namespace HealthMcp.Privacy;

/// <summary>What one operation answers.</summary>
/// <param name="System">xcures, patients or phenoml.</param>
/// <param name="Operation">"GET /path", as the contract writes it.</param>
/// <param name="Shape">Shape of the whole answer; of each event's data where it is a stream.</param>
/// <param name="Rows">Properties that hold rows, with the shape of a row.</param>
/// <param name="IsEvents">True for a stream of server-sent events.</param>
internal sealed record OperationShape(
    string System, string Operation, string Shape, IReadOnlyList<(string Property, string Shape)> Rows, bool IsEvents)
{
    /// <summary>Shape of what a tool gets: a row of a list, or the answer itself.</summary>
    public string RowShape => Rows is [var (_, only)] ? only : Shape;
}

/// <summary>
/// The one table that maps every operation of the three contracts to the shape of its answer, and to a single record's shape the rows that
/// a contract leaves open. FHIR needs none: each resource says its type.
/// </summary>
internal sealed class OperationTable
{
    private static readonly Lazy<OperationTable> Shipped = new(() => Read(Tables.Lines("shapes/operations")));

    private readonly Dictionary<(string System, string Operation), OperationShape> _rows;

    private OperationTable(IEnumerable<OperationShape> rows) => _rows = rows.ToDictionary(row => (row.System, row.Operation));

    public static OperationTable Default => Shipped.Value;

    public IEnumerable<OperationShape> All => _rows.Values;

    /// <exception cref="FormatException">A line is not one of the table's.</exception>
    public static OperationTable Read(IEnumerable<string> lines) => new(lines.Select(Row));

    public IEnumerable<OperationShape> Of(string system) => All.Where(row => row.System == system);

    /// <param name="operation">"GET /path".</param>
    public OperationShape? Find(string system, string? operation) => operation is null ? null : _rows.GetValueOrDefault((system, operation));

    private static OperationShape Row(string line)
    {
        if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var system, var method, var path, var shape, .. var rest])
            throw new FormatException($"{line}: a row needs a system, a method, a path and a shape");
        var events = rest is [.., "events"];
        var rows = (events ? rest[..^1] : rest).Chunk(2).Select(pair => pair is [['r', 'o', 'w', 's', '=', .. var property], var row]
            ? (property, row) : throw new FormatException($"{line}: after the shape come rows=PROPERTY ROW-SHAPE and events"));
        return new OperationShape(system, $"{method} {path}", shape, [.. rows], events);
    }
}
