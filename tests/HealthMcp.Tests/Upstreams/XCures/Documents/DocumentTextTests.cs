using System.Text;
using HealthMcp.Documents;
using HealthMcp.Upstreams.XCures.Documents;

namespace HealthMcp.Tests.Upstreams.XCures.Documents;

/// <summary>What becomes of the text of a document on its way into rows.</summary>
public sealed class DocumentTextTests
{
    // A cell without content still counts: without it a value would stand below another column's heading.
    [Fact]
    public void A_cell_keeps_its_column_although_those_before_it_are_empty()
    {
        var text = Narrative(
            "<table><tr><th>Test</th><th>2023</th><th>2024</th></tr><tr><td/><td>5.6</td><td>7.1</td></tr><tr><td/><td/><td>8</td></tr></table>");

        text.Split('\n').ShouldBe(["Test | 2023 | 2024", "| 5.6 | 7.1", "| | 8"]);
    }

    [Fact]
    public void A_row_stays_one_line_although_its_cells_hold_paragraphs()
    {
        var text = Narrative(
            "<table><tr><td><paragraph>Lisinopril</paragraph></td><td/><td>10 mg<br/>daily</td></tr><tr><td>A</td><td>B</td><td>C</td></tr></table>");

        text.Split('\n').ShouldBe(["Lisinopril | | 10 mg daily", "A | B | C"]);
    }

    [Fact]
    public void A_table_without_content_says_nothing() => Narrative("<table><tr><td/><td/></tr></table>Text").ShouldBe("Text");

    [Fact]
    public void A_long_text_is_cut_in_time_that_grows_with_its_length()
    {
        var text = string.Join("\n\n", Enumerable.Repeat(new string('a', 5000) + ".", 400));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var parts = TextParts.Of(text).ToList();

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(20L * text.Length);
        string.Concat(parts).Count(c => c == 'a').ShouldBe(5000 * 400);
    }

    private static string Narrative(string inner)
    {
        var xml = $"<ClinicalDocument><component><structuredBody><component><section><text>{inner}</text></section></component></structuredBody>"
            + "</component></ClinicalDocument>";
        var content = DocumentContent.Read(Encoding.UTF8.GetBytes(xml), "application/xml", identified: true);
        using var row = System.Text.Json.JsonDocument.Parse(content.Sections.Single(section => section.Name == "parts").Rows.Single());
        return row.RootElement.GetProperty("text").GetString()!;
    }
}
