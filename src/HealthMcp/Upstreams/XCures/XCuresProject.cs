using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.XCures;

/// <summary>The ProjectId header: as configured, or the account's only project, asked for once.</summary>
internal sealed class XCuresProject(Func<CancellationToken, ValueTask<XCuresAccount>> account, XCuresSignIn signIn, TokenSource tokens) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private IReadOnlyList<(string Name, string Value)>? _found;

    public async ValueTask<IReadOnlyList<(string Name, string Value)>> HeadersAsync(CancellationToken cancellation)
    {
        if (_found is { } known) return known;
        var configured = (await account(cancellation)).ProjectId;
        if (configured is not null) return _found = [("ProjectId", configured)];
        await _one.WaitAsync(cancellation);
        try
        {
            return _found ??= [("ProjectId", Only(await AskAsync(cancellation)))];
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<IReadOnlyList<string>> AskAsync(CancellationToken cancellation)
    {
        var token = await tokens.GetAsync(cancellation);
        try
        {
            return await signIn.ProjectsAsync(token, cancellation);
        }
        catch (CallFailureException failure) when (failure.Code == FailureCodes.UpstreamUnauthorized)
        {
            // The token may only have run out: one new token, one more try.
            tokens.Refused(token);
            return await signIn.ProjectsAsync(await tokens.GetAsync(cancellation), cancellation);
        }
    }

    private static string Only(IReadOnlyList<string> projects) => projects.Count switch
    {
        1 => projects[0],
        0 => throw new CallFailureException(FailureCodes.NotConfigured, "The xCures account may use no project: the operator must be given one by xCures."),
        _ => throw new CallFailureException(
            FailureCodes.NotConfigured,
            $"The xCures account may use several projects: the operator must choose one with {XCuresOptions.ProjectId}."),
    };
}
