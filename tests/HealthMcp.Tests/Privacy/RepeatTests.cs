using System.Text;
using FsCheck;
using FsCheck.Fluent;
using HealthMcp.Privacy;

namespace HealthMcp.Tests.Privacy;

/// <summary>
/// An object that comes again byte for byte becomes what it became before. Blanks that differ make every object of an answer another one, which is read by
/// itself: what comes out must be the same.
/// </summary>
public sealed class RepeatTests
{
    private static readonly string[] Members =
    [
        """ "code":{"coding":[{"system":"http://loinc.org","code":"8867-4","display":"Heart rate"}],"text":"Heart rate}"} """,
        """ "code":{"coding":[{"system":"http://loinc.org","code":"8867-4","display":"Heart rate"}],"text":"met zorblatt"} """,
        """ "subject":{"reference":"Patient/1","display":"Amy Zorblatt"} """,
        """ "subject":{"reference":"#p","display":"Amy Zorblatt","identifier":{"system":"urn:x","value":"77120034"}} """,
        """ "contained":[{"resourceType":"Patient","id":"p","name":[{"family":"Zorblatt"}]}] """,
        """ "contained":[{"resourceType":"Patient","id":"p","name":[{"family":"Zorblatt"}]},{"id":"p"}] """,
        """ "identifier":[{"system":"http://hospital.example/mrn","value":"4471902","assigner":{"display":"Elm Clinic"}},{"value":"4471902"}] """,
        """ "valueQuantity":{"value":91,"unit":"years","system":"http://unitsofmeasure.org","code":"a"} """,
        """ "valueQuantity":{"value":91,"unit":"mg"} """,
        """ "valuePeriod":{"start":"2019-01-02","end":"1921"} """,
        """ "extension":[{"url":"http://x.example/y","valueHumanName":{"family":"Quux"}}] """,
        """ "note":[{"text":"zorblatt, quux and 4471902 of Elm Clinic","time":"2019-01-02"},{"text":"a \"}\" b"}] """,
        """ "component":[{"code":{"text":"Heart rate"},"valueQuantity":{"value":91,"unit":"mg"},"code":{"text":"x"}},{}] """,
        """ "performer":[{"display":"Quux"},{"display":"Quux"},{},null,[{"display":"Quux"}]] """,
        """ "text":{"status":"generated","div":"<div>zorblatt <b id=\"4\">is</b> well</div>"} """,
        """ "method":{"text":"zorblatt","unheard":1} """,
    ];

