using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.Patients.Writing;

namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>Reads vital signs: as recorded, or over time.</summary>
internal sealed class GetVitalsTools(PatientsApi api, PatientFinder finder) : IToolSet
{
    public const string ReadingShape = "patients.vitals.shown";

    private const string Widened = "Dates are withheld below the year at this privacy level, so date_from and date_to were widened to whole years.";

    private static readonly ToolDefinition Definition = new()
    {
        Name = "get_vitals",
        Title = "Get vital signs",
        Description = """
            Reads a patient's vital signs from the practice's chart: the readings of a period, newest first, or with view=trend each measurement over
            time as one compact row (count, latest, change, lowest, highest, and the values from oldest to newest). Critical values come first, in
            critical: read them to the user before anything else. Each measurement has its LOINC code and UCUM unit; temperature, weight and height are
            given in US units as stored and in metric. Vital signs in a registry of outside records are in get_clinical_concepts (kind vital). To
            record, use record_vitals; to mend a wrong reading, correct_vitals with its vit_ handle. Example: {"patient":"pt_…","view":"trend"}.
            """,
        Toolset = PatientsEndpoints.System,
        Scopes = ["patients/vitals.read"],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
        Endpoints = [PatientsEndpoints.GetPatient, ClinicalEndpoints.ListVitals, ClinicalEndpoints.GetVitals],
        Input = PatientsJson.Default.GetVitalsInput,
        DataSchema = VitalsSchemas.Readings,
    };

    public IEnumerable<Tool> Tools => [Tool.Reading<GetVitalsInput>(Definition, GetAsync)];

    private async Task<UpstreamResult> GetAsync(GetVitalsInput input, CallContext call, CancellationToken cancellation)
    {
        if (input.VitalsUuid is not null && (input.DateFrom ?? input.DateTo ?? input.View) is not null)
            throw CallFailureException.Invalid("vitals_uuid", "vitals_uuid names one reading: leave out date_from, date_to and view.");
        if (string.CompareOrdinal(input.DateFrom, input.DateTo ?? "9999") > 0)
            throw CallFailureException.Invalid("date_from", "date_from lies after date_to: swap them.");
        var patient = await finder.FindAsync(input.Patient, null, call, cancellation);
        var asked = call.DatesVisible ? input : input with { DateFrom = WholeYears.Start(input.DateFrom), DateTo = WholeYears.End(input.DateTo) };
        var rows = await RowsAsync(asked, patient.Id, call, cancellation);
        return Answer(rows, asked) with { Notices = [.. Notices(rows), .. asked.Equals(input) ? Array.Empty<string>() : [Widened]] };
    }

    private async Task<IReadOnlyList<VitalsRow>> RowsAsync(GetVitalsInput asked, string patient, CallContext call, CancellationToken cancellation)
    {
        var reader = new RecordReader(api, call);
        IReadOnlyList<ReadOnlyMemory<byte>> rows = asked.VitalsUuid is { } id
            ? [await reader.ReadAsync(ClinicalPlaces.Vitals, patient, id, cancellation)]
            : await reader.AllAsync(
                ClinicalPlaces.Vitals,
                patient,
                request => request.Query("date_from", asked.DateFrom).Query("date_to", asked.DateTo),
                cancellation);
        try
        {
            return [.. rows.Select(VitalsRow.Of).OrderByDescending(row => row.Taken, StringComparer.Ordinal)];
        }
        catch (System.Text.Json.JsonException)
        {
            throw UpstreamFailures.NotJson();
        }
    }

    private UpstreamResult Answer(IReadOnlyList<VitalsRow> rows, GetVitalsInput asked)
    {
        var critical = new Section("critical", VitalsTrend.CriticalShape, VitalsTrend.Critical(rows));
        IReadOnlyList<Section> sections = asked.View == "trend"
            ? [critical, new Section("trend", VitalsTrend.TrendShape, VitalsTrend.Of(rows))]
            :
            [
                critical, new Section("codes", VitalsTrend.CodeShape, VitalsTrend.Codes(rows)),
                new Section("readings", ReadingShape, [.. rows.Select(row => row.WithMetric())]) { Total = rows.Count },
            ];
        var period = asked.DateFrom is null && asked.DateTo is null ? "of all dates" : "within the dates given";
        return new UpstreamResult(PatientsEndpoints.System, sections)
        {
            Searched = $"the vital signs of one patient in {api.Source.Kind} Patients, {period}; archived readings are not listed.",
        };
    }

    private const string Other = "Critical in the latest reading by the practice's API, under a name that is not known here: "
        + "see abnormal_flags of that reading, and see that a clinician knows.";

    // The newest value of each vital sign says how the patient is now: a later reading of the pulse alone does not undo a critical blood pressure.
    private static IEnumerable<string> Notices(IReadOnlyList<VitalsRow> rows)
    {
        var now = VitalCode.All
            .Select(code => (code.Field, Row: rows.FirstOrDefault(row => row.Value(code.Field) is not null)))
            .Where(latest => latest.Row is { } row && row.Critical.Contains(latest.Field, StringComparer.Ordinal))
            .ToList();
        if (rows.Take(1).Concat(now.Select(latest => latest.Row!)).Any(row => row.IsProcedureBlocking)) yield return VitalsNotices.Blocks;
        if (now.Count > 0)
        {
            yield return $"Critical where last measured: {string.Join(", ", now.Select(latest => latest.Field))}, by the limits for an adult at rest or by the "
                + "practice's API; see that a clinician knows.";
        }

        if (rows is [{ HasOtherCritical: true }, ..]) yield return Other;
    }
}
