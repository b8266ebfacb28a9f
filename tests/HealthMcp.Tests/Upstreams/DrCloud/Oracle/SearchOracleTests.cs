namespace HealthMcp.Tests.Upstreams.DrCloud.Oracle;

public sealed class QuirkyRecords : IAsyncLifetime
{
    internal OracleWorld World { get; private set; } = null!;

    public async Task InitializeAsync() => World = await OracleWorld.StartAsync(conformant: false);

    public async Task DisposeAsync() => await World.DisposeAsync();
}

public sealed class ConformantRecords : IAsyncLifetime
{
    internal OracleWorld World { get; private set; } = null!;

    public async Task InitializeAsync() => World = await OracleWorld.StartAsync(conformant: true);

    public async Task DisposeAsync() => await World.DisposeAsync();
}

/// <summary>
/// Every question is answered right, or refused as the table says; through a real client, on both kinds of server. What is asked of one as a query
/// string is asked of the other in arguments.
/// </summary>
public sealed class QuirkySearchOracleTests(QuirkyRecords records) : IClassFixture<QuirkyRecords>
{
    [Fact]
    public async Task Every_question_is_answered_right_or_refused_as_listed() => await SearchOracle.CheckAsync(records.World, 'q');

    [Fact]
    public void Any_well_formed_question_finds_what_is_right_over_all_pages_once() => SearchProperties.Check(records.World, 11);
}

public sealed class ConformantSearchOracleTests(ConformantRecords records) : IClassFixture<ConformantRecords>
{
    [Fact]
    public async Task Every_question_is_answered_right_or_refused_as_listed() => await SearchOracle.CheckAsync(records.World, 'c');

    [Fact]
    public void Any_well_formed_question_finds_what_is_right_over_all_pages_once() => SearchProperties.Check(records.World, 12);
}

internal static class SearchOracle
{
    public static async Task CheckAsync(OracleWorld world, char server)
    {
        var (wrong, refused) = (new List<string>(), 0);
        foreach (var (number, line) in SearchQueryTable.Lines.Index())
        {
            var (isRefused, text) = SearchQueryTable.Read(line, server);
            var query = OracleQuery.Parse(world.Filled(text));
            var answer = await world.AskAsync((number + server) % 2 == 0 ? OracleCheck.Arguments(query) : OracleCheck.Structured(query));
            if (isRefused && answer.Refusal is not null) refused++;
            else if (isRefused) wrong.Add($"{text}: answered, and should be refused");
            else if (OracleCheck.Of(world, query, answer) is { } problem) wrong.Add($"{text}: {problem}");
        }

        string.Join('\n', wrong).ShouldBeEmpty();
        SearchQueryTable.Lines.Count.ShouldBeGreaterThanOrEqualTo(300);
        refused.ShouldBeLessThanOrEqualTo(SearchQueryTable.Lines.Count / 20);
    }
}
