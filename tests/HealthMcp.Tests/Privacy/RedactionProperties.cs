using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using HealthMcp.Privacy;

namespace HealthMcp.Tests.Privacy;

public sealed class RedactionProperties
{
    private static readonly FieldClass[] Free = [FieldClass.Text, FieldClass.Clinical, FieldClass.Code, FieldClass.Term, FieldClass.Meta, FieldClass.Country];

    private static readonly string[] Shapes = [.. Redaction.Catalog.Names.Where(name => Redaction.Catalog.Find(name) is not null)];

    private static readonly string[] Resources = [.. Redaction.Catalog.Fhir.Types.Where(Redaction.Catalog.Fhir.IsResource)];

    private static readonly Gen<string> Salt = Gen.Elements("abcdefghklmnprtuvwxy".ToCharArray()).ArrayOf(4).Select(letters => new string(letters));

    [Fact]
    public void No_planted_identifier_survives_and_every_clinical_leaf_does() =>
        Prop.ForAll(Gen.Elements(Shapes).Zip(Salt).ToArbitrary(), pair => Check(pair.Item1, ShapeSample.Of(Redaction.Catalog, pair.Item1, pair.Item2)))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void No_planted_identifier_survives_in_any_r4_resource()
    {
        foreach (var type in Resources) Check("fhir.resource", ShapeSample.Of(Redaction.Catalog, "fhir/" + type, "kpqx", 2)).ShouldBeTrue(type);
    }

    [Fact]
    public void Output_is_json_or_nothing_whatever_comes_in() =>
        Prop.ForAll(Json(4).Zip(Gen.Elements([.. Shapes, "fhir.resource"])).ToArbitrary(), pair =>
        {
            JsonDocument.Parse(Redaction.Of(pair.Item1, pair.Item2).Json).Dispose();
            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Broken_bytes_throw_the_one_exception_and_nothing_else() =>
        Prop.ForAll(Salt.Zip(Gen.Choose(0, 400)).Zip(Gen.Choose(0, 255)).ToArbitrary(), input =>
        {
            var bytes = Encoding.UTF8.GetBytes(ShapeSample.Of(Redaction.Catalog, "patients.vitals", input.Item1.Item1).Json);
            bytes[input.Item1.Item2 % bytes.Length] = (byte)input.Item2;
            try
            {
                JsonDocument.Parse(Redaction.Of(bytes, "patients.vitals").Json).Dispose();
            }
            catch (RedactionException)
            {
                // Refusing is right too; anything else fails the property.
            }

            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Scrubbing_never_throws_and_its_spans_are_in_order() =>
        Prop.ForAll(ArbMap.Default.GeneratorFor<string>().Where(text => text is not null).ToArbitrary(), text =>
        {
            var end = 0;
            foreach (var span in new Scrubber().Spans(text, PrivacyLevel.Deidentified, new RecordDictionary(), Redaction.Today))
            {
                if (span.Start < end || span.End <= span.Start || span.End > text.Length) return false;
                end = span.End;
            }

            return Redaction.Scrub(text) is not null;
        }).QuickCheckThrowOnFailure();

    private static bool Check(string shape, ShapeSample sample)
    {
        var output = Redaction.Of(sample.Json, shape).Json;
        foreach (var (marker, kind, path) in sample.Leaves)
        {
            if (path.Contains(".extension", StringComparison.Ordinal) || path.Contains("modifierExtension", StringComparison.Ordinal)) continue;
            var survives = output.Contains(marker, StringComparison.OrdinalIgnoreCase);
            if (Array.IndexOf(Free, kind) < 0) survives.ShouldBeFalse($"{path} is {kind}");
            else if (kind != FieldClass.Text) survives.ShouldBeTrue($"{path} is {kind}");
        }

        return true;
    }

    private static Gen<string> Json(int depth)
    {
        var leaf = Gen.Elements("null", "true", "1.50", "-2e9", "\"Bob\"", "\"2019-01-02\"", "\"\\u0000\"", "\"\u202E\"", "\"<div>x</div>\"");
        if (depth == 0) return leaf;
        var name = Gen.Elements("id", "name", "items", "results", "resourceType", "extension", "url", "reference", "subject", "labels", "text", "div", "tags",
            "_id", "patient", "contained", "data");
        var array = Json(depth - 1).ListOf(2).Select(values => "[" + string.Join(',', values) + "]");
        var member = name.Zip(Json(depth - 1)).Select(pair => $"\"{pair.Item1}\":{pair.Item2}");
        return Gen.OneOf(leaf, array, member.ListOf(4).Select(members => "{" + string.Join(',', members) + "}"));
    }
}
