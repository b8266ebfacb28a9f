using System.Net;
using System.Net.Sockets;
using HealthMcp.Catalog;

namespace HealthMcp.Http;

/// <summary>
/// Where an upstream says that a file lies. Its answer decides the address, so the address must not lead this server into its own network:
/// it is https on a public machine, or it lies on the system's own origin, which the operator configured. Whoever holds it can read the file, so
/// it is never shown: neither a failure nor <see cref="ToString"/> repeats it.
/// </summary>
internal sealed class SignedAddress
{
    private const int Longest = 8192;
    private static readonly string[] LocalNames = ["localhost", ".localhost", ".local", ".internal", ".intranet", ".lan", ".home", ".corp", ".arpa"];

    private SignedAddress(Uri value, bool ownOrigin) => (Value, IsOwnOrigin) = (value, ownOrigin);

    public Uri Value { get; }

    /// <summary>On the machine that the operator configured; it may be a private one, or this one.</summary>
    public bool IsOwnOrigin { get; }

    /// <param name="system">Who gave the address, for the failure's sentence.</param>
    /// <param name="home">The system's base address.</param>
    /// <param name="given">What the upstream wrote.</param>
    /// <exception cref="CallFailureException">It leads where this server does not go.</exception>
    public static SignedAddress Read(string system, Uri home, string? given)
    {
        if (given is null or { Length: 0 or > Longest } || given.Any(c => c is <= ' ' or > '~' or '\\')
            || !Uri.TryCreate(given, UriKind.Absolute, out var address))
            throw UpstreamFailures.ForeignFile(system);
        if (address.UserInfo.Length > 0 || address.HostNameType is not (UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6))
            throw UpstreamFailures.ForeignFile(system);
        if (address.Scheme is "http" or "https" && SameOrigin(home, address)) return new SignedAddress(address, ownOrigin: true);
        return address.Scheme == "https" && address.IsDefaultPort && IsPublicName(address) ? new SignedAddress(address, ownOrigin: false)
            : throw UpstreamFailures.ForeignFile(system);
    }

    /// <summary>Without the address: it opens the file for whoever reads it.</summary>
    public override string ToString() => nameof(SignedAddress);

    private static bool SameOrigin(Uri home, Uri address) =>
        Uri.Compare(home, address, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    // A name is looked at again when it has been resolved; here only what is known to be local goes.
    private static bool IsPublicName(Uri address)
    {
        if (IPAddress.TryParse(address.DnsSafeHost, out var number)) return PublicNetwork.Has(number);
        var name = address.IdnHost.TrimEnd('.').ToLowerInvariant();
        return name.Contains('.', StringComparison.Ordinal) && !LocalNames.Any(local => name.EndsWith(local, StringComparison.Ordinal));
    }
}

/// <summary>Internet addresses that belong to no private or special network (RFC 6890 and the IANA special-purpose registries).</summary>
internal static class PublicNetwork
{
    private static readonly IPNetwork[] Special =
    [
        .. "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 "
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPNetwork.Parse),
        .. "198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3".Split(' ').Select(IPNetwork.Parse),

        // Of IPv6 only 2000::/3 is given out; in it lie tunnels and documentation, which can hold any IPv4 address.
        .. "2001::/23 2001:db8::/32 2002::/16 3fff::/20".Split(' ').Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    public static bool Has(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (plain.AddressFamily == AddressFamily.InterNetworkV6 && !GlobalUnicast.Contains(plain)) return false;
        return !Special.Any(network => network.BaseAddress.AddressFamily == plain.AddressFamily && network.Contains(plain));
    }
}
