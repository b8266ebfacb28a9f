using System.Text.Json;
using System.Text.RegularExpressions;
using HealthMcp.Tests.Support;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace HealthMcp.Tests.Proofs.Attack;

/// <summary>Runs strategies against the program as a client, and judges them by the truth, which no strategy sees.</summary>
internal sealed partial class Attacker(McpClient client, Victim victim, Func<Task> rest)
{
    public int Calls { get; private set; }

    public async Task<Learned> TryAsync(Strategy strategy, int calls)
    {
        var answers = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var told = new HashSet<string>(StringComparer.Ordinal);
        var values = strategy.Secret.Some(calls);
        foreach (var (at, value) in values.Index())
        {
            var question = victim.Fill(strategy.Arguments.Replace("{name}", strategy.Respell(victim.LastName, at), StringComparison.Ordinal), value);
            var answer = await AskAsync(strategy.Tool, question);
            told.UnionWith(victim.Told(answer, question));
            var alike = strategy.OnlyFinds ? FindsNothing(answer).ToString() : Alike(answer, value);
            if (!answers.TryGetValue(alike, out var same)) answers[alike] = same = [];
            same.Add(value);
        }

        var left = answers.Values.FirstOrDefault(same => same.Contains(strategy.Secret.Truth)) ?? answers.Values.MaxBy(same => same.Count)!;
        return new Learned(strategy, values.Count, values.Count - left.Count, [.. told]);
    }

    /// <summary>One call, as text: everything that the client gets.</summary>
    public async Task<string> AskAsync(string tool, string arguments)
    {
        for (; ; await rest())
        {
            Calls++;
            var answer = await SendAsync(tool, arguments);
            if (!answer.Contains("\"rate_limited\"", StringComparison.Ordinal)) return answer;
            Calls--;
        }
    }

    private async Task<string> SendAsync(string tool, string arguments)
    {
        try
        {
            var given = JsonElement.Parse(arguments).EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value, StringComparer.Ordinal);
            if (tool == "prompt") return JsonSerializer.Serialize(await client.GetPromptAsync("vitals_intake", given), McpJsonUtilities.DefaultOptions);
            if (tool == "complete") return await CompleteAsync(given);
            return JsonSerializer.Serialize(await client.CallToolAsync(tool, given), McpJsonUtilities.DefaultOptions);
        }
        catch (McpException refused)
        {
            return $"refused: {refused.Message}";
        }
    }

    private async Task<string> CompleteAsync(Dictionary<string, object?> given)
    {
        var answer = await client.CompleteAsync(new PromptReference { Name = "vitals_intake" }, "patient", $"{given["patient"]}");
        return string.Join('|', answer.Completion.Values);
    }

    // What is random or the clock's, and what only gives back the value that was asked with, tells nothing.
    private static string Alike(string answer, string value) =>
        Random().Replace(Clock().Replace(Widened().Replace(answer, ""), "at"), "token").Replace(value, "asked", StringComparison.Ordinal);

    private static bool FindsNothing(string answer) =>
        answer.Contains("\"isError\":true", StringComparison.Ordinal) || answer.Contains("\"returned\":0", StringComparison.Ordinal)
        || answer.StartsWith("refused", StringComparison.Ordinal);

    [GeneratedRegex(@"cur_[\w+/=-]+|exp-[0-9a-f]{16}|\bwrite_[\w+/=-]+|confirmation(\\u0022|\\?""): ?(\\u0022|\\?"")[^""\\]+", RegexOptions.ExplicitCapture)]
    private static partial Regex Random();

    /// <summary>Said of the question alone: a window that is whole years already is not widened.</summary>
    [GeneratedRegex(@"(\\u0022|"")[^""\\]*widened to whole years\.(\\u0022|""),?", RegexOptions.ExplicitCapture)]
    private static partial Regex Widened();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")]
    private static partial Regex Clock();
}
