using System.Text.Json.Nodes;
using HealthMcp.Upstreams.DrCloud.Saving;

namespace HealthMcp.Tests.Upstreams.DrCloud.Saving;

/// <summary>A record with everything in it that the tool has no argument for.</summary>
public sealed class PractitionerMergeTests
{
    private const string Full = """
        {"resourceType":"Practitioner","id":"p1","meta":{"versionId":"7","profile":["http://example.org/p"]},"implicitRules":"http://example.org/r",
        "language":"en",
        "text":{"status":"additional","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">More than the parts</div>"},
        "contained":[{"resourceType":"Organization","id":"o"}],"extension":[{"url":"http://example.org/e","valueDecimal":1.50}],
        "identifier":[{"system":"urn:x","value":"1"},{"use":"old","system":"http://hl7.org/fhir/sid/us-npi","value":"1000000004"},
        {"system":"http://hl7.org/fhir/sid/us-npi","value":"1234567893","period":{"start":"2010"}}],
        "name":[{"use":"maiden","family":"Before"},{"use":"official","text":"Dr. Ann Example","family":"Example",
        "_family":{"extension":[{"url":"http://e","valueString":"x"}]},"given":["Ann"],"prefix":["Dr."],"period":{"start":"2001"}},
        {"use":"nickname","given":["Annie"]}],"telecom":[{"system":"phone","value":"1","use":"mobile"},{"system":"phone","value":"2","use":"work","rank":1},
        {"system":"fax","value":"3","use":"work"}],
        "address":[{"use":"home","city":"Home"},{"use":"work","text":"all of it","line":["1 A St"],"city":"Dayton","state":"OH","period":{"start":"2020"}}],
        "gender":"female","birthDate":"1970-01-01","photo":[{"url":"http://example.org/i"}],
        "qualification":[{"code":{"text":"MD"}}],"communication":[{"text":"English"}]}
        """;

    private static readonly SavePractitionerInput Nothing = new();

    public static TheoryData<string, string> Changes => new()
    {
        {
            "identifier", """
            [{"system":"urn:x","value":"1"},{"use":"old","system":"http://hl7.org/fhir/sid/us-npi","value":"1000000004"},
            {"system":"http://hl7.org/fhir/sid/us-npi","value":"1003000126","period":{"start":"2010"}}]
            """
        },
        {
            "name", """
            [{"use":"maiden","family":"Before"},{"use":"official","family":"Sample","given":["Ann"],"prefix":["Dr."],"period":{"start":"2001"}},
            {"use":"nickname","given":["Annie"]}]
            """
        },
        {
            "telecom", """
            [{"system":"phone","value":"1","use":"mobile"},{"system":"phone","value":"22","use":"work","rank":1},
            {"system":"email","use":"work","value":"a@example.org"}]
            """
        },
        { "address", """[{"use":"home","city":"Home"},{"use":"work","line":["1 A St"],"city":"Hamilton","state":"OH","period":{"start":"2020"}}]""" },
        { "gender", "\"other\"" },
        { "active", "false" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_field_changes_its_own_place_and_nothing_else(string element, string expected)
    {
        var stored = Parse(Full);
        var merge = PractitionerMerge.Of(stored, Input(element));

        merge.Elements.ShouldBe([element]);
        Sorted(merge.Resource[element]!).ShouldBe(Sorted(JsonNode.Parse(expected)!));
        foreach (var other in Parse(Full).Where(member => member.Key != element))
            merge.Resource[other.Key]!.ToJsonString().ShouldBe(other.Value!.ToJsonString(), other.Key);
        stored.ToJsonString().ShouldBe(Parse(Full).ToJsonString(), "what was read is not touched");
        merge.Resource.ToJsonString().ShouldContain("1.50", customMessage: "a number keeps its digits");
    }

    [Fact]
    public void What_is_cleared_is_gone_and_an_empty_list_with_it()
    {
        var merge = PractitionerMerge.Of(
            Parse("""
                {"resourceType":"Practitioner","telecom":[{"system":"fax","value":"3"}],"name":[{"family":"Example","prefix":["Dr."]}],
                "address":[{"city":"X"}]}
                """),
            Nothing with { Clear = ["fax", "prefix", "address", "suffix", "email"] });
        merge.Resource.ToJsonString().ShouldBe("""{"resourceType":"Practitioner","name":[{"family":"Example"}]}""");
    }

    [Fact]
    public void What_a_server_leaves_out_or_keeps_is_seen()
    {
        var merge = PractitionerMerge.Of(Parse(Full), Nothing with { Phone = "22", Clear = ["prefix"] });
        PractitionerMatch.Lost(merge.Resource, merge.Resource).ShouldBeEmpty();
        PractitionerMatch.Stayed(merge, merge.Resource).ShouldBeEmpty();
        var kept = Parse(Full);
        kept.Remove("qualification");
        PractitionerMatch.Lost(merge.Resource, kept).ShouldBe(["telecom", "qualification"]);
        PractitionerMatch.Stayed(merge, kept).ShouldBe(["name"]);
    }

    [Theory]
    [InlineData("""{"resourceType":"Practitioner","name":{"family":"Example"}}""")]
    [InlineData("""{"resourceType":"Practitioner","name":["Example"]}""")]
    public void A_record_that_is_not_built_as_R4_wants_is_not_written_over(string stored) =>
        Should.Throw<System.Text.Json.JsonException>(() => PractitionerMerge.Of(Parse(stored), Nothing with { Family = "Sample" }));

    private static SavePractitionerInput Input(string element) => element switch
    {
        "identifier" => Nothing with { Npi = "1003000126" },
        "name" => Nothing with { Family = "  Sample " },
        "telecom" => Nothing with { Phone = "22", Email = "a@example.org", Clear = ["fax"] },
        "address" => Nothing with { Address = new PractitionerAddress { City = "Hamilton" } },
        "gender" => Nothing with { Gender = "other" },
        _ => Nothing with { Active = false },
    };

    private static JsonObject Parse(string json) => ResourceJson.Read(System.Text.Encoding.UTF8.GetBytes(json));

    private static string Sorted(JsonNode node) => node switch
    {
        JsonObject one => $"{{{string.Join(',', one.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key}:{Sorted(m.Value!)}"))}}}",
        JsonArray list => $"[{string.Join(',', list.Select(item => Sorted(item!)))}]",
        _ => node.ToJsonString(),
    };
}
