using System.Text;

namespace HealthMcp.Sandbox.PhenoML.Terminology;

/// <summary>A CSV file as rows of cells (RFC 4180): quoted cells may hold commas, line ends and doubled quotes.</summary>
internal static class Sheet
{
    public static List<string[]> Read(string text)
    {
        var rows = new List<string[]>();
        var cells = new List<string>();
        var cell = new StringBuilder();
        var (quoted, closed) = (false, false);
        foreach (var character in text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n') + "\n")
        {
            if (character == '"')
            {
                // The second of two is a quote itself: the first has closed, it opens again and is kept.
                cell.Append(closed ? "\"" : "");
                (closed, quoted) = (quoted, !quoted);
                continue;
            }

            closed = false;
            if (quoted || character is not (',' or '\n'))
            {
                cell.Append(character);
                continue;
            }

            cells.Add(cell.ToString());
            cell.Clear();
            if (character == '\n')
            {
                rows.Add([.. cells]);
                cells.Clear();
            }
        }

        return rows;
    }
}
