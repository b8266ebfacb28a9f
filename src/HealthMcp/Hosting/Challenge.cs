using System.Text;

namespace HealthMcp.Hosting;

/// <summary>WWW-Authenticate as RFC 6750, RFC 9728 and MCP want it. Every value is one of ours, so nothing in it needs escaping.</summary>
internal sealed class Challenge(Uri metadata)
{
    public string Of(IEnumerable<string> scopes, string? error = null, string? description = null)
    {
        var text = new StringBuilder($"Bearer resource_metadata=\"{metadata.AbsoluteUri}\"");
        var asked = string.Join(' ', scopes);
        if (error is not null) text.Append($", error=\"{error}\"");
        if (description is not null) text.Append($", error_description=\"{description}\"");
        if (asked.Length > 0) text.Append($", scope=\"{asked}\"");
        return text.ToString();
    }
}
