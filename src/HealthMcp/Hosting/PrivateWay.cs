using System.Net;
using Microsoft.AspNetCore.Http;

namespace HealthMcp.Hosting;

/// <summary>On this machine nobody listens in; from elsewhere a secret in plain text has been seen by others already.</summary>
internal static class PrivateWay
{
    public static bool Leads(HttpContext context) =>
        context.Request.IsHttps || (context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address));
}
