using System.Text.RegularExpressions;
using HealthMcp.Prompts;
using HealthMcp.Tests.HouseRules;

namespace HealthMcp.Tests.Prompts;

/// <summary>The four files themselves: what they must say to a model, whatever their words.</summary>
public sealed partial class PromptFilesTests
{
    private static readonly string[] Tools =
        ["search_subjects", "get_clinical_concepts", "record_vitals", "extract_codes", "lang2fhir_create", "drcloud_fhir_search"];
    private static readonly IReadOnlyList<PromptTemplate> Templates = PromptBook.Embedded().Templates;

    public static TheoryData<string> Names => [.. Templates.Select(t => t.Name)];

    [Fact]
    public void Every_file_is_built_in_and_named_like_its_prompt() =>
        Templates.Select(t => $"prompts/{t.Name}.md")
            .ShouldBe(Repository.Files.Where(f => f.Path.StartsWith("prompts/", StringComparison.Ordinal)).Select(f => f.Path));

    [Fact]
    public void The_four_are_there() =>
        Templates.Select(t => t.Name).ShouldBe(["chart_review_before_visit", "code_a_note", "cohort_to_fhir_search", "vitals_intake"]);

    [Theory]
    [MemberData(nameof(Names))]
    public void Speaks_only_of_tools_that_there_are(string name)
    {
        var body = Of(name).Body;
        Tools.Any(t => body.Contains(t, StringComparison.Ordinal)).ShouldBeTrue();
        SnakeCase()
            .Matches(Placeholder().Replace(body, ""))
            .Select(m => m.Value)
            .Except([.. Tools, "family_history", "social_history"], StringComparer.Ordinal)
            .ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Tells_the_model_what_it_must_keep_to(string name)
    {
        var body = Of(name).Body;
        body.ShouldContain("data", Case.Sensitive);
        body.ShouldContain("instruction");
        body.ShouldContain("withheld");
        Regex.IsMatch(body, "guess|do not choose|[Nn]ever choose|from memory").ShouldBeTrue();
        Regex.IsMatch(body, "[Dd]o not write anything|yes|explicit").ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_its_scopes_as_scopes_are_written(string name) => Of(name).Scopes.ShouldAllBe(s => Scope().IsMatch(s));

    private static PromptTemplate Of(string name) => Templates.Single(t => t.Name == name);

    [GeneratedRegex("[a-z0-9]+(_[a-z0-9]+)+", RegexOptions.ExplicitCapture)]
    private static partial Regex SnakeCase();

    [GeneratedRegex(@"\{\{\w+\}\}|\b(pt|subj)_")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^(xcures|phenoml|patients|drcloud)/[a-z]+\.[a-z]+$", RegexOptions.ExplicitCapture)]
    private static partial Regex Scope();
}
