using System.Text;

namespace HealthMcp.Privacy;

/// <summary>
/// Lists of a deployment's own, HEALTHMCP_LEXICONS: given.txt, surnames.txt, towns.txt, organisations.txt and keep.txt, each optional, one
/// entry a line. A list that cannot be read as meant stops the start: names that were left out would be names that stay.
/// </summary>
internal static class LexiconFolder
{
    private const int LongestEntry = 100;
    private const int MostEntries = 200_000;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The lists as shipped with those of the folder; each problem is one sentence that names the file and no entry.</summary>
    public static Lexicon Read(string? folder, List<string> problems)
    {
        if (folder is null) return Lexicon.Default;
        if (!Directory.Exists(folder))
        {
            problems.Add("HEALTHMCP_LEXICONS must name a folder that exists.");
            return Lexicon.Default;
        }

        var before = problems.Count;
        var lists = new LexiconLists(
            Entries(folder, "given.txt", problems),
            Entries(folder, "surnames.txt", problems),
            Entries(folder, "towns.txt", problems),
            Entries(folder, "organisations.txt", problems),
            Entries(folder, "keep.txt", problems));
        return problems.Count > before ? Lexicon.Default : new Lexicon(lists);
    }

    private static string[][] Entries(string folder, string file, List<string> problems)
    {
        var path = Path.Combine(folder, file);
        if (!File.Exists(path)) return [];
        try
        {
            var entries = new List<string[]>();
            var number = 0;
            foreach (var line in File.ReadLines(path, Strict))
            {
                number++;
                var entry = line.Split('#')[0].Trim().TrimStart('\uFEFF');
                if (entry.Length == 0) continue;
                var words = Words(entry);
                if (entry.Length > LongestEntry || entry.Any(char.IsControl) || words.Length == 0 || entries.Count >= MostEntries)
                {
                    problems.Add($"HEALTHMCP_LEXICONS: {file}, line {number}, is no entry: write one name a line, of at most {LongestEntry} characters.");
                    return [];
                }

                entries.Add(words);
            }

            return [.. entries];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            problems.Add($"HEALTHMCP_LEXICONS: {file} cannot be read: it must be a text file in UTF-8 that this program may read.");
            return [];
        }
    }

    /// <summary>As the rules read a text: without accents and cut at everything that is no letter or digit.</summary>
    private static string[] Words(string entry)
    {
        var plain = TextNormaliser.Normalise(entry).Text;
        return [.. TextToken.Split(plain).Select(token => plain[token.Start..token.End])];
    }
}

/// <summary>Lists that are added to those shipped; every entry as its words.</summary>
internal sealed record LexiconLists(string[][] Given, string[][] Surnames, string[][] Towns, string[][] Organisations, string[][] Keep)
{
    public static LexiconLists None { get; } = new([], [], [], [], []);
}
