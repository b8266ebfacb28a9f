namespace HealthMcp.Tests.Proofs.Attack;

/// <summary>
/// A client that asks again and again learns no more than one that asks once. The share here is small; the program runs it at length.
/// </summary>
public sealed class AttackTests
{
    /// <summary>Enough that a look-up has refused before the truth is asked for.</summary>
    private const int CallsEach = 8;

    [Fact]
    public async Task Guessing_a_birth_date_ends_after_a_few_tries() =>
        Check(await RunAsync(strategy => strategy.Name.StartsWith("guess", StringComparison.Ordinal)));

    [Fact]
    public async Task Registry_filters_tell_nothing_below_the_year() =>
        Check(await RunAsync(strategy => strategy.Tool is "search_subjects" or "get_clinical_concepts"));

    [Fact]
    public async Task Fhir_questions_tell_nothing_below_the_year() =>
        Check(await RunAsync(strategy => strategy.Tool == "drcloud_fhir_search" && !strategy.Name.Contains('.', StringComparison.Ordinal)));

    [Fact]
    public async Task The_practice_tells_nothing() => Check(await RunAsync(strategy => IsOfPractice(strategy.Name)));

    [Fact]
    public async Task The_registry_and_single_records_tell_nothing() => Check(await RunAsync(strategy => IsOfRegistry(strategy.Name)));

    [Fact]
    public async Task Writes_echoes_prompts_and_errors_tell_nothing() =>
        Check(await RunAsync(strategy => strategy.Tool is not ("search_subjects" or "get_clinical_concepts" or "drcloud_fhir_search")
            && !IsOfPractice(strategy.Name) && !IsOfRegistry(strategy.Name)));

    private static bool IsOfPractice(string name) =>
        name.StartsWith("practice", StringComparison.Ordinal) || name.StartsWith("guess in", StringComparison.Ordinal);

    private static bool IsOfRegistry(string name) =>
        name.StartsWith("registry", StringComparison.Ordinal) || name.StartsWith("records", StringComparison.Ordinal);

    private static Task<IReadOnlyList<Learned>> RunAsync(Func<Strategy, bool> chosen) =>
        Attempts.RunAsync(CallsEach, chosen, () => throw new InvalidOperationException("so few calls are not too many"));

    private static void Check(IReadOnlyList<Learned> learned)
    {
        learned.ShouldNotBeEmpty();
        learned.Where(one => one.Narrows)
            .Select(one => $"{one.Strategy.Name}: {one.RuledOut} ruled out, {one.Told.Count} told")
            .ShouldBeEmpty();
    }
}
