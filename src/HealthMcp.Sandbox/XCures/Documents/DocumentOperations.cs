using System.Globalization;
using System.Net.Mime;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.XCures.Documents;

/// <summary>Documents: their records here, their bytes at signed addresses of the storage.</summary>
internal sealed class DocumentOperations(DocumentStore documents, SubjectStore subjects)
{
    private const string Path = "/api/v1/patient-registry/document";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    public IEnumerable<Operation> Operations =>
    [
        new("POST", Path, Create),
        new("GET", Path, Search),
        new("GET", Path + "/{documentId}", Get),
        new("PUT", Path + "/{documentId}", Update),
        new("GET", Path + "/{documentId}/pdf", PdfAddress),
        .. documents.Files.Operations,
    ];

    private Answer Create(Exchange exchange)
    {
        if (exchange.JsonBody() is not { } body || body.Text("subjectId") is not { } subject || body.Text("fileName") is not { Length: > 0 }
            || !IsMediaType(body.Text("contentType")) || !IsList(body, "informationTypes") || !IsOptionalDate(body.Text("documentDate")))
        {
            return XCuresError.BadRequest("subjectId, fileName and contentType (a MIME type) are needed; documentDate is a date-time");
        }

        if (subjects.Find(subject) is not { } known)
        {
            return XCuresError.BadRequest("subjectId is not a subject of the project");
        }

        var made = new JsonObject { ["subjectId"] = known.Body.Text("id"), ["source"] = "userUpload" };
        foreach (var name in new[] { "documentName", "documentDate", "fileName", "contentType", "informationTypes" })
        {
            made.Maybe(name, body[name]?.DeepClone());
        }

        var id = documents.Add(made, exchange.Now);
        return Answer.Json(
            new JsonObject { ["documentId"] = id, ["signedS3Url"] = documents.Files.Sign(exchange, "PUT", id, Lifetime, body.Text("contentType")!) },
            201);
    }

    private Answer Search(Exchange exchange)
    {
        if (Page.Read(exchange.Query, "created") is not { } page || !Guid.TryParse(exchange.Query.First("subjectId"), out var subject))
        {
            return XCuresError.BadRequest("subjectId must be a UUID, pageNumber and pageSize whole numbers");
        }

        var types = exchange.Query.All("informationTypes").ToList();
        var rows = documents.Of(subject.ToString())
            .Where(document => types.Count == 0 || (document["informationTypes"] as JsonArray ?? []).Any(type => types.Contains(type!.ToString())));
        return page.Envelope([.. page.Order(rows, row => row.Text(page.SortField) ?? "", StringComparer.Ordinal)]);
    }

    // One document is asked for, and a list is what the contract says comes back.
    private Answer Get(Exchange exchange)
    {
        if (documents.Find(exchange.Route("documentId")) is not { } document)
        {
            return XCuresError.NotFound("Document");
        }

        var detail = (JsonObject)document.DeepClone();
        detail.Remove("informationTypes");
        detail["signedS3Url"] = documents.Files.Sign(exchange, "GET", document.Text("id")!, Lifetime);
        return Answer.Json(new JsonArray(detail));
    }

    private Answer Update(Exchange exchange)
    {
        if (documents.Find(exchange.Route("documentId")) is not { } document)
        {
            return XCuresError.NotFound("Document");
        }

        var names = new[] { "documentName", "documentLocation", "documentDate" };
        if (exchange.JsonBody() is not { } body || names.Any(name => body.ContainsKey(name) && body.Text(name) is null)
            || !IsOptionalDay(body.Text("documentDate")))
        {
            return XCuresError.BadRequest("documentName and documentLocation are strings, documentDate is yyyy-mm-dd");
        }

        // What is left out is cleared: the contract says nothing, and a client that merges is right either way.
        var changed = documents.Change(
            document,
            target =>
            {
                foreach (var name in names)
                {
                    target.Remove(name);
                    target.Maybe(name, body.Text(name) is { } text ? name == "documentDate" ? text + "T00:00:00.000Z" : text : null);
                }
            },
            exchange.Now);
        return Answer.Json(changed.DeepClone());
    }

    private Answer PdfAddress(Exchange exchange)
    {
        if (documents.Find(exchange.Route("documentId")) is not { } document || documents.Files.Find(document.Text("id")!) is not { } file)
        {
            return XCuresError.NotFound("Document");
        }

        var key = document.Text("id") + ".pdf";
        var content = file.ContentType == "application/pdf" ? file.Content : Pdf.Of(document.Text("documentName") ?? "Document");
        documents.Files.Seed(key, () => new StoredFile(content, "application/pdf"));
        return Answer.Json(new JsonObject
        {
            ["fileName"] = document.Text("fileName") + ".pdf",
            ["signedUrl"] = documents.Files.Sign(exchange, "GET", key, Lifetime),
        });
    }

    private static bool IsMediaType(string? text)
    {
        try
        {
            return text is not null && new ContentType(text).MediaType.Contains('/', StringComparison.Ordinal);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool IsList(JsonObject body, string name) =>
        body[name] is null || (body[name] is JsonArray items && items.All(item => item is JsonValue value && value.TryGetValue<string>(out _)));

    private static bool IsOptionalDate(string? text) =>
        text is null || (text.Contains('T', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _));

    private static bool IsOptionalDay(string? text) =>
        text is null || DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
