using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.XCures;

/// <summary>Applications. Each applicant consents after a minute, and is a subject from then on.</summary>
internal sealed class ApplicationOperations(SubjectStore subjects)
{
    private static readonly TimeSpan Hesitation = TimeSpan.FromMinutes(1);

    private static readonly string[] Required = ["firstName", "lastName", "birthDate", "addressPostalCode", "sexAtBirth", "emailAddress"];
    private static readonly string[] Optional =
        ["middleName", "addressLine1", "addressLine2", "addressCity", "addressState", "phoneNumber", "cohortId", .. Webhooks];

    private static string[] Webhooks => ["onConsentWebhookUrl", "onIdentityValidationWebhookUrl", "onQueryResultWebhookUrl"];

    private readonly ConcurrentDictionary<string, JsonObject> _applications = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<Operation> Operations =>
    [
        new("POST", "/api/v1/patient-registry/application", Create),
        new("GET", "/api/v1/patient-registry/application/{id}", Get),
        new("POST", "/api/v1/patient-registry/application/{id}/resend-verification", Resend),
    ];

    private Answer Create(Exchange exchange)
    {
        if (exchange.JsonBody() is not { } body || Problem(body) is not null) return XCuresError.BadRequest("The application is malformed");
        var now = Json.Stamp(exchange.Now);
        var made = new JsonObject { ["id"] = body.Text("id")!.ToLowerInvariant(), ["created"] = now, ["updated"] = now };
        foreach (var name in Required.Concat(Optional)) made.Maybe(name, body[name]?.DeepClone());
        made.Maybe("cohortName", body.Text("cohortId") == SubjectStore.CohortId ? SubjectStore.Cohort : null);

        // No 409 is declared here; what a repeat of an id does is not documented.
        return _applications.TryAdd(made.Text("id")!, made) ? Answer.Json(made.DeepClone(), 201) : XCuresError.BadRequest("id is in use");
    }

    private Answer Get(Exchange exchange) => _applications.TryGetValue(exchange.Route("id"), out var found)
        ? Answer.Json(Now(found, exchange.Now))
        : XCuresError.BadRequest("No such application");

    private Answer Resend(Exchange exchange)
    {
        if (!_applications.TryGetValue(exchange.Route("id"), out var found)) return XCuresError.BadRequest("No such application");
        if (exchange.JsonBody() is not { } body || Webhooks.Any(name => body[name] is { } url && url.GetValueKind() != JsonValueKind.String))
            return XCuresError.BadRequest("The webhooks are malformed");
        var changed = found.DeepClone().AsObject();
        foreach (var name in Webhooks) changed.Maybe(name, body[name]?.DeepClone());
        changed["updated"] = Json.Stamp(exchange.Now);
        _applications[exchange.Route("id")] = changed;
        return Answer.Empty(201);
    }

    private JsonObject Now(JsonObject application, DateTimeOffset now)
    {
        var answer = application.DeepClone().AsObject();
        var made = DateTimeOffset.Parse(application.Text("created")!, CultureInfo.InvariantCulture);
        if (now - made < Hesitation) return answer;
        answer["consentAccepted"] = true;
        answer["subjectId"] = Subject(application, made + Hesitation);
        return answer;
    }

    private string Subject(JsonObject application, DateTimeOffset consented)
    {
        var id = DeterministicId.Of("xcures", "applicant", application.Text("id")!);
        var subject = new JsonObject { ["id"] = id, ["created"] = Json.Stamp(consented), ["updated"] = Json.Stamp(consented) };
        subject["identifier"] = DeterministicId.Of("xcures", "identifier", id)[..6].ToUpper(CultureInfo.InvariantCulture);
        foreach (var name in new[] { "firstName", "middleName", "lastName", "birthDate", "addressPostalCode", "phoneNumber" })
            subject.Maybe(name, application[name]?.DeepClone());
        subject.Maybe("email", application.Text("emailAddress"));
        subject.Maybe("gender", application.Text("sexAtBirth") switch { "male" => "M", "female" => "F", _ => null });
        subjects.TryAdd([subject]);
        return id;
    }

    private static string? Problem(JsonObject body)
    {
        if (!Guid.TryParseExact(body.Text("id"), "D", out _)) return "id";
        if (Required.FirstOrDefault(name => string.IsNullOrWhiteSpace(body.Text(name))) is { } missing) return missing;
        if (Optional.FirstOrDefault(name => body[name] is { } value && value.GetValueKind() != JsonValueKind.String) is { } wrong) return wrong;
        if (!DateOnly.TryParseExact(body.Text("birthDate"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) return "birthDate";
        if (body.Text("addressPostalCode")!.Length > 10) return "addressPostalCode";
        if (body.Text("cohortId") is { } cohort && !Guid.TryParse(cohort, out _)) return "cohortId";
        return body.Text("sexAtBirth") is "male" or "female" or "unknown" ? null : "sexAtBirth";
    }
}
