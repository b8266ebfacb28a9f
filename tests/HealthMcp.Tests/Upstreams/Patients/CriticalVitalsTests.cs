using System.Text;
using System.Text.Json;
using HealthMcp.Catalog;
using static HealthMcp.Tests.Support.ToolCalls;

namespace HealthMcp.Tests.Upstreams.Patients;

/// <summary>What the practice's API calls critical is shown as critical, by whatever name, and never with a value that nobody measured.</summary>
public sealed class CriticalVitalsTests
{
    [Theory]
    [InlineData("blood_pressure", "bp_systolic", "bp_diastolic")]
    [InlineData("Blood Pressure", "bp_systolic", "bp_diastolic")]
    [InlineData("temperature", "temperature_f")]
    [InlineData("oxygen_saturation", "oxygen_saturation")]
    public async Task A_critical_flag_reaches_the_critical_values(string vital, params string[] fields)
    {
        var result = await ReadAsync(Flag(vital), "\"bp_systolic\":170,\"bp_diastolic\":100,\"temperature_f\":\"100.0\",\"oxygen_saturation\":97");

        Critical(result).Select(row => row.GetProperty("vital").GetString()).ShouldBe(fields);
        foreach (var field in fields) result.Notices[0].ShouldContain(field);
    }

    [Fact]
    public async Task A_critical_flag_that_names_nothing_known_is_said_all_the_same()
    {
        var result = await ReadAsync(Flag("gcs"), "\"pulse\":70");

        result.Notices.ShouldContain(notice => notice.Contains("critical", StringComparison.OrdinalIgnoreCase) && notice.Contains("abnormal_flags"));
        result.Notices.ShouldAllBe(notice => !notice.Contains("gcs"));
    }

    [Fact]
    public async Task A_critical_flag_on_what_was_not_measured_shows_no_value()
    {
        var row = Critical(await ReadAsync(Flag("oxygen_saturation"), "\"pulse\":70")).ShouldHaveSingleItem();

        row.GetProperty("vital").GetString().ShouldBe("oxygen_saturation");
        row.TryGetProperty("value", out _).ShouldBeFalse();
    }

    private static string Flag(string vital) => $$"""[{"vital":"{{vital}}","severity":"critical","message":"m"}]""";

    private static List<JsonElement> Critical(UpstreamResult result) =>
    [
        .. result.Sections.Single(section => section.Name == "critical").Rows
            .Select(row => JsonDocument.Parse(Encoding.UTF8.GetString(row.Span)).RootElement),
    ];

    private static async Task<UpstreamResult> ReadAsync(string flags, string values)
    {
        var patients = new PatientsHarness().WithPatient();
        patients.Upstream.On("GET", PatientsHarness.Vitals, PatientsHarness.Page(
            1, $$"""{"id":"v-1","version":1,"date_taken":"2026-03-09","abnormal_flags":{{flags}},{{values}}}"""));
        return await RunAsync<UpstreamResult>(patients.Tool("get_vitals"), $$"""{"patient":"{{PatientsHarness.Id}}"}""");
    }
}
