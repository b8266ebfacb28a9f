using System.Text;

namespace HealthMcp.Upstreams.PhenoML.Codes;

/// <summary>A CSV file as rows of cells (RFC 4180): quoted cells may hold commas, line ends and doubled quotes.</summary>
internal static class CsvFile
{
    /// <returns>The rows, the first of them the names of the columns; null when a quote is never closed or stands inside of a plain cell.</returns>
    public static IReadOnlyList<IReadOnlyList<string>>? Rows(string text)
    {
        var rows = new List<IReadOnlyList<string>>();
        var cells = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            if (Cell(text, ref at) is not { } cell) return null;
            cells.Add(cell);
            if (at < text.Length && text[at] == ',')
            {
                at++;
                if (at < text.Length) continue;
                cells.Add("");
            }

            at = LineEnd(text, at);
            if (cells is not [""]) rows.Add(cells);
            cells = [];
        }

        return rows;
    }

    private static string? Cell(string text, ref int at)
    {
        if (text[at] == '"') return Quoted(text, ref at);
        var end = text.AsSpan(at).IndexOfAny(',', '\r', '\n') is var found and >= 0 ? at + found : text.Length;
        var cell = text[at..end];
        at = end;
        return cell.Contains('"', StringComparison.Ordinal) ? null : cell;
    }

    private static string? Quoted(string text, ref int at)
    {
        var cell = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                cell.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                cell.Append('"');
                at++;
            }
            else
            {
                at++;
                return at == text.Length || text[at] is ',' or '\r' or '\n' ? cell.ToString() : null;
            }
        }

        return null;
    }

    private static int LineEnd(string text, int at) => at < text.Length && text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? at + 2 : at + 1;
}
