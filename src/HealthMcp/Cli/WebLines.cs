using HealthMcp.Access;
using HealthMcp.Access.Tokens;
using HealthMcp.Keys;
using HealthMcp.Storage;

namespace HealthMcp.Cli;

/// <summary>How a server over HTTP would let callers in with these settings, for <c>doctor</c>.</summary>
internal sealed class WebLines(Settings settings, DataHome data, HttpMessageInvoker http, TimeProvider time)
{
    /// <returns>What to do; lines that begin with an exclamation mark keep callers out.</returns>
    public async Task<IReadOnlyList<string>> WriteAsync(TextWriter output, CancellationToken cancellation)
    {
        var advice = new List<string>();
        var keys = new KeyStore(data.Store, time).CountActive();
        await output.WriteLineAsync("Access (over HTTP)");
        await output.WriteLineAsync($"  address   {settings.Web.PublicUrl ?? "as listened on (HEALTHMCP_PUBLIC_URL is not set)"}");
        await output.WriteLineAsync($"  proxies   {(settings.Web.Proxies.Count == 0 ? "none: this machine only" : string.Join(", ", settings.Web.Proxies))}");
        await output.WriteLineAsync($"  sign-in   {SignIn(keys)}");
        foreach (var issuer in settings.Web.Auth?.Issuers ?? [])
        {
            var state = await new IssuerProbe(settings.Web.Auth!, http, time).AskAsync(issuer, cancellation);
            await output.WriteLineAsync($"            {issuer}: {state.Says}");
            if (state.Problem is { } problem) advice.Add($"! {problem}");
        }

        await output.WriteLineAsync($"  keys      {keys} active (healthmcp keys list)");
        await output.WriteLineAsync($"  rate      {settings.Web.PerMinute} requests a minute for each caller");
        await output.WriteLineAsync();
        return advice;
    }

    private string SignIn(int keys) => settings.Web.Auth switch
    {
        { Mode: AuthMode.Jwt } => "OAuth, tokens checked by signature",
        { } => "OAuth, tokens checked by asking the issuer",
        null when settings.SandboxOnly => "none: everyone who reaches it may use the made-up patients",
        null when keys > 0 => "none: registration keys only",
        null => $"none, so HTTP is refused while a system is live ({AuthSettingsReader.Issuers}, or healthmcp keys create)",
    };
}
