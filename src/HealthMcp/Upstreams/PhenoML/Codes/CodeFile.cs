using System.Text;
using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Documents;

namespace HealthMcp.Upstreams.PhenoML.Codes;

/// <summary>The codes of an upload, checked before anything is sent: PhenoML answers 202 at once, and what is wrong shows only later, if at all.</summary>
internal sealed record CodeFile(IReadOnlyList<CodeInput> Codes, string? Csv)
{
    /// <summary>Largest file, in bytes: what fits into the arguments of one call.</summary>
    public const int MostBytes = 720_000;

    /// <exception cref="CallFailureException">It is too large, or not what it is said to be; the sentence names the line and never a value.</exception>
    public static CodeFile Read(UploadCodeSystemInput input)
    {
        if (new object?[] { input.Codes, input.Text, input.File }.Count(given => given is not null) != 1)
            throw CallFailureException.Invalid("codes", "Give the codes once: as codes, as text, or as file.");
        if (input.Format == "json" && (input.CodeCol ?? input.DescCol ?? input.DefnCol) is not null)
            throw CallFailureException.Invalid("code_col", "code_col, desc_col and defn_col name columns of a CSV file: leave them out for format json.");
        return input.Format == "csv" ? OfCsv(input) : new CodeFile(Distinct(input.Codes ?? OfJson(input), Argument(input), "code"), null);
    }

    private static CodeFile OfCsv(UploadCodeSystemInput input)
    {
        if (input.Codes is not null)
            throw CallFailureException.Invalid("codes", "codes belong to format json: give a CSV file as text or file, or set format to json.");
        if (input.CodeCol is null) throw CallFailureException.Invalid("code_col", "code_col is needed for format csv: the name of the column with the codes.");
        if (input.DescCol is null)
            throw CallFailureException.Invalid("desc_col", "desc_col is needed for format csv: the name of the column with the descriptions.");
        var (text, argument) = (Content(input), Argument(input));
        var rows = CsvFile.Rows(text) ?? throw CallFailureException.Invalid(
            argument, $"{argument} is no well-formed CSV: a quote is not closed, or stands inside of a cell that is not quoted. Mend the file first.");
        if (rows.Count < 2)
            throw CallFailureException.Invalid(argument, $"{argument} has no codes: a CSV file has a line of column names and one line for each code.");
        var (code, description) = (Column(rows[0], input.CodeCol, "code_col"), Column(rows[0], input.DescCol, "desc_col"));
        var definition = input.DefnCol is { } name ? Column(rows[0], name, "defn_col") : -1;
        for (var at = 1; at < rows.Count; at++)
            if (rows[at].Count != rows[0].Count)
                throw CallFailureException.Invalid(
                    argument, $"Row {at + 1} has {rows[at].Count} cells where the first has {rows[0].Count}: mend the file first.");
        var codes = rows.Skip(1).Select(row => new CodeInput
        {
            Code = row[code], Description = row[description], Definition = definition < 0 || row[definition].Length == 0 ? null : row[definition],
        });
        return new CodeFile(Distinct([.. codes], argument, "row"), text);
    }

    private static IReadOnlyList<CodeInput> OfJson(UploadCodeSystemInput input)
    {
        var argument = Argument(input);
        try
        {
            return JsonSerializer.Deserialize(Content(input), CodesJson.Default.IReadOnlyListCodeInput) is { Count: > 0 } codes
                ? codes
                : throw CallFailureException.Invalid(argument, $"{argument} has no codes: give a JSON array of objects with code and description.");
        }
        catch (JsonException)
        {
            throw CallFailureException.Invalid(
                argument, $"{argument} is no well-formed JSON array of objects with code, description and, if any, definition, all of them text.");
        }
    }

    private static IReadOnlyList<CodeInput> Distinct(IReadOnlyList<CodeInput> codes, string argument, string unit)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; at < codes.Count; at++)
        {
            var number = unit == "row" ? at + 2 : at + 1;
            if (codes[at] is not { } one || string.IsNullOrWhiteSpace(one.Code))
                throw CallFailureException.Invalid(argument, $"The {unit} number {number} has no code: every code needs one.");
            if (string.IsNullOrWhiteSpace(one.Description))
                throw CallFailureException.Invalid(argument, $"The {unit} number {number} has no description: it is what texts are compared with.");
            if (!seen.Add(one.Code))
                throw CallFailureException.Invalid(argument, $"The {unit} number {number} repeats a code that came before: a code system has each code once.");
        }

        return codes;
    }

    private static int Column(IReadOnlyList<string> head, string name, string argument)
    {
        var places = head.Select((cell, at) => (Cell: cell.Trim(), At: at)).Where(one => one.Cell == name.Trim()).ToList();
        return places.Count switch
        {
            1 => places[0].At,
            0 => throw CallFailureException.Invalid(argument, $"{argument} names no column: the first line of the file has other names, mind capitals."),
            _ => throw CallFailureException.Invalid(argument, $"{argument} names several columns: the first line of the file has the name more than once."),
        };
    }

    private static string Argument(UploadCodeSystemInput input) => input.Codes is not null ? "codes" : input.Text is not null ? "text" : "file";

    private static string Content(UploadCodeSystemInput input)
    {
        var argument = Argument(input);
        var content = input.Text is { } text ? Encoding.UTF8.GetBytes(text) : Base64File.Read(input.File!, "file");
        if (content.Length > MostBytes)
            throw new CallFailureException(
                FailureCodes.TooLarge,
                $"The file is larger than {MostBytes / 1000} KB, which is the most that one call takes: leave out columns that are not needed, or split it "
                    + "into several code systems.") { Argument = argument };
        if (FileKinds.Of(content) is { } found)
            throw CallFailureException.Invalid(argument, $"The content is {found}, not {input.Format}: export the table as UTF-8 {input.Format} first.");
        if (content is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] || FileKinds.Text(content) is not { } read)
            throw CallFailureException.Invalid(argument, $"The content is no UTF-8 text: convert the {input.Format} file to UTF-8 first.");
        return string.IsNullOrWhiteSpace(read) ? throw CallFailureException.Invalid(argument, $"{argument} is empty: give the content of the file.") : read;
    }

    /// <summary>Without the content: a record would print it.</summary>
    public override string ToString() => nameof(CodeFile);
}
