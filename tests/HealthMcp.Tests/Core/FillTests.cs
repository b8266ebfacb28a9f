using System.Text.Json;
using System.Text.RegularExpressions;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Core;

/// <summary>A placeholder becomes what the record holds, on the way up only.</summary>
public sealed partial class FillTests : IAsyncLifetime
{
    private const string Lookup = """{"first_name":"Marissa","last_name":"Jones","date_of_birth":"1971-06-29"}""";

    private World _world = null!;
    private string _patient = "";

    public async Task InitializeAsync()
    {
        _world = await World.StartAsync();
        var preview = await _world.CallAsync("record_vitals", $$"""{"patient_lookup":{{Lookup}},"date_taken":"2026-11-20","pulse":70}""");
        _patient = Handle().Match(preview.Text).Value;
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task The_record_gets_the_value_and_the_caller_does_not()
    {
        var arguments = Vitals("born {{P.birth_date}}, called {{ P.NAME }} or {{P.last_name}}, reach ({{P.mrn}}).");
        var preview = await _world.CallAsync("record_vitals", arguments);
        var written = await _world.CallAsync("record_vitals", arguments[..^1] + $$""","confirmation":"{{preview.Confirmation}}"}""");

        written.Content.GetProperty("write").GetProperty("status").GetString().ShouldBe("done", written.Text);
        written.Content.GetProperty("write").GetProperty("verified").GetBoolean().ShouldBeTrue();
        foreach (var reply in new[] { preview, written })
            foreach (var value in new[] { "Marissa", "Jones", "1971-06-29" }) reply.Content.GetRawText().ShouldNotContain(value, Case.Insensitive);
        using var identified = _world.Build(("HEALTHMCP_PRIVACY", "identified"), ("HEALTHMCP_PURPOSE", "treatment"));
        var seen = await _world.CallAsync("record_vitals", Vitals("{{P.name}}, born {{P.birth_date}}"), identified);
        seen.Data.GetProperty("note").GetString().ShouldBe(
            $"{Name(seen)}, born 1971-06-29 [AI-written via HealthMcp: confirmed by the agent, not by a person]");
    }

    [Fact]
    public async Task Every_reason_not_to_fill_looks_the_same()
    {
        var other = (await _world.CallAsync("drcloud_fhir_search", """{"type":"Patient","query":"gender=female","count":1}"""))
            .Resources()[0].GetProperty("id").GetString()!;
        var refusals = new List<string>();
        foreach (var note in (string[])
        [
            "{{pt_0000000000000000.name}}", $$$"""{{{{{other}}}.name}}""", "{{P.ssn}}", "{{P.nothing}}", "{{P}}", "{{P.name.first}}", "{{patient.name}}", "{{",
            "{{subj_0000000000000000.name}}", "{{P.name}} {{P.oops}}",
        ])
        {
            var reply = await _world.CallAsync("record_vitals", Vitals(note));
            reply.ErrorCode.ShouldBe("invalid_argument", note);
            refusals.Add(reply.Content.GetRawText());
        }

        refusals.Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        refusals[0].ShouldContain("birth_date");
    }

    [Theory]
    [InlineData("record_vitals", """{"patient":"P","date_taken":"2026-11-20","pulse":70,"weight_code":"{{P.name}}"}""")]
    [InlineData("record_vitals", """{"patient_lookup":{"first_name":"{{P.first_name}}","last_name":"Jones","date_of_birth":"1971-06-29"},"date_taken":"2026-11-20","pulse":70}""")]
    [InlineData("search_subjects", """{"firstName":"{{P.first_name}}","lastName":"Jones"}""")]
    [InlineData("drcloud_fhir_search", """{"type":"Patient","query":"family={{P.last_name}}&given=x"}""")]
    [InlineData("drcloud_fhir_search", """{"type":"Condition","parameters":[{"name":"code","value":"{{P.name}}"}]}""")]
    [InlineData("lang2fhir_create", """{"text":"{{P.name}} has asthma","resource":"auto"}""")]
    [InlineData("extract_codes", """{"text":"{{P.name}} has asthma"}""")]
    public async Task Nowhere_else_is_anything_filled_in_or_sent(string tool, string arguments)
    {
        var named = arguments.Replace("{P.", $"{{{_patient}.", StringComparison.Ordinal).Replace("\"P\"", $"\"{_patient}\"", StringComparison.Ordinal);

        var reply = await _world.CallAsync(tool, named);

        reply.ErrorCode.ShouldBe("invalid_argument", reply.Text);
        reply.Text.ShouldContain("Placeholders are not filled in here");
    }

    [Theory]
    [InlineData("xx{{P.first_name}}")]
    [InlineData("{{P.last_name}}xx")]
    [InlineData("{{P.last_name}}{{P.first_name}}")]
    [InlineData("&#{{P.mrn}};")]
    [InlineData("%{{P.mrn}}")]
    [InlineData("_{{P.last_name}} is well")]
    public async Task A_value_is_not_written_so_that_it_would_not_be_known_again(string note)
    {
        var reply = await _world.CallAsync("record_vitals", Vitals(note));

        reply.ErrorCode.ShouldBe("invalid_argument", reply.Text);
        reply.Text.ShouldContain("cannot be filled in");
    }

    [Fact]
    public async Task How_long_a_value_is_does_not_show()
    {
        foreach (var (pad, fits) in new[] { (1720, true), (1721, false) })
            (await _world.CallAsync("record_vitals", Vitals(new string('x', pad - 1) + " {{P.name}}"))).IsError.ShouldBe(!fits);
    }

    [Fact]
    public async Task Braces_that_mean_something_else_are_text() =>
        (await _world.CallAsync("lang2fhir_create", """{"text":"Template {{name}}: severe asthma","resource":"auto"}""")).IsError.ShouldBeFalse();

    [Fact]
    public async Task Guesses_in_a_note_do_not_come_back_sorted_into_right_and_wrong()
    {
        var guesses = string.Join(' ', Enumerable.Range(10000, 100)) + " Jones Zzyzwicz";

        var preview = await _world.CallAsync("record_vitals", Vitals(guesses));

        preview.Data.TryGetProperty("note", out _).ShouldBeFalse();
        preview.Content.GetRawText().ShouldNotContain("Zzyzwicz");
        preview.Content.GetProperty("write").GetProperty("says").GetString()!.ShouldContain("note");
    }

    private string Vitals(string note) => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["patient"] = _patient,
        ["date_taken"] = "2026-11-20",
        ["pulse"] = 70,
        ["note"] = note.Replace("P.", $"{_patient}.", StringComparison.Ordinal).Replace("{P}", $"{{{_patient}}}", StringComparison.Ordinal),
    });

    private static string Name(ToolReply preview) => preview.Data.GetProperty("patient").GetProperty("name").GetString()!.Split(',')[0] is var full
        && preview.Data.GetProperty("note").GetString()!.StartsWith(full.Split(' ')[0], StringComparison.Ordinal)
        ? preview.Data.GetProperty("note").GetString()!.Split(',')[0]
        : "";

    [GeneratedRegex("pt_[0-9a-z]{16}")]
    private static partial Regex Handle();
}
