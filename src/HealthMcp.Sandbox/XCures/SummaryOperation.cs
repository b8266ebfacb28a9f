using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.XCures;

/// <summary>A subject's summary, put together from the conditions and medications of the chart. Who has no chart has an empty one.</summary>
internal sealed class SummaryOperation(SubjectStore subjects)
{
    public Answer Get(Exchange exchange)
    {
        if (subjects.Find(exchange.Route("subjectId")) is not { } subject) return XCuresError.BadRequest("No such subject");
        var person = Person.Charted.FirstOrDefault(one => one.SubjectId == subject.Body.Text("id"));
        var facts = person is null ? [] : Concept.Of(person).Where(concept => Name(concept).Length > 0).ToList();
        return Answer.Json(new JsonObject
        {
            ["overview"] = person is null ? "" : Overview(person, facts),
            ["referencedDocuments"] = Json.Array(facts.GroupBy(Document).Select(group => new JsonObject
            {
                ["documentId"] = group.Key,
                ["referencedStrings"] = Json.Strings(group.Select(Name).Distinct()),
            })),
        });
    }

    private static string Overview(Person person, IReadOnlyList<Concept> facts) =>
        $"{person.FullName}, born {person.BirthDate}, has {List(facts, "condition")}. Medications on record: {List(facts, "medication")}.";

    private static string List(IReadOnlyList<Concept> facts, string kind) =>
        string.Join("; ", facts.Where(fact => fact.Kind == kind).Select(Name).Distinct()) is { Length: > 0 } named ? named : "none";

    private static string Document(Concept concept) => concept.Body["documentIds"]![0]!.GetValue<string>();

    private static string Name(Concept concept) => concept.Kind switch
    {
        "condition" => concept.Body.Text("conditionName") ?? "",
        "medication" => concept.Body.Text("medicationName") ?? "",
        _ => "",
    };
}
