using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace HealthMcp.Hosting;

/// <summary>Where a request comes from, for counting. A whole /64 of IPv6 is one sender: who has one address there has them all.</summary>
internal static class Sender
{
    private const int Network = 8;

    public static string Of(HttpContext context) => context.Connection.RemoteIpAddress is { } address ? Name(address) : "";

    public static string Name(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4().ToString();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, Network)) : address.ToString();
    }
}
