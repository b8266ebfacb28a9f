using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.XCures;

/// <summary>The ProjectId header: as configured, or the account's only project, asked for once.</summary>
internal sealed class XCuresProject(Func<CancellationToken, ValueTask<XCuresAccount>> account, XCuresSignIn signIn, TokenSource tokens) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private IReadOnlyList<(string Name, string Value)>? _found;

    // The configured project was on the list once; what is refused later has another reason.
    private bool _good;

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

    /// <summary>
    /// Why a request was refused: 401 and 403 may both mean a wrong project, by the vendor's own documents. The list of projects, which needs none,
    /// tells it from wrong credentials and missing rights.
    /// </summary>
    /// <returns>Null when the project is not to blame, or nobody can tell.</returns>
    public async ValueTask<CallFailureException?> ExplainAsync(int status, CancellationToken cancellation)
    {
        if (status is not (401 or 403) || (await account(cancellation)).ProjectId is not { } configured || _good) return null;
        try
        {
            var usable = await AskAsync(cancellation);
            _good = usable.Contains(configured, StringComparer.OrdinalIgnoreCase);
        }
        catch (CallFailureException)
        {
            // The refusal itself says more than that its reason could not be found.
            return null;
        }

        return _good ? null : new CallFailureException(
            FailureCodes.NotConfigured,
            $"The xCures account may not use the project that this server is configured with ({status}): the operator must set "
                + $"{XCuresOptions.ProjectId} to one that list_projects gives, or leave it out if there is only one; repeating the call will not help.");
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
