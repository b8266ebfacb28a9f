using HealthMcp.Privacy;
using HealthMcp.Tests.Privacy;

namespace HealthMcp.Tests.Contracts;

/// <summary>Strings that are shown as they are: few, and each says why.</summary>
public sealed class KeptFieldTests
{
    private static readonly string[] Suspicious =
    [
        "name", "phone", "mail", "street", "address", "city", "birth", "date", "note", "message", "comment", "description", "summary", "url", "title",
        "text", "content", "reason", "number", "token", "secret", "path", "file", "identifier",
    ];

    /// <summary>Looked at one by one: of code systems, of FHIR profiles, of media types.</summary>
    private static readonly string[] Reviewed =
    [
        "name: name of a code system", "profile_url: canonical address of a profile", "url: canonical address of a profile", "contentType: MIME type",
        "documentContentType: MIME type",
    ];

    [Fact]
    public void Every_string_that_is_kept_gives_its_reason()
    {
        foreach (var (shape, field) in Strings().Where(each => LeafRules.IsKept(each.Field.Class) || each.Field.Class == FieldClass.Term))
            field.Reason.ShouldNotBeNullOrEmpty($"{shape} {field.Path}");
    }

    [Fact]
    public void No_kept_string_sounds_like_an_identifier_or_prose_but_those_reviewed()
    {
        var kept = Strings().Where(each => LeafRules.IsKept(each.Field.Class)).Select(each => (Name: each.Field.Path.Split('.')[^1], each.Field.Reason));
        var suspects = kept.Where(field => Suspicious.Any(word => field.Name.Contains(word, StringComparison.OrdinalIgnoreCase)));
        suspects.Select(field => $"{field.Name}: {field.Reason}").Distinct().ShouldBe(Reviewed, ignoreOrder: true);
    }

    [Fact]
    public void Ids_have_a_prefix_that_a_handle_can_carry()
    {
        foreach (var (shape, field) in Fields().Where(each => each.Field.Class == FieldClass.Id))
            (field.Argument == "$" || HandleCode.IsKind(field.Argument!)).ShouldBeTrue($"{shape} {field.Name}");
    }

    private static IEnumerable<(string Shape, ClassedField Field)> Strings() => Names()
        .SelectMany(name => Redaction.Catalog.Fields(name).Where(field => field.Type == "string").Select(field => (name, field)));

    private static IEnumerable<(string Shape, Field Field)> Fields() =>
        Names().SelectMany(name => (Redaction.Catalog.Find(name)?.Fields ?? []).Select(field => (name, field)));

    private static IEnumerable<string> Names() => Redaction.Catalog.Names.Where(name => Contract.Systems.Contains(ShapeCatalog.System(name)));
}
