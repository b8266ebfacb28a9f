namespace HealthMcp.Http;

/// <summary>Reads the base URL of a live system from its setting. Problems name the setting and never show its value.</summary>
internal static class BaseAddress
{
    public static Uri? Read(string setting, string? value, ICollection<string> problems)
    {
        if (!Uri.TryCreate(value?.Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http"))
        {
            problems.Add($"{setting} must be an absolute URL such as https://host.example.");
            return null;
        }

        // Credentials in a URL end up in logs; a query or fragment would swallow every path that is appended.
        if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            problems.Add($"{setting} must hold host and path only: no user name, query or fragment.");
            return null;
        }

        if (uri.Scheme == "https" || uri.IsLoopback) return uri;
        problems.Add($"{setting} must use https: patient data and credentials would cross the network in the clear.");
        return null;
    }

    /// <summary>A setting without surrounding blanks; null when it is empty, because an empty variable means "not set".</summary>
    public static string? Setting(Func<string, string?> settings, string name) => settings(name)?.Trim() is { Length: > 0 } value ? value : null;
}
