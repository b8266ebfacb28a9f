namespace HealthMcp.Hosting;

/// <summary>The SDK keeps its version list internal, and the endpoint must answer for a version before the SDK sees the message.</summary>
internal static class ProtocolVersions
{
    public const string Batching = "2025-03-26";
    public const string Modern = "2026-07-28";

    public static IReadOnlyList<string> Supported { get; } = ["2024-11-05", Batching, "2025-06-18", "2025-11-25", Modern];

    /// <summary>What server/discover names: a client that sends its version with each request cannot choose one that needs initialize.</summary>
    public static IReadOnlyList<string> Stateless { get; } = [Modern];

    public static bool IsSupported(string version) => Supported.Contains(version, StringComparer.Ordinal);

    /// <summary>Modern requests are stateless and carry their own version and capabilities.</summary>
    public static bool IsModern(string? version) => string.Equals(version, Modern, StringComparison.Ordinal);
}
