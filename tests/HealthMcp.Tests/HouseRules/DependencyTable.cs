namespace HealthMcp.Tests.HouseRules;

/// <summary>
/// Who may know whom. A row is a folder of src/HealthMcp, or a file at its root; <c>Upstreams/*</c> is each of the systems by itself.
/// Every folder may know itself and <c>Storage</c>. What has no row fails.
/// </summary>
internal static class DependencyTable
{
    public const string Everything = "*";

    /// <summary>The other project. Only what may know everything may start it.</summary>
    public const string Sandbox = "Sandbox";

    private static readonly Dictionary<string, string[]> Rows = new(StringComparer.Ordinal)
    {
        // At the root.
        ["Program"] = ["Composition", "Cli"],
        ["Composition"] = [Everything],
        ["App"] = ["Settings", "Instructions", "Pipeline", "Access", "Privacy", "Writes", "Audit", "Http", "Catalog", "Prompts"],
        ["Settings"] = ["SettingWords", "Pipeline", "Access", "Privacy", "Audit"],
        ["SettingWords"] = ["Settings", "Pipeline", "Privacy", "Audit"],
        ["Instructions"] = ["Settings"],

        // Folders, from the bottom up.
        ["Storage"] = [],
        ["Catalog"] = [],
        ["FhirR4"] = [],
        ["Documents"] = [],
        ["Privacy"] = [],
        ["Audit"] = [],
        ["Http"] = ["Catalog"],
        ["Access"] = ["Catalog", "Http"],
        ["Writes"] = ["Catalog"],
        ["Upstreams/*"] = ["Http", "Catalog", "FhirR4", "Documents"],
        ["Pipeline"] = ["Access", "Privacy", "Writes", "Audit", "Catalog", "FhirR4"],
        ["Hosting"] = ["Access"],
        ["Approvals"] = ["Pipeline", "Writes"],
        ["Keys"] = ["Access", "Hosting"],
        ["Prompts"] = ["Catalog", "Access"],
        ["Resources"] = ["Catalog", "Access"],
        ["Apps"] = ["Catalog", "Access"],
        ["Cli"] = [Everything],
        [Sandbox] = [],
    };

    public static bool Knows(string unit) => Rows.ContainsKey(Row(unit));

    public static bool Allows(string from, string to)
    {
        if (from == to || to == "Storage" && from != Sandbox) return true;
        return Rows.TryGetValue(Row(from), out var row) && (row.Contains(Everything, StringComparer.Ordinal) || row.Contains(to, StringComparer.Ordinal));
    }

    private static string Row(string unit) => unit.StartsWith("Upstreams/", StringComparison.Ordinal) ? "Upstreams/*" : unit;
}
