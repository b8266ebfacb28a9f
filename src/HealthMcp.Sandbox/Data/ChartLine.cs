using System.Globalization;

namespace HealthMcp.Sandbox.Data;

/// <summary>One record of a chart file, before it becomes a clinical concept or a FHIR resource.</summary>
internal sealed record ChartLine(string Kind, IReadOnlyDictionary<string, string> Fields, int Number)
{
    private static readonly Dictionary<string, string> DateFields = new(StringComparer.Ordinal)
    {
        ["condition"] = "onsetDate", ["medication"] = "startDate", ["allergy"] = "recordedDate", ["procedure"] = "procedureStartDate",
        ["biomarker"] = "reportDate", ["coverage"] = "coverageStart", ["encounter"] = "encounterDate", ["imaging"] = "procedureStartDate",
        ["lab"] = "labDate", ["social_history"] = "socialHistoryDate", ["survey"] = "surveyDate", ["radiation"] = "startDate", ["vital"] = "vitalsDate",
    };

    /// <summary>The date that the record is about; empty where a kind has none.</summary>
    public string Date => Fields.GetValueOrDefault(DateFields.GetValueOrDefault(Kind, "date"), "");

    public string this[string field] => Fields.GetValueOrDefault(field, "");

    public IEnumerable<(string System, string Code)> Codes => List("codes").Select(Data.Codes.Parse);

    public string Id(Person person, string purpose) => DeterministicId.Of(purpose, person.Key, Kind, Number.ToString(CultureInfo.InvariantCulture));

    public IEnumerable<string> List(string field) => this[field].Split(";;", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
