namespace HealthMcp.Http;

/// <summary>A base address from configuration: https, unless it is this machine. Problems name the setting, never its value.</summary>
internal static class LiveAddress
{
    public static Uri? Read(string name, string? value, ICollection<string> problems)
    {
        var problem = Check(value, out var address);
        if (problem is null) return address;
        problems.Add($"{name} {problem}");
        return null;
    }

    private static string? Check(string? value, out Uri? address)
    {
        address = null;
        if (string.IsNullOrWhiteSpace(value)) return "is missing: set it to the base address of the API.";
        if (!Uri.TryCreate(value.Trim(), UriKind.Absolute, out address) || address.Scheme is not ("https" or "http"))
        {
            return "is not an absolute https address.";
        }

        if (address.Scheme == "http" && !address.IsLoopback) return "must be https: credentials and patient data would travel readable otherwise.";
        if (address.UserInfo.Length > 0) return "must not contain credentials: there are settings of their own for them.";
        return address.Query.Length > 0 || address.Fragment.Length > 0 ? "must not contain a query or a fragment." : null;
    }
}
