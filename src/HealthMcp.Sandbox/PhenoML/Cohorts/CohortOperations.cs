using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Cohorts;

/// <summary>Cohorts from text: as searches, and over the patients of a FHIR provider.</summary>
internal sealed class CohortOperations
{
    /// <summary>Whether there is such a provider, by id or name; here any id or name is taken, and the sandbox's own people stand behind it.</summary>
    public Func<string, bool> IsProvider { get; init; } = given => given != Guid.Empty.ToString();

    public IEnumerable<Operation> All => [new("POST", "/cohort", Analyze), new("POST", "/tools/cohort", Find)];

    private Answer Analyze(Exchange exchange)
    {
        if (Text(exchange) is not { } text)
        {
            return PhenoMlSystem.BadRequest("text is required");
        }

        var criteria = Read(text, exchange);
        return Answer.Json(Head(criteria, $"Generated {criteria.Count} search queries from {criteria.Count} concepts.").Set("queries", Queries(criteria)));
    }

    private Answer Find(Exchange exchange)
    {
        if (Text(exchange) is not { } text || exchange.JsonBody()!.Text("provider") is not { Length: > 0 } provider || !IsProvider(provider))
        {
            return PhenoMlSystem.BadRequest("text and a known provider are required");
        }

        var criteria = Read(text, exchange);
        var people = criteria.Count == 0 ? [] : Person.Charted.Where(person => criteria.All(one => CohortMatch.Holds(person, one))).ToList();
        var answer = Head(criteria, $"Found {people.Count} patients from {criteria.Count} search concepts.");
        return Answer.Json(answer
            .Set("patientIds", Json.Strings(people.Select(person => person.FhirId)))
            .Set("patientCount", people.Count)
            .Set("queries", Queries(criteria)));
    }

    private static string? Text(Exchange exchange) => exchange.JsonBody()?.Text("text") is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    private static IReadOnlyList<Criterion> Read(string text, Exchange exchange) => CohortText.Read(text, DateOnly.FromDateTime(exchange.Now.UtcDateTime));

    private static JsonObject Head(IReadOnlyList<Criterion> criteria, string message) => new()
    {
        ["success"] = true,
        ["message"] = criteria.Count == 0 ? "The sandbox engine found no concept in the text." : $"Cohort analysis completed successfully. {message}",
    };

    private static JsonArray Queries(IReadOnlyList<Criterion> criteria) => Json.Array(criteria.Select(one => new JsonObject
    {
        ["resource_type"] = one.Type, ["search_params"] = one.Search, ["concept"] = one.Concept, ["exclude"] = one.Exclude,
    }));
}
