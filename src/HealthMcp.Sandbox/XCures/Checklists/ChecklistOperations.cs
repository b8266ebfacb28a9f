using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;
using HealthMcp.Sandbox.XCures.Documents;

namespace HealthMcp.Sandbox.XCures.Checklists;

/// <summary>Checklists of the project, their evaluation over a subject's chart, and what people say about the answers.</summary>
internal sealed class ChecklistOperations(SubjectStore subjects)
{
    private const string Path = "/api/v1/patient-registry/checklist";
    private int _feedback;

    public IEnumerable<Operation> Operations =>
    [
        new("GET", Path, List),
        new("POST", Path + "/{checklistId}/evaluate", Evaluate),
        new("POST", Path + "/{checklistId}/item/{checklistItemId}/feedback", Feedback),
    ];

    private static Answer List(Exchange exchange)
    {
        if (exchange.Query.First("type") is not (null or "questionnaire"))
        {
            return XCuresError.BadRequest("type must be questionnaire");
        }

        return Answer.Json(Json.Array(ChecklistQuestion.Checklists.Select((name, index) => new JsonObject
        {
            ["id"] = ChecklistQuestion.IdOf(name),
            ["name"] = name,
            ["sortOrder"] = index,
            ["items"] = Json.Array(ChecklistQuestion.All.Where(question => question.Checklist == name).Select(Item)),
        })));
    }

    private Answer Evaluate(Exchange exchange)
    {
        var questions = ChecklistQuestion.All.Where(question => question.ChecklistId == exchange.Route("checklistId")).ToList();
        if (exchange.JsonBody() is not { } body || !IsOptionalFlag(body["regenerate"])
            || subjects.Find(body.Text("subjectId") ?? "") is not { } subject || questions.Count == 0)
        {
            return XCuresError.BadRequest("checklistId must be a checklist, subjectId a subject and regenerate a boolean");
        }

        var person = Person.All.FirstOrDefault(one => one.SubjectId == subject.Body.Text("id"));
        var answers = questions.Select(question => (Question: question, Lines: person is null ? [] : question.Answers(person).ToList())).ToList();
        return Answer.Json(new JsonObject
        {
            ["subjectId"] = subject.Body.Text("id"),
            ["checklistId"] = exchange.Route("checklistId"),
            ["eligibilitySatisfied"] = answers.All(answer => !answer.Question.Required || answer.Lines.Count > 0),
            ["items"] = Json.Array(answers.Select(answer => Result(person, answer.Question, answer.Lines))),
            ["documentIds"] = Json.Strings(answers.SelectMany(answer => Documents(person, answer.Lines)).Distinct()),
        }, 201);
    }

    private Answer Feedback(Exchange exchange)
    {
        var known = ChecklistQuestion.All.Any(
            question => question.ChecklistId == exchange.Route("checklistId") && question.Id == exchange.Route("checklistItemId"));
        if (!known || exchange.JsonBody() is not { } body || subjects.Find(body.Text("subjectId") ?? "") is null
            || body.Text("feedbackType") is not ("positive" or "negative" or "harmful")
            || (body.Text("feedbackType") == "harmful" && string.IsNullOrWhiteSpace(body.Text("comment"))))
        {
            return XCuresError.BadRequest("feedbackType must be positive, negative or harmful; harmful needs a comment");
        }

        return Answer.Json(JsonValue.Create(
            DeterministicId.Of("xcures", "feedback", Interlocked.Increment(ref _feedback).ToString(CultureInfo.InvariantCulture))));
    }

    private static bool IsOptionalFlag(JsonNode? node) => node is null || (node is JsonValue value && value.TryGetValue<bool>(out _));

    private static JsonObject Item(ChecklistQuestion question, int index) => new()
    {
        ["id"] = question.Id,
        ["libraryItemId"] = DeterministicId.Of("xcures", "library-item", question.Name),
        ["name"] = question.Name,
        ["sortOrder"] = index,
    };

    private static JsonObject Result(Person? person, ChecklistQuestion question, IReadOnlyList<ChartLine> lines) => new()
    {
        ["checklistItem"] = Item(question, 0),
        ["checklistItemDefinitionId"] = DeterministicId.Of("xcures", "definition", question.Name),
        ["checklistItemDefinitionVersionId"] = DeterministicId.Of("xcures", "definition-version", question.Name),
        ["meetsCriteria"] = lines.Count > 0,
        ["matchingRecords"] = new JsonArray(),
        ["documentIds"] = Json.Strings(Documents(person, lines)),
        ["clinicalConcepts"] = Json.Array(lines.Select(line => new JsonObject
        {
            ["clinicalConceptId"] = line.Id(person!, "xcures/concept"), ["entityType"] = question.Kind,
        })),
        ["documentSections"] = Json.Array(lines.GroupBy(SeededDocuments.YearOf).SelectMany(year => Sections(person!, year.Key, year))),
        ["result"] = new JsonObject
        {
            ["answer"] = lines.Count > 0 ? "Yes" : "No",
            ["justification"] = lines.Count > 0 ? $"{person!.FullName}: {lines[0].Fields.Values.First()}" : "Nothing in the records says so.",
        },
    };

    private static IEnumerable<string> Documents(Person? person, IEnumerable<ChartLine> lines) =>
        person is null ? [] : lines.Select(line => SeededDocuments.IdOf(person, SeededDocuments.YearOf(line))).Distinct();

    private static IEnumerable<JsonObject> Sections(Person person, string year, IEnumerable<ChartLine> lines) =>
        ClinicalDocument.SectionsOf([.. lines]).Select(section => new JsonObject
        {
            ["documentId"] = SeededDocuments.IdOf(person, year),
            ["sectionType"] = "ccda",
            ["section"] = section.Code,
            ["sectionTitle"] = section.Title,
            ["documentName"] = $"Continuity of care document {year}, {person.FullName}",
            ["documentContentType"] = "application/xml",
        });
}
