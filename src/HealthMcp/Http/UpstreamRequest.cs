using System.Globalization;
using System.Text;
using HealthMcp.Catalog;

namespace HealthMcp.Http;

/// <summary>An endpoint filled in: path values, query, headers and body. The only place where a URL is put together.</summary>
internal sealed record UpstreamRequest(Endpoint Endpoint)
{
    private readonly List<(string Name, string[] Parts)> _route = [];
    private readonly List<(string Name, string Value)> _query = [];
    private readonly List<(string Name, string Value)> _headers = [];

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Link that the upstream itself gave for the next page, used as it stands; followed on the system's own origin only.</summary>
    public Uri? Link { get; init; }

    /// <summary>A repeat after a lost answer does no harm.</summary>
    public bool MayRepeat => !Endpoint.ChangesState || Endpoint.RepeatIsSafe;

    /// <summary>Leaves out what every other request of the system carries, such as xCures' ProjectId.</summary>
    public bool WithoutCommonHeaders { get; init; }

    public string ContentType { get; init; } = "application/json";

    public string Accept { get; init; } = "application/json";

    public IReadOnlyList<(string Name, string Value)> Headers => _headers;

    public UpstreamRequest Route(string name, string value) => Route(name, [value]);

    /// <summary>A parameter that takes several parts of a path, as that of a proxy does; the slashes between them stay slashes.</summary>
    public UpstreamRequest Route(string name, string[] parts)
    {
        _route.Add((name, parts));
        return this;
    }

    /// <summary>Adds a query parameter; null and empty are left out.</summary>
    public UpstreamRequest Query(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) _query.Add((name, value));
        return this;
    }

    public UpstreamRequest Query(string name, int? value) => Query(name, value?.ToString(CultureInfo.InvariantCulture));

    public UpstreamRequest Query(string name, bool? value) => Query(name, value switch { true => "true", false => "false", null => null });

    /// <summary>A list goes as a repeated key (OpenAPI's default: form, explode).</summary>
    public UpstreamRequest Query(string name, IEnumerable<string>? values)
    {
        foreach (var value in values ?? []) Query(name, value);
        return this;
    }

    public UpstreamRequest Header(string name, string value)
    {
        _headers.Add((name, value));
        return this;
    }

    /// <summary>Path and query below the system's base address, every value percent-encoded.</summary>
    /// <exception cref="InvalidOperationException">A path value is missing or would change the path.</exception>
    public string RelativeUri()
    {
        var text = new StringBuilder(Path());
        for (var i = 0; i < _query.Count; i++)
            text.Append(i == 0 ? '?' : '&').Append(Uri.EscapeDataString(_query[i].Name)).Append('=').Append(Uri.EscapeDataString(_query[i].Value));
        return text.ToString();
    }

    /// <summary>The path alone, filled in; also what a confirmation is bound to.</summary>
    public string Path()
    {
        var path = Endpoint.Path;
        foreach (var (name, parts) in _route)
        {
            // A value of "." or ".." would be folded away by URI rules and reach another endpoint.
            if (parts.Length == 0 || parts.Any(part => part is "" or "." or "..")) throw new InvalidOperationException("path value would change the path");
            path = path.Replace($"{{{name}}}", string.Join('/', parts.Select(Uri.EscapeDataString)), StringComparison.Ordinal);
        }

        return path.Contains('{', StringComparison.Ordinal) ? throw new InvalidOperationException($"path value missing for {Endpoint.Key}") : path;
    }
}
