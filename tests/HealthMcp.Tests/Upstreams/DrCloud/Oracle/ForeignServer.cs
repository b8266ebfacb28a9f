using System.Globalization;
using System.Security.Cryptography;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Upstreams.DrCloud.Oracle;

/// <summary>The oracle's questions asked of a FHIR server that is none of ours and has the generated records.</summary>
internal static class ForeignServer
{
    public static async Task<ForeignReport> AskAsync(Uri server)
    {
        using var folder = new TempFolder();
        var key = Path.Combine(folder.Path, "key.pem");
        using (var rsa = RSA.Create(2048)) await File.WriteAllTextAsync(key, rsa.ExportPkcs8PrivateKeyPem());
        await using var world = await OracleWorld.StartAsync(server, key);
        var report = new ForeignReport();
        foreach (var (number, line) in SearchQueryTable.Lines.Index())
        {
            var (isRefused, text) = SearchQueryTable.Read(line, 'c');
            var query = OracleQuery.Parse(world.Filled(text));
            var answer = await world.AskAsync(number % 2 == 0 ? OracleCheck.Arguments(query) : OracleCheck.Structured(query));
            if (answer.Refusal is { Length: > 0 } reason) report.Refused.Add((text, reason, isRefused));
            else if (OracleCheck.Of(world, query, answer) is { } problem) report.Wrong.Add($"{text}: {problem}");
            else report.Right++;
        }

        return report;
    }
}

/// <summary>What became of the questions. A refusal with a reason is no failure; a wrong or silently partial answer is.</summary>
internal sealed class ForeignReport
{
    public int Right { get; set; }

    /// <summary>Questions that were refused, why, and whether they are refused on a server that keeps to R4 as well.</summary>
    public List<(string Question, string Reason, bool Always)> Refused { get; } = [];

    public List<string> Wrong { get; } = [];

    public void Print(TextWriter output)
    {
        foreach (var (question, reason, always) in Refused) output.WriteLine($"refused{(always ? " as everywhere" : "")}  {question}: {reason}");
        foreach (var wrong in Wrong) output.WriteLine($"FAILED  {wrong}");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"right {Right}, refused {Refused.Count}, of them on no other server {Refused.Count(one => !one.Always)}, wrong {Wrong.Count}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"oracle: {Right + Refused.Count} passed, {Wrong.Count} failed"));
    }
}
