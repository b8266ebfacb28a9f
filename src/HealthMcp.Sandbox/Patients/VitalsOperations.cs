using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

internal sealed class VitalsOperations(VitalsStore vitals, PatientStore patients)
{
    public Answer List(Exchange exchange)
    {
        if (patients.Find(exchange.Route("patient_uuid")) is not { } patient)
        {
            return Problem.NotFound("Patient");
        }

        var query = exchange.Query;
        foreach (var name in new[] { "date_from", "date_to" })
        {
            if (query.First(name) is { } text && !PatientFilters.IsDate(text))
            {
                return Problem.Invalid("query", name, "Input should be a valid date");
            }
        }

        var rows = vitals.Of(patient.Text("id")!)
            .Where(row => (query.First("date_from") is not { } from || string.CompareOrdinal(row.Text("date_taken"), from) >= 0)
                && (query.First("date_to") is not { } to || string.CompareOrdinal(row.Text("date_taken"), to) <= 0))
            .OrderByDescending(row => row.Text("date_taken"), StringComparer.Ordinal);
        return Listing.CheckPage(query) ?? Listing.Page([.. rows], query);
    }

    public Answer Get(Exchange exchange)
    {
        var found = vitals.Of(exchange.Route("patient_uuid").ToLowerInvariant())
            .FirstOrDefault(row => row.Text("id") == exchange.Route("vitals_uuid").ToLowerInvariant());
        return found is null ? Problem.NotFound("Vital signs") : Answer.Json(found.DeepClone());
    }

    public Answer Create(Exchange exchange)
    {
        if (patients.Find(exchange.Route("patient_uuid")) is not { } patient)
        {
            return Problem.NotFound("Patient");
        }

        if (exchange.JsonBody() is not { } body)
        {
            return Problem.Invalid("body", "", "Input should be a valid JSON object");
        }

        if (VitalsInput.Check(body) is { } bad)
        {
            return Problem.Invalid(bad.Where, bad.Field, bad.Why);
        }

        if (body.Text("provider_uuid") is { } provider && !PatientStore.IsProvider(provider))
        {
            return Problem.NotFound("Provider");
        }

        return vitals.Add(patient, body, exchange.Header("Idempotency-Key"));
    }

    public Answer Update(Exchange exchange)
    {
        if (exchange.JsonBody() is not { } body)
        {
            return Problem.Invalid("body", "", "Input should be a valid JSON object");
        }

        if (VitalsInput.CheckUpdate(body) is { } bad)
        {
            return Problem.Invalid(bad.Where, bad.Field, bad.Why);
        }

        return body.Text("provider_uuid") is { } provider && !PatientStore.IsProvider(provider)
            ? Problem.NotFound("Provider")
            : vitals.Update(exchange.Route("patient_uuid"), exchange.Route("vitals_uuid"), body);
    }

    public Answer Archive(Exchange exchange) => vitals.Archive(exchange.Route("patient_uuid"), exchange.Route("vitals_uuid"));
}
