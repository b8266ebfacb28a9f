using System.Collections.Concurrent;
using System.Globalization;

namespace HealthMcp.Sandbox.Data;

/// <summary>The records of one person, read from the chart file.</summary>
internal static class Chart
{
    private static readonly ConcurrentDictionary<string, IReadOnlyList<ChartLine>> Cache = new(StringComparer.Ordinal);

    public static IReadOnlyList<ChartLine> Of(Person person) => Cache.GetOrAdd(person.Key, static (_, who) => [.. Read(who)], person);

    private static IEnumerable<ChartLine> Read(Person person)
    {
        if (!Person.Charted.Contains(person))
        {
            yield return Demographic(person);
            yield break;
        }

        var number = 0;
        foreach (var line in Embedded.Lines($"{person.Key}.txt"))
        {
            var cells = line.Split('|');
            var fields = cells.Skip(1).Select(Cell).ToDictionary(cell => cell.Name, cell => cell.Value, StringComparer.Ordinal);
            var rows = cells[0].StartsWith("series.", StringComparison.Ordinal) ? Series(cells[0][7..], fields) : [(cells[0], fields)];
            foreach (var (kind, row) in rows)
            {
                yield return new(kind, row, number++);
            }
        }
    }

    private static ChartLine Demographic(Person person) => new("demographic", new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["demographic"] = $"{person.FullName}, born {person.BirthDate}",
        ["birthdate"] = person.BirthDate,
        ["deathdate"] = person["died"],
        ["gender"] = person.IsFemale ? "Female" : "Male",
        ["deceased"] = person["died"].Length > 0 ? "true" : "false",
        ["addressPostalCode"] = person["zip"],
    }, 0);

    private static (string Name, string Value) Cell(string text)
    {
        var cut = text.IndexOf('=', StringComparison.Ordinal);
        return (text[..cut], text[(cut + 1)..]);
    }

    /// <summary>A lab or vital sign over time: one row for each date:value pair.</summary>
    private static IEnumerable<(string Kind, Dictionary<string, string> Fields)> Series(string kind, Dictionary<string, string> template)
    {
        var (prefix, date) = kind == "lab" ? ("labResult", "labDate") : ("vitalsResult", "vitalsDate");
        foreach (var point in template["at"].Split(' '))
        {
            var cut = point.IndexOf(':', StringComparison.Ordinal);
            var value = point[(cut + 1)..];
            var row = template.Where(field => field.Key != "at" && field.Value.Length > 0).ToDictionary(StringComparer.Ordinal);
            row[date] = point[..cut];
            row[prefix] = $"{value} {template[prefix + "Unit"]}";
            row[prefix + "Value"] = value;
            if (kind == "lab")
            {
                row["labResultInterpretation"] = Interpret(value, row["rangeLow"], row["rangeHigh"]);
            }

            yield return (kind, row);
        }
    }

    private static string Interpret(string value, string low, string high)
    {
        var number = decimal.Parse(value, CultureInfo.InvariantCulture);
        return number < decimal.Parse(low, CultureInfo.InvariantCulture) ? "Low"
            : number > decimal.Parse(high, CultureInfo.InvariantCulture) ? "High" : "Normal";
    }
}
