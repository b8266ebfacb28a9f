using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.DrCloud;
using HealthMcp.Sandbox.XCures;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Proofs.Attack;

/// <summary>The sandbox patient that the attacker is after, with the handles that anyone who knows her name gets.</summary>
internal sealed class Victim
{
    private readonly Person _person;
    private readonly IReadOnlyList<string> _told;

    private Victim(Person person, string subject, string patient)
    {
        (_person, Subject, Patient) = (person, subject, patient);
        Birth = Secret.Day("birth day", person.BirthDate);
        Service = Secret.Day("service day", ServiceDay(person));
        Concept = Secret.Day("concept day", HealthMcp.Sandbox.XCures.Concept.Of(person).Last(c => c.Date.Length >= 10 && c.Kind == "medication").Date);
        Vitals = Secret.Day("vitals day", HealthMcp.Sandbox.Patients.SeededVitals.Of(person).Last()["date_taken"]!.GetValue<string>());
        var calls = HealthMcp.Sandbox.Patients.SeededPractice.Communications(person.PracticeId);
        Call = Secret.Day("call day", calls.First()["communication_datetime"]!.GetValue<string>());
        Zip = Secret.Zip(person["zip"]);
        Phone = Secret.Phone(person["mobile"]);
        Mrn = Secret.Number(person["mrn"]);
        Last = Secret.Named(person.Last);
        _told = [.. Spellings(person.BirthDate), person["zip"], person["mobile"], person["home"], person["ssn"], person["mrn"], person["email"]];
    }

    public string Subject { get; }

    public string Patient { get; }

    public string LastName => _person.Last;

    public Secret Birth { get; }

    public Secret Service { get; }

    public Secret Concept { get; }

    /// <summary>When her vital signs were last taken in the practice.</summary>
    public Secret Vitals { get; }

    /// <summary>When the practice first called her.</summary>
    public Secret Call { get; }

    /// <summary>The day of her first document in the registry.</summary>
    public required Secret Document { get; init; }

    /// <summary>Her handle in the practice.</summary>
    public required string Practice { get; init; }

    public required string DocumentHandle { get; init; }

    /// <summary>A problem and an alert of hers, her provider there, and another patient.</summary>
    public required (string Problem, string Alert, string Provider, string Other) Chart { get; init; }

    /// <summary>A checklist and one of its items.</summary>
    public required (string List, string Item) Checklist { get; init; }

    public Secret Zip { get; }

    public Secret Phone { get; }

    public Secret Mrn { get; }

    public Secret Last { get; }

    /// <summary>A handle of somebody else that the operator has ended.</summary>
    public required string Forgotten { get; init; }

    public static async Task<Victim> FindAsync(ModelContextProtocol.Client.McpClient client, string key, Action<string> forget)
    {
        var person = Person.All.Single(p => p.Key == key);
        var subjects = await client.ReplyAsync("search_subjects", $$"""{"firstName":"{{person.First}}","lastName":"{{person.Last}}"}""");
        var query = $$"""{"type":"Patient","query":"family={{person.Last}}&given={{person.First}}"}""";
        var patients = await client.ReplyAsync("drcloud_fhir_search", query);
        var other = Person.All.First(p => p.Last != person.Last);
        var others = await client.ReplyAsync("search_subjects", $$"""{"firstName":"{{other.First}}","lastName":"{{other.Last}}"}""");
        var forgotten = others.First.GetProperty("id").GetString()!;
        forget(forgotten);
        var practice = await client.ReplyAsync("search_patients", $$"""{"first_name":"{{person.First}}","last_name":"{{person.Last}}"}""");
        var documents = await client.ReplyAsync("search_documents", $$"""{"subject":"{{subjects.First.GetProperty("id").GetString()}}"}""");
        var chart = practice.First.GetProperty("id").GetString();
        var problem = await client.ReplyAsync("list_patient_records", $$"""{"patient":"{{chart}}","kind":"diseases"}""");
        var alert = await client.ReplyAsync("list_patient_records", $$"""{"patient":"{{chart}}","kind":"alerts"}""");
        var stranger = await client.ReplyAsync("search_patients", $$"""{"first_name":"{{other.First}}","last_name":"{{other.Last}}"}""");
        var checklist = (await client.ReplyAsync("list_checklists", "{}")).First;
        return new Victim(person, subjects.First.GetProperty("id").GetString()!, patients.Resources()[0].GetProperty("id").GetString()!)
        {
            Forgotten = forgotten,
            Practice = practice.First.GetProperty("id").GetString()!,
            DocumentHandle = documents.First.GetProperty("id").GetString()!,
            Document = Secret.Day("document day", $"{documents.First.GetProperty("documentDate").GetString()![..4]}-12-31"),
            Chart = (
                problem.First.GetProperty("id").GetString()!,
                alert.First.GetProperty("id").GetString()!,
                practice.First.GetProperty("primary_provider").GetProperty("uuid").GetString()!,
                stranger.First.GetProperty("id").GetString()!),
            Checklist = (checklist.GetProperty("id").GetString()!, checklist.GetProperty("items")[0].GetProperty("id").GetString()!),
        };
    }

    /// <summary>Which of her withheld values stand in an answer, but for those that the question itself held.</summary>
    public IEnumerable<string> Told(string answer, string asked) =>
        _told.Where(value => value.Length > 0
            && answer.Contains(value, StringComparison.OrdinalIgnoreCase)
            && !asked.Contains(value, StringComparison.OrdinalIgnoreCase));

    public string Fill(string template, string value) => template
        .Replace("{c}", JsonEncodedText.Encode(value).ToString(), StringComparison.Ordinal)
        .Replace("{m}", value.Length == 10 ? value[5..7] : value, StringComparison.Ordinal)
        .Replace("{d}", value.Length == 10 ? value[8..10] : value, StringComparison.Ordinal)
        .Replace("{last4}", value.Length >= 4 ? value[^4..] : value, StringComparison.Ordinal)
        .Replace("{S}", Subject, StringComparison.Ordinal)
        .Replace("{P}", Patient, StringComparison.Ordinal)
        .Replace("{Q}", Practice, StringComparison.Ordinal)
        .Replace("{D}", DocumentHandle, StringComparison.Ordinal)
        .Replace("{B}", Chart.Problem, StringComparison.Ordinal)
        .Replace("{A}", Chart.Alert, StringComparison.Ordinal)
        .Replace("{V}", Chart.Provider, StringComparison.Ordinal)
        .Replace("{O}", Chart.Other, StringComparison.Ordinal)
        .Replace("{K}", Checklist.List, StringComparison.Ordinal)
        .Replace("{I}", Checklist.Item, StringComparison.Ordinal)
        .Replace("{first}", _person.First, StringComparison.Ordinal)
        .Replace("{last}", _person.Last, StringComparison.Ordinal)
        .Replace("{preferred}", _person["preferred"], StringComparison.Ordinal)
        .Replace("{state}", _person["state"], StringComparison.Ordinal);

    private static string ServiceDay(Person person) =>
        FhirStore.Instance.Value.Of("Observation").Where(o => o["subject"]!["reference"]!.GetValue<string>().EndsWith(person.FhirId, StringComparison.Ordinal))
            .Select(o => (o["effectiveDateTime"] as JsonValue)?.GetValue<string>()).OfType<string>().First()[..10];

    private static IEnumerable<string> Spellings(string day)
    {
        var date = DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new[] { "yyyy-MM-dd", "MM/dd/yyyy", "M/d/yyyy", "MMMM d, yyyy", "yyyyMMdd" }.Select(form => date.ToString(form, CultureInfo.InvariantCulture));
    }
}
