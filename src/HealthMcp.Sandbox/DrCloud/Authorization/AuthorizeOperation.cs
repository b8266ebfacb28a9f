using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.DrCloud.Authorization;

/// <summary>The authorization endpoint: GET shows the page on which somebody agrees, POST is her answer.</summary>
internal sealed class AuthorizeOperation(AuthorizationBook book, bool conformant)
{
    public static string IssuerOf(Exchange exchange) => $"{exchange.Origin}/drcloud/oauth2/{exchange.Route("site")}";

    public Answer Ask(Exchange exchange) =>
        Checked(exchange, exchange.Query, (_, _) => Answer.Text(ConsentPage.Of(exchange.Query), 200, "text/html; charset=utf-8"));

    public Answer Decide(Exchange exchange)
    {
        var form = exchange.Form();
        return Checked(exchange, form, (client, redirect) =>
        {
            if (form.First("decision") != "allow") return Back(exchange, redirect, form, ("error", "access_denied"));
            var patient = Person.All.FirstOrDefault(person => person.FhirId == form.First("patient"))?.FhirId;
            var consent = new Consent(client, redirect, form.First("code_challenge"), Granted(client, form, patient), patient, form.First("nonce"));
            return Back(exchange, redirect, form, ("code", book.NewCode(consent)));
        });
    }

    // A wrong client or redirect is told to the person: sending her on would make this server a tool of whoever made the link.
    private Answer Checked(Exchange exchange, Query query, Func<RegisteredClient, string, Answer> go)
    {
        var redirect = query.First("redirect_uri");
        if (RegisteredClient.Find(query.First("client_id")) is not { } client || redirect is null || !RegisteredClient.Allows(redirect))
        {
            return Answer.Text("This application is not registered here.", 400, "text/plain");
        }

        return Problem(exchange, client, query) is { } problem ? Back(exchange, redirect, query, ("error", problem)) : go(client, redirect);
    }

    private static string? Problem(Exchange exchange, RegisteredClient client, Query query)
    {
        if (query.First("response_type") != "code") return "unsupported_response_type";
        var fhir = $"{exchange.Origin}/drcloud/apis/{exchange.Route("site")}/fhir";
        if (query.First("aud") is { } audience && audience.TrimEnd('/') != fhir) return "invalid_request";
        var challenge = query.First("code_challenge");
        if (challenge is null) return client.IsPublic ? "invalid_request" : null;
        return query.First("code_challenge_method") == "S256" && challenge.Length == 43 ? null : "invalid_request";
    }

    /// <summary>
    /// Requested and registered, silently narrowed. A public client gets one patient at most, and nobody a patient's scope without a patient.
    /// </summary>
    private static IReadOnlyList<string> Granted(RegisteredClient client, Query form, string? patient) =>
        [.. (form.First("scope") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Intersect([.. SmartScopes.Base, .. SmartScopes.All], StringComparer.Ordinal)
            .Where(scope => !scope.StartsWith("system/", StringComparison.Ordinal))
            .Where(scope => !client.IsPublic || !scope.StartsWith("user/", StringComparison.Ordinal))
            .Where(scope => patient is not null || !scope.StartsWith("patient/", StringComparison.Ordinal))];

    private Answer Back(Exchange exchange, string redirect, Query query, (string Name, string Value) what)
    {
        var parts = new List<(string Name, string Value)> { what };
        if (query.First("state") is { } state) parts.Add(("state", state));
        if (conformant) parts.Add(("iss", IssuerOf(exchange)));
        var address = redirect + "?" + string.Join('&', parts.Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value)}"));
        return Answer.Empty(302).With("Location", address).With("Cache-Control", "no-store");
    }
}
