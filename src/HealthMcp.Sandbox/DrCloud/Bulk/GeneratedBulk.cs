using System.Globalization;
using System.Text;

namespace HealthMcp.Sandbox.DrCloud.Bulk;

/// <summary>
/// Any number of made-up resources, each made when it is sent and then forgotten: one patient in fifty, the rest that patient's. The number of a resource
/// alone decides what is in it, so the same export is the same at every download.
/// </summary>
internal sealed class GeneratedBulk(long resources) : IBulkSource
{
    private const int PerPatient = 50;
    private static readonly string[] Given = 
        ["Aurelio", "Brunhilde", "Casimira", "Desideria", "Eulalia", "Ferdinand", "Gwendolyn", "Hortensia", "Ignacia", "Jarmila"];
    private static readonly string[] Family = ["Abernathy", "Bellweather", "Czernowitz", "Dragomirov", "Eisenhauer", "Featherstone", "Grzegorczyk"];

    private long Patients => Math.Max(1, resources / PerPatient);

    public IEnumerable<(string Type, long? Count)> Types(BulkJob job) =>
        job.Types.Select(type => (Type: type, Count: CountOf(type))).Where(file => file.Count > 0)
            .Select(file => (file.Type, job.Group is null ? (long?)file.Count : null));

    public IEnumerable<byte[]> Lines(BulkJob job, string type)
    {
        for (var number = 0L; number < CountOf(type); number++)
        {
            // A group is every tenth patient.
            if (job.Group is not null && number % Patients % 10 != 0) continue;
            yield return Encoding.UTF8.GetBytes(Line(type, number));
        }
    }

    private long CountOf(string type)
    {
        var rest = resources - Patients;
        return type switch
        {
            "Patient" => Patients,
            "Encounter" => rest / 5,
            "Condition" => rest / 10,
            "Observation" => rest - (rest / 5) - (rest / 10),
            _ => 0,
        };
    }

    private string Line(string type, long number)
    {
        var patient = number % Patients;
        var day = new DateOnly(2015, 1, 1).AddDays((int)(number % 3650)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var head = $$"""{"resourceType":"{{type}}","id":"{{Id(type, number)}}","meta":{"lastUpdated":"{{day}}T10:00:00Z"},""";
        var subject = $$"""" "subject":{"reference":"Patient/{{Id("Patient", patient)}}"}"""";
        return type switch
        {
            "Patient" => head
                + $$"""" "name":[{"family":"{{FamilyOf(number)}}","given":["{{GivenOf(number)}}"]}],"gender":"female","birthDate":"{{day}}"}"""",
            "Encounter" => head
                + $$"""" "status":"finished","class":{"code":"AMB"},{{subject}},"period":{"start":"{{day}}"} }"""",
            "Condition" => head
                + $$"""" "code":{"text":"Hypertension"},{{subject}},"onsetDateTime":"{{day}}"}"""",
            _ => head
                + """ "status":"final","code":{"coding":[{"system":"http://loinc.org","code":"8867-4","display":"Heart rate"}]},"""
                + $$"""" {{subject}},"effectiveDateTime":"{{day}}",""""
                + Note(number, patient)
                + $$"""" "valueQuantity":{"value":{{50 + (number % 60)}},"unit":"/min","system":"http://unitsofmeasure.org","code":"/min"} }"""",
        };
    }

    // Now and then the patient's own name, so that it would be seen if it stayed.
    private static string Note(long number, long patient) =>
        number % 40 == 0 ? $$"""" "note":[{"text":"{{GivenOf(patient)}} {{FamilyOf(patient)}} rested before the measurement."}],"""" : "";

    private static string GivenOf(long patient) => Given[patient % Given.Length];

    private static string FamilyOf(long patient) => Family[patient / Given.Length % Family.Length];

    private static string Id(string type, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{(type[0] << 8) + type.Length:x8}-0000-4000-8000-{number:x12}");
}
