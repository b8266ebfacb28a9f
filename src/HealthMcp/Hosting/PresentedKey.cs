using Microsoft.AspNetCore.Http;

namespace HealthMcp.Hosting;

/// <summary>The last part of a request's path, where that part is a secret. <see cref="SecretPath"/> took it out of the path.</summary>
internal sealed record PresentedKey(string Value)
{
    /// <returns>Null when the request came on another path.</returns>
    public static string? Of(HttpContext context) => context.Features.Get<PresentedKey>()?.Value;

    // Features are listed in debug output.
    public override string ToString() => nameof(PresentedKey);
}
