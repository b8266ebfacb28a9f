using System.Globalization;
using System.Net;

namespace HealthMcp.Keys;

/// <summary>Reads what an operator says of a new key: how long, and from where.</summary>
internal static class KeyTerms
{
    public static readonly TimeSpan Usual = TimeSpan.FromDays(90);
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>How far the clocks of two machines that share the file may be apart.</summary>
    public static readonly TimeSpan ClockDrift = TimeSpan.FromMinutes(5);

    public static readonly IReadOnlyList<string> Levels = ["deidentified", "limited", "identified"];

    /// <summary>Reads <c>90d</c>, <c>12h</c> or a date; null when it is none of them, in the past, or over a year away.</summary>
    public static DateTimeOffset? Expiry(string text, DateTimeOffset now)
    {
        var end = Span(text) is { } span ? now + span : Day(text);
        return end > now && end <= now + Longest ? end : null;
    }

    /// <summary>A range in CIDR form, or one address; null when it is neither. Mapped IPv4 becomes plain IPv4.</summary>
    public static string? Network(string text)
    {
        if (IPAddress.TryParse(text, out var address) && !text.Contains('/', StringComparison.Ordinal))
        {
            var plain = Plain(address);
            return $"{plain}/{(plain.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? "32" : "128")}";
        }

        return IPNetwork.TryParse(text, out var network) && !network.BaseAddress.IsIPv4MappedToIPv6 ? network.ToString() : null;
    }

    /// <summary>An address that is not known is in no network.</summary>
    public static bool Allows(IReadOnlyList<string> networks, IPAddress? address) =>
        networks.Count == 0 || (address is not null && networks.Any(text => IPNetwork.TryParse(text, out var network) && network.Contains(Plain(address))));

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static TimeSpan? Span(string text)
    {
        if (text.Length is < 2 or > 6 || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        return text[^1] switch
        {
            'd' => TimeSpan.FromDays(number),
            'h' => TimeSpan.FromHours(number),
            _ => null,
        };
    }

    private static DateTimeOffset? Day(string text) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day) ? day : null;
}
