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
        return new Victim(person, subjects.First.GetProperty("id").GetString()!, patients.Resources()[0].GetProperty("id").GetString()!)
        {
            Forgotten = forgotten,
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
