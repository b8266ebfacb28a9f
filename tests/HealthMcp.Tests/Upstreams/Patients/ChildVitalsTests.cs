using System.Text;
using HealthMcp.Upstreams.Patients.Clinical;

namespace HealthMcp.Tests.Upstreams.Patients;

/// <summary>Bounds of the American Heart Association's table, at each of its edges.</summary>
public sealed class ChildVitalsTests
{
    [Theory]
    [InlineData("2026-11-01", "pulse", 99, "pulse is low for a newborn: below 100.")]
    [InlineData("2026-11-01", "pulse", 100, null)]
    [InlineData("2026-11-01", "pulse", 205, null)]
    [InlineData("2026-11-01", "pulse", 206, "pulse is high for a newborn: above 205.")]
    [InlineData("2026-10-20", "pulse", 181, "pulse is high for an infant: above 180.")]
    [InlineData("2025-11-20", "pulse", 141, "pulse is high for a toddler: above 140.")]
    [InlineData("2025-11-21", "pulse", 141, null)]
    [InlineData("2022-01-01", "respiration_rate", 29, "respiration_rate is high for a child of three to five years: above 28.")]
    [InlineData("2018-01-01", "respiration_rate", 17, "respiration_rate is low for a child of six to eleven years: below 18.")]
    [InlineData("2022-01-01", "bp_systolic", 77, "bp_systolic is low for a child of three to five years: below 78.")]
    [InlineData("2022-01-01", "bp_systolic", 78, null)]
    [InlineData("2013-01-01", "bp_systolic", 89, "bp_systolic is low for an adolescent: below 90.")]
    [InlineData("2010-11-21", "pulse", 101, "pulse is high for an adolescent: above 100.")]
    [InlineData("2010-11-20", "pulse", 180, null)]
    public void A_value_is_held_against_the_age_at_which_it_was_taken(string born, string field, int value, string? warning)
    {
        var said = Of(born, $"\"{field}\":{value}");

        if (warning is null) said.ShouldNotContain(one => one.StartsWith(field, StringComparison.Ordinal));
        else said.ShouldContain(warning);
    }

    [Fact]
    public void What_was_taken_before_the_birth_is_another_patients_or_another_days() =>
        Of("2026-11-21", "\"pulse\":70").ShouldHaveSingleItem().ShouldContain("born");

    [Fact]
    public void A_patient_whose_birth_date_is_not_known_is_held_against_nothing() => Of(null, "\"pulse\":70").ShouldBeEmpty();

    private static IReadOnlyList<string> Of(string? born, string field) => ChildVitals.Of(
        VitalsReading.Of(Encoding.UTF8.GetBytes($$"""{"date_taken":"2026-11-20",{{field}}}""")),
        born is null ? null : DateOnly.ParseExact(born, "yyyy-MM-dd", null));
}
