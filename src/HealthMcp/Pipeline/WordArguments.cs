using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Privacy;

namespace HealthMcp.Pipeline;

/// <summary>
/// Keeps names out of arguments that look for words in records: with a handle beside it, whether "Jones" brings rows would confirm a surname.
/// It looks at the word lists alone and never at what is known of the person, because then the refusal itself would confirm it.
/// </summary>
internal sealed class WordArguments
{
    public void Check(ToolDefinition definition, JsonElement arguments)
    {
        foreach (var place in ArgumentPlaces<NoNamesAttribute>.Of(definition.Input))
        {
            if (!arguments.TryGetProperty(place.Path[0], out var given) || !Texts(given).Any(SearchWords.MayName)) continue;
            throw new CallFailureException(
                FailureCodes.QuestionWithheld,
                $"{place.Name} has a word that may be a name, and names are withheld at this privacy level: use clinical words, or a code.")
            {
                Argument = place.Name,
            };
        }
    }

    private static IEnumerable<string> Texts(JsonElement given) => given.ValueKind switch
    {
        JsonValueKind.String => [given.GetString()!],
        JsonValueKind.Array => given.EnumerateArray().SelectMany(Texts),
        _ => [],
    };
}
