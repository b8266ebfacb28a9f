using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.XCures;

internal sealed class ConceptOperations(SubjectStore subjects)
{
    private readonly Lazy<ILookup<(string Subject, string Kind), Concept>> _concepts =
        new(() => Person.All.SelectMany(Concept.Of).ToLookup(concept => (concept.SubjectId, concept.Kind)));

    public IEnumerable<Operation> Operations => ConceptKind.Members.Keys.SelectMany(kind => new Operation[]
    {
        new("GET", $"/api/v1/patient-registry/clinical-concepts/{kind}", exchange => Search(exchange, kind)),
        new("GET", $"/api/v1/patient-registry/clinical-concepts/{kind}/{{id}}", exchange => Get(exchange, kind)),
    });

    private Answer Get(Exchange exchange, string kind)
    {
        if (Subject(exchange) is not { } subject)
        {
            return XCuresError.BadRequest("subjectId must be a UUID");
        }

        var found = _concepts.Value[(subject, kind)].FirstOrDefault(concept => concept.Id == exchange.Route("id"));
        return found is null ? XCuresError.NotFound(kind) : Answer.Json(found.Body);
    }

    private Answer Search(Exchange exchange, string kind)
    {
        if (Subject(exchange) is not { } subject || Page.Read(exchange.Query, "score") is not { SortField: "score" or "date" } page)
        {
            return XCuresError.BadRequest("subjectId must be a UUID, sortField date or score, pageNumber and pageSize whole numbers");
        }

        if (!TryDate(exchange, "dateStart", out var start) || !TryDate(exchange, "dateEnd", out var end))
        {
            return XCuresError.BadRequest("dateStart and dateEnd must be ISO dates");
        }

        var mode = exchange.Query.First("searchTermMode") ?? "hybrid";
        if (mode is not ("lexical" or "semantic" or "hybrid"))
        {
            return XCuresError.BadRequest("searchTermMode must be lexical, semantic or hybrid");
        }

        var rows = _concepts.Value[(subject, kind)]
            .Where(concept => InPeriod(concept, start, end) && HasCode(concept, exchange.Query.First("code"), exchange.Query.First("codeSystem")))
            .Select(concept => (Concept: concept, Score: Relevance.Of(concept.Text, exchange.Query.First("searchTerm"), mode)))
            .Where(row => row.Score > 0);
        // Ascending score is the documented default, odd as it is: the least relevant record comes first.
        var sorted = page.SortField == "date"
            ? page.Order(rows, row => row.Concept.Date, StringComparer.Ordinal)
            : page.Order(rows, row => row.Score, Comparer<double>.Default);
        return page.Envelope([.. sorted.Select(row => row.Concept.Body)]);
    }

    private string? Subject(Exchange exchange)
    {
        var id = exchange.Query.First("subjectId");
        return Guid.TryParse(id, out var guid) ? subjects.Canonical(guid.ToString()) : null;
    }

    private static bool InPeriod(Concept concept, string? start, string? end)
    {
        if (start is null && end is null)
        {
            return true;
        }

        // A record without a date cannot be said to lie in a period.
        return concept.Date.Length > 0
            && (start is null || string.CompareOrdinal(concept.Date, start) >= 0)
            && (end is null || string.CompareOrdinal(concept.Date, end) <= 0);
    }

    private static bool HasCode(Concept concept, string? code, string? system) =>
        (code is null && system is null) || concept.Codes.Any(coding => (code is null || coding.Code == code) && (system is null || coding.System == system));

    private static bool TryDate(Exchange exchange, string name, out string? day)
    {
        day = exchange.Query.First(name);
        if (day is null)
        {
            return true;
        }

        var good = DateTimeOffset.TryParse(day, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time);
        day = time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return good;
    }
}
