using HealthMcp.Catalog;
using HealthMcp.Tests.Support;
using HealthMcp.Upstreams.Patients.Clinical;
using static HealthMcp.Tests.Support.ToolCalls;

namespace HealthMcp.Tests.Upstreams.Patients;

/// <summary>What is refused before anything is sent, and what is said about it.</summary>
public sealed class VitalsIntakeTests
{
    [Theory]
    [InlineData("\"bp_systolic\":1400", "bp_systolic", "a digit too many")]
    [InlineData("\"bp_systolic\":301", "bp_systolic", "a digit too many")]
    [InlineData("\"bp_systolic\":12", "bp_systolic", "digit seems to be missing")]
    [InlineData("\"bp_diastolic\":251", "bp_diastolic", "a digit too many")]
    [InlineData("\"bp_diastolic\":8", "bp_diastolic", "digit seems to be missing")]
    [InlineData("\"bp_systolic\":80,\"bp_diastolic\":120", "bp_diastolic", "swapped")]
    [InlineData("\"bp_systolic\":120,\"bp_diastolic\":120", "bp_diastolic", "below bp_systolic")]
    [InlineData("\"pulse\":720", "pulse", "a digit too many")]
    [InlineData("\"pulse\":16", "pulse", "respiration rate")]
    [InlineData("\"respiration_rate\":160", "respiration_rate", "a digit too many")]
    [InlineData("\"respiration_rate\":0", "respiration_rate", "check the measurement")]
    [InlineData("\"oxygen_saturation\":101", "oxygen_saturation", "cannot exceed 100")]
    [InlineData("\"oxygen_saturation\":1", "oxygen_saturation", "fraction")]
    [InlineData("\"temperature_f\":36.6", "temperature_f", "looks like °C: use temperature_c")]
    [InlineData("\"temperature_f\":986", "temperature_f", "decimal point")]
    [InlineData("\"temperature_c\":98.6", "temperature_c", "looks like °F: use temperature_f")]
    [InlineData("\"temperature_c\":366", "temperature_c", "decimal point")]
    [InlineData("\"temperature_c\":20", "temperature_c", "check the measurement")]
    [InlineData("\"weight_lbs\":3400", "weight_lbs", "grams")]
    [InlineData("\"weight_kg\":700", "weight_kg", "use weight_lbs")]
    [InlineData("\"weight_kg\":3400", "weight_kg", "grams")]
    [InlineData("\"weight_kg\":0", "weight_kg", "check the measurement")]
    [InlineData("\"height_inches\":178", "height_inches", "use height_cm")]
    [InlineData("\"height_inches\":5.8", "height_inches", "feet or metres")]
    [InlineData("\"height_cm\":1.78", "height_cm", "metres")]
    [InlineData("\"height_cm\":5.9", "height_cm", "feet")]
    [InlineData("\"height_cm\":1780", "height_cm", "millimetres")]
    [InlineData("\"bmi\":4", "bmi", "units")]
    [InlineData("\"bmi\":30,\"weight_kg\":70,\"height_cm\":175", "bmi", "does not agree")]
    [InlineData("\"weight_kg\":80,\"height_cm\":50", "height_inches", "do not go together")]
    [InlineData("\"temperature_f\":98.6,\"temperature_c\":37", "temperature_c", "not both")]
    [InlineData("\"weight_lbs\":154,\"weight_kg\":70", "weight_kg", "not both")]
    [InlineData("\"height_inches\":70,\"height_cm\":178", "height_cm", "not both")]
    [InlineData("\"note\":\"nothing measured\"", "", "at least one measurement")]
    [InlineData("\"bmi_percentile\":50,\"bp_systolic\":0", "bp_systolic", "check the measurement")]
    public async Task Impossible_values_are_refused_with_the_likely_mistake_and_never_repeated(string values, string argument, string says)
    {
        var patients = new PatientsHarness();

        var failure = await FailAsync(patients.Record, $$"""{"patient":"{{PatientsHarness.Id}}","date_taken":"2026-03-10",{{values}}}""");

        failure.Code.ShouldBe(FailureCodes.InvalidArgument);
        failure.Argument.ShouldBe(argument);
        failure.Message.ShouldContain(says);
        foreach (var value in new[] { "1400", "36.6", "98.6", "986", "3400", "178", "720" }) failure.Message.ShouldNotContain(value);
        patients.Upstream.Sent.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("2026-03-12", "future")]
    [InlineData("2027-03-10", "future")]
    [InlineData("1899-03-10", "125 years")]
    public async Task Dates_that_cannot_be_are_refused(string date, string says)
    {
        var failure = await FailAsync(new PatientsHarness().Record, $$"""{"patient":"x","date_taken":"{{date}}","pulse":70}""");

        failure.Argument.ShouldBe("date_taken");
        failure.Message.ShouldContain(says);
    }

    [Fact]
    public async Task Tomorrow_in_utc_may_be_today_at_the_practice()
    {
        var patients = new PatientsHarness().WithPatient();

        (await RunAsync<WritePlan>(patients.Record, $$"""{"patient":"{{PatientsHarness.Id}}","date_taken":"2026-03-11","pulse":70}""")).Warnings
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData(37, 98.6)]
    [InlineData(36.6, 97.9)]
    [InlineData(38.25, 100.9)]
    [InlineData(25, 77)]
    [InlineData(46.7, 116.1)]
    public void Celsius_becomes_fahrenheit(double celsius, double expected) => UsUnits.Fahrenheit((decimal)celsius).ShouldBe((decimal)expected);

    [Theory]
    [InlineData(70, 154.32)]
    [InlineData(3.42, 7.54)]
    [InlineData(0.25, 0.55)]
    [InlineData(45.359237, 100)]
    public void Kilograms_become_pounds(double kilograms, double expected) => UsUnits.Pounds((decimal)kilograms).ShouldBe((decimal)expected);

    [Theory]
    [InlineData(177.8, 70)]
    [InlineData(175, 68.9)]
    [InlineData(50.8, 20)]
    public void Centimetres_become_inches(double centimetres, double expected) => UsUnits.Inches((decimal)centimetres).ShouldBe((decimal)expected);

    [Theory]
    [InlineData(154.32, 68.9, 22.9)]
    [InlineData(200, 70, 28.7)]
    [InlineData(7.54, 20, 13.3)]
    public void Body_mass_index_comes_from_height_and_weight(double pounds, double inches, double expected) =>
        UsUnits.BodyMassIndex((decimal)pounds, (decimal)inches).ShouldBe((decimal)expected);
}
