using System.Globalization;
using System.Text;

namespace HealthMcp.Benchmarks;

/// <summary>
/// A made-up searchset Bundle as US Core searches give it: the same seed and size give the same bytes. README.md says what it is made of.
/// </summary>
internal sealed class ChartBundle
{
    private readonly ChartResources _resources;
    private readonly StringBuilder _json = new();

    private ChartBundle(int seed) => _resources = new ChartResources(new Random(seed));

    /// <summary>How many of each type.</summary>
    public SortedDictionary<string, int> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>Bytes of notes, narratives and files.</summary>
    public int TextBytes => _resources.TextBytes;

    public byte[] Bytes { get; private set; } = [];

    public static ChartBundle Of(int bytes, int seed = 20261121)
    {
        var chart = new ChartBundle(seed);
        chart._json.Append("""{"resourceType":"Bundle","id":"b-1","type":"searchset","total":1000,""")
            .Append("""  "link":[{"relation":"self","url":"https://ehr.example.org/fhir/Patient?name=x"}],"entry":[""");
        while (chart._json.Length < bytes - 2) chart.Add();
        chart._json.Length--;
        chart.Bytes = Encoding.UTF8.GetBytes(chart._json.Append("]}").ToString());
        return chart;
    }

    private void Add()
    {
        var (type, id, resource) = _resources.Next();
        Types[type] = Types.GetValueOrDefault(type) + 1;
        _json.Append(CultureInfo.InvariantCulture, $$"""{"fullUrl":"https://ehr.example.org/fhir/{{type}}/{{id}}","resource":{{resource}},""")
            .Append("""  "search":{"mode":"match"}},""");
    }
}
