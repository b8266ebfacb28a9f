using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Upstreams.Patients;

/// <summary>record_vitals through a real MCP client, against the sandbox.</summary>
public sealed class PatientsSandboxTests
{
    [Fact]
    public async Task A_previewed_reading_is_written_once_and_verified()
    {
        await using var world = await World.StartAsync();
        var client = await world.ConnectAsync();
        const string What = "\"patient_lookup\":{\"first_name\":\"Marissa\",\"last_name\":\"Jones\",\"date_of_birth\":\"1971-06-29\"},\"date_taken\":\"2025-11-03\",\"time_taken\":\"08:30\",\"bp_systolic\":190,\"bp_diastolic\":125,\"temperature_c\":37.1,\"weight_kg\":70.4,\"height_cm\":175";

        var preview = await client.ReplyAsync("record_vitals", $$"""{{{What}}}""");
        preview.IsError.ShouldBeFalse(preview.Text);
        var written = await client.ReplyAsync("record_vitals", $$"""{{{What}},"confirmation":"{{preview.Confirmation}}"}""");

        written.IsError.ShouldBeFalse(written.Text);
        written.Content.GetProperty("write").GetProperty("status").GetString().ShouldBe("done");
        written.Content.GetProperty("write").GetProperty("verified").GetBoolean().ShouldBeTrue();
        written.Notices[0].ShouldStartWith("Procedure-blocking");
        preview.Text.ShouldNotContain("Jones");
        written.Text.ShouldNotContain("Jones");
    }
}
