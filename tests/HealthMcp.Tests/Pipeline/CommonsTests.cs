using System.Text;
using HealthMcp.Pipeline;

namespace HealthMcp.Tests.Pipeline;

public sealed class CommonsTests
{
    [Theory]
    [InlineData("""{"id":1,"version":1}|{"id":2,"version":1}""", """{"version":1}""", """{"id":1}|{"id":2}""")]
    [InlineData("""{"patient":{"uuid":"p"},"a":1}|{"patient":{"uuid":"p"},"a":2}""", """{"patient":{"uuid":"p"}}""", """{"a":1}|{"a":2}""")]
    [InlineData("""{"created_at":"2022","a":1}|{"created_at":"2022","a":1}|{"created_at":"2022"}""", """{"created_at":"2022"}""", """{"a":1}|{"a":1}|{}""")]
    public void What_every_row_says_of_its_record_is_told_once(string rows, string told, string left)
    {
        var (section, common) = Of(rows);
        common.ShouldBe(told);
        section.ShouldBe(left);
    }

    [Theory]
    [InlineData("""{"status":"active","code":"1","unit":"mg","dose":5}|{"status":"active","code":"1","unit":"mg","dose":5}""")]
    [InlineData("""{"version":1}""")]
    [InlineData("""{"version":1}|{"version":2}""")]
    [InlineData("""{"version":1}|{"id":2}""")]
    [InlineData("""{"patient":{"uuid":"p"}}|{"patient":{"uuid":"q"}}""")]
    [InlineData("""{"resourceType":"Immunization","patient":{"reference":"p"}}|{"resourceType":"Immunization","patient":{"reference":"p"}}""")]
    [InlineData("""7|7""")]
    public void What_is_clinical_or_not_in_every_row_alike_stays_in_the_rows(string rows)
    {
        var (section, common) = Of(rows);
        common.ShouldBeEmpty();
        section.ShouldBe(rows);
    }

    private static (string Rows, string Told) Of(string rows)
    {
        var given = rows.Split('|').Select(row => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(row)).ToList();
        var told = Commons.Of(new RedactedSection(null, false, given, null));
        return (string.Join('|', told.Section.Rows.Select(row => Encoding.UTF8.GetString(row.Span))), Encoding.UTF8.GetString(told.Told.Span));
    }
}