    [Fact]
    public void An_answer_becomes_the_same_whether_its_objects_repeat_or_not() =>
        Prop.ForAll(Bundles().Zip(Gen.Elements(Enum.GetValues<PrivacyLevel>())).ToArbitrary(), pair =>
    {
        var (repeating, apart) = (Redaction.Of(pair.Item1, "fhir.resource", pair.Item2), Redaction.Of(Apart(pair.Item1), "fhir.resource", pair.Item2));
        repeating.Json.ShouldBe(apart.Json);
        repeating.Session.Withheld.ShouldBe(apart.Session.Withheld, ignoreOrder: true);
        repeating.Session.Shown.ShouldBe(apart.Session.Shown, ignoreOrder: true);
        (repeating.Session.UntrustedText, Learned(repeating.Session)).ShouldBe((apart.Session.UntrustedText, Learned(apart.Session)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_stands_in_another_place_is_read_by_its_own_rules()
    {
        const string Json = """
            {"resourceType":"Condition","onsetAge":{"value":91,"unit":"mg"},"abatementAge":{"value":91,"unit":"mg"},
            "subject":{"display":"Elm Clinic"},"encounter":{"display":"Elm Clinic"},"evidence":[{"detail":[{"display":"Elm Clinic"}]}]}
            """;
        Redaction.Of(Json, "fhir.resource").Json.ShouldBe(Redaction.Of(Apart(Json), "fhir.resource").Json);
    }

    [Fact]
    public void An_object_in_a_contained_resource_is_another_one()
    {
        const string Json = """
            {"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Group","id":"g"}},{"resource":{"resourceType":"List","contained":[{"resourceType":"Group","id":"g"}]}}]}
            """;
        Redaction.Of(Json, "fhir.resource").Json.ShouldBe(Redaction.Of(Apart(Json), "fhir.resource").Json);
    }

    /// <summary>The same field at the same depth, once inside a contained resource, where ids are local, and once not.</summary>
    [Fact]
    public void An_object_as_deep_in_a_contained_resource_is_another_one()
    {
        const string Inner = """{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Group","id":"g"}}]}""";
        const string Plain = $$$"""{"resource":{"resourceType":"Parameters","parameter":[{"part":[{"resource":{{{Inner}}}}]}]}}""";
        const string Contained = $$$"""{"resource":{"resourceType":"List","contained":[{"resourceType":"Bundle","entry":[{"resource":{{{Inner}}}}]}]}}""";
        foreach (var entries in (string[])[$"{Plain},{Contained}", $"{Contained},{Plain}"])
        {
            var json = $$"""{"resourceType":"Bundle","entry":[{{entries}}]}""";
            Redaction.Of(json, "fhir.resource").Json.ShouldBe(Redaction.Of(Apart(json), "fhir.resource").Json);
        }
    }

    /// <summary>Below an extension that is known, parts have short names and stay; the same bytes elsewhere are an extension that nobody knows.</summary>
    [Fact]
    public void An_object_as_deep_in_an_extension_is_another_one()
    {
        const string Part = """{"coding":[{"code":"x","extension":[{"url":"part","valueCode":"final"}]}]}""";
        const string Race = $$$"""{"url":"http://hl7.org/fhir/us/core/StructureDefinition/us-core-race","extension":[{"url":"part","valueCodeableConcept":{{{Part}}}}]}""";
        const string Inside = $$$"""{"resource":{"resourceType":"Patient","extension":[{{{Race}}}]}}""";
        const string Outside = $$$"""{"resource":{"resourceType":"Parameters","parameter":[{"part":[{"valueCodeableConcept":{{{Part}}}}]}]}}""";
        const string Json = $$$"""{"resourceType":"Bundle","entry":[{{{Inside}}},{{{Outside}}}]}""";
        Redaction.Of(Json, "fhir.resource").Json.ShouldBe(Redaction.Of(Apart(Json), "fhir.resource").Json);
        Redaction.Of(Json, "fhir.resource").Json.Split("\"part\",\"valueCode\"").Length.ShouldBe(2);
    }

    [Fact]
    public void More_than_eight_leaves_that_went_are_counted_every_time()
    {
        var names = string.Join(',', Enumerable.Repeat("\"Quux\"", 9));
        var name = $"{{\"given\":[{names}]}}";
        Redaction.Of($"{{\"resourceType\":\"Patient\",\"name\":[{name},{name},{name}]}}", "fhir.resource").Session.Withheld["name"].ShouldBe(27);
    }

    [Fact]
    public void What_comes_again_too_deep_is_refused()
    {
        var inner = Nested(10, "{}");
        Redaction.Of(Response(Nested(2, inner) + "," + Nested(4, inner)), "fhir.resource").Json.ShouldNotBeEmpty();
        Should.Throw<RedactionException>(() => Redaction.Of(Response(Nested(2, inner) + "," + Nested(24, inner)), "fhir.resource"));

        static string Nested(int depth, string inmost) =>
            string.Concat(Enumerable.Repeat("{\"item\":[", depth)) + inmost + string.Concat(Enumerable.Repeat("]}", depth));
        static string Response(string items) => $"{{\"resourceType\":\"QuestionnaireResponse\",\"item\":[{items}]}}";
    }

    [Theory]
    [InlineData("text/plain", "zorblatt is well")]
    [InlineData("application/fhir+json", """{"resourceType":"Observation","status":"final"}""")]
    public void A_file_that_comes_again_is_written_again(string type, string file)
    {
        var content = $$$"""{"attachment":{"contentType":"{{{type}}}","data":"{{{Convert.ToBase64String(Encoding.UTF8.GetBytes(file))}}}"}}""";
        var json = $$"""{"resourceType":"DocumentReference","content":[{{content}},{{content}},{{content}}]}""";
        var session = Redaction.Of(json, "fhir.resource");
        session.Root.GetProperty("content").GetArrayLength().ShouldBe(3);
        session.Json.ShouldBe(Redaction.Of(Apart(json), "fhir.resource").Json);
        session.Session.Withheld["file"].ShouldBe(3);
    }

    [Fact]
    public void Handles_that_come_later_come_in_every_place()
    {
        var ready = false;
        var session = new RedactionSession(PrivacyLevel.Deidentified, (_, kind, value) => ready ? $"{kind}_{value}" : null, Redaction.Today);
        const string Json = """{"resourceType":"Observation","performer":[{"reference":"Patient/1"},{"reference":"Patient/22"},{"reference":"Patient/1"},{"reference":"Patient/22"}]}""";
        using var draft = new Redactor(Redaction.Catalog, new Scrubber()).Begin(Encoding.UTF8.GetBytes(Json), "fhir.resource", session);
        ready = true;
        Encoding.UTF8.GetString(draft.ToArray()).ShouldBe(Json.Replace("Patient/", "Patient/pt_", StringComparison.Ordinal));
    }

    private static int Learned(RedactionSession session)
    {
        session.Known.Spell();
        return session.Known.Count;
    }

    private static Gen<string> Bundles()
    {
        var resource = Gen.Elements(Members).ListOf(5).Select(members => string.Join(',', members.Select(member => member.Trim())))
            .Select(members => $"{{\"resource\":{{\"resourceType\":\"Observation\",{members}}}}}");
        return resource.ListOf(6).Select(resources => $"{{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{string.Join(',', resources)}]}}");
    }

    /// <summary>The same JSON, with other blanks in every object.</summary>
    private static string Apart(string json)
    {
        var (output, inside, count) = (new StringBuilder(), false, 0);
        for (var at = 0; at < json.Length; at++)
        {
            output.Append(json[at]);
            if (json[at] == '\\') output.Append(json[++at]);
            else if (json[at] == '"') inside = !inside;
            else if (json[at] == '{' && !inside) for (var blanks = ++count; blanks > 0; blanks >>= 2) output.Append(" \n\t\r"[blanks & 3]);
        }

        return output.ToString();
    }
}
