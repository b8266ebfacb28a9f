using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.XCures.Documents;

/// <summary>Reciprocity: which documents other organizations may find in the network, and under which template.</summary>
internal sealed class PublishingOperations(DocumentStore documents)
{
    private const string Registry = "/api/v1/patient-registry";
    private readonly ConcurrentDictionary<string, string> _published = new(StringComparer.Ordinal);

    public IEnumerable<Operation> Operations =>
    [
        new("PUT", Registry + "/document/{documentId}/reciprocity", Publish),
        new("DELETE", Registry + "/document/{documentId}/reciprocity", Unpublish),
        new("GET", Registry + "/reciprocity-template", List),
    ];

    private static JsonObject[] Templates { get; } =
    [
        Template("Oncology summary", "Summarization of episode note", "34133-9"),
        Template("Consult note", "Consult note", "11488-4"),
    ];

    private Answer Publish(Exchange exchange)
    {
        if (documents.Find(exchange.Route("documentId")) is not { } document || exchange.JsonBody()?.Text("templateId") is not { } template
            || Array.Find(Templates, known => known.Text("id") == template) is null)
        {
            return XCuresError.BadRequest("documentId must be a document and templateId one of the project's templates");
        }

        if (document.Text("documentDate") is null)
        {
            return XCuresError.BadRequest("documentDate is required to publish");
        }

        _published[document.Text("id")!] = template;
        return Answer.Empty(200);
    }

    private Answer Unpublish(Exchange exchange)
    {
        if (documents.Find(exchange.Route("documentId")) is not { } document)
        {
            return XCuresError.BadRequest("documentId must be a document");
        }

        _published.TryRemove(document.Text("id")!, out _);
        return Answer.Empty(200);
    }

    private static Answer List(Exchange exchange) => Answer.Json(Json.Array(Templates.Select(template => template.DeepClone())));

    private static JsonObject Template(string name, string title, string loinc)
    {
        var organization = Data.Registry.Of("organization").First();
        return new JsonObject
        {
            ["id"] = DeterministicId.Of("xcures", "template", name),
            ["projectId"] = XCuresSystem.ProjectId,
            ["name"] = name,
            ["author"] = Data.Registry.Of("practitioner").First()["name"],
            ["title"] = title,
            ["displayName"] = title,
            ["loincCode"] = loinc,
            ["created"] = "2024-01-02T08:00:00.000Z",
            ["updated"] = "2024-01-02T08:00:00.000Z",
            ["providerOrganizationId"] = DeterministicId.Of("xcures", "organization", organization["key"]),
            ["providerOrganizationName"] = organization["name"],
            ["providerAddressLine1"] = organization["street"],
            ["providerAddressCity"] = organization["city"],
            ["providerAddressState"] = organization["state"],
            ["providerAddressPostalCode"] = organization["zip"],
            ["providerPhoneNumber"] = organization["phone"],
        };
    }
}
