using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Privacy;
using HealthMcp.Tests.Privacy;

namespace HealthMcp.Tests.Proofs.Removal;

/// <summary>Every class at every level, through the whole redactor: whatever changes what a class shows is noticed here.</summary>
public sealed class ClassLevelTests
{
    private static readonly FieldClass[] OfObjects = [FieldClass.Object, FieldClass.Extension, FieldClass.Resource];

    [Fact]
    public void A_level_shows_of_a_class_what_the_table_says()
    {
        foreach (var row in ClassLevelTable.Rows)
            foreach (var level in Enum.GetValues<PrivacyLevel>())
            {
                var wanted = row.Shown(level) == ClassLevelTable.Same ? row.Value : row.Shown(level);
                var shown = Shown(row, level);
                if (wanted is ['x', '_'] or [.., 'p', 't', '_']) shown.ShouldNotBeNull($"{row.Kind} at {level}").ShouldStartWith(wanted);
                else shown.ShouldBe(wanted, $"{row.Kind} at {level}: {row.Value}");
            }
    }

    [Fact]
    public void Every_class_of_a_leaf_is_in_it() =>
        ClassLevelTable.Rows.Select(row => row.Kind).Distinct().ShouldBe(Enum.GetValues<FieldClass>().Except(OfObjects), ignoreOrder: true);

    private static string? Shown(ClassLevelTable.Row row, PrivacyLevel level)
    {
        var table = $"shape drcloud.one\n  value string {row.Kind} x\n";
        var redactor = new Redactor(ShapeCatalog.Load(name => name == "shapes/drcloud" ? table : Tables.Text(name)), new Scrubber());
        var redaction = Redaction.Of(redactor, new JsonObject { ["value"] = row.Value }.ToJsonString(), "drcloud.one", level);
        return redaction.Root.TryGetProperty("value", out var value) ? value.GetString() : null;
    }
}
