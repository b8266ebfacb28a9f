using System.Collections.Frozen;

namespace HealthMcp.Privacy;

/// <summary>Extensions that stay below identified: Shapes/fhir-extensions.txt.</summary>
internal sealed class KeptExtensions
{
    private readonly FrozenSet<string> _urls = Tables.Text("shapes/fhir-extensions").Split('\n')
        .Where(line => line.StartsWith("http", StringComparison.Ordinal)).ToFrozenSet(StringComparer.Ordinal);

    /// <param name="url">Extension.url as it came.</param>
    /// <param name="inside">True below a known extension, whose parts are named by a word (R4 2.4.1.0).</param>
    public bool IsKept(string? url, bool inside) => url is not null && (_urls.Contains(url) || (inside && url.Length <= 40 && !url.Contains(':')));
}
