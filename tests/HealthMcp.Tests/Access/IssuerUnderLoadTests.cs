using System.Net;
using HealthMcp.Access.Tokens;

namespace HealthMcp.Tests.Access;

/// <summary>The whole server while its issuer rotates keys and falls silent: good and bad requests keep coming, many at once.</summary>
public sealed class IssuerUnderLoadTests
{
    private const int Each = 25;

    [Fact]
    public async Task Through_rotation_and_silence_no_good_request_is_refused_and_no_bad_one_let_in()
    {
        await using var server = await ProtectedServer.StartAsync();
        server.Issuer.Keys = [TestKey.Rsa];
        await HoldsAsync(server, TestKey.Rsa);

        // Announced beside the old key, then alone.
        server.Issuer.Keys = [TestKey.Rsa, TestKey.Next];
        server.Time.Advance(KeyRing.MinimumInterval);
        await HoldsAsync(server, TestKey.Next, TestKey.Rsa);
        server.Issuer.Keys = [TestKey.Next];
        server.Time.Advance(KeyRing.MinimumInterval);
        await HoldsAsync(server, TestKey.Next);

        server.Issuer.Down = true;
        for (var since = TimeSpan.Zero; since < KeyRing.Fresh + KeyRing.Grace; since += TimeSpan.FromMinutes(14))
        {
            await HoldsAsync(server, TestKey.Next);
            server.Time.Advance(TimeSpan.FromMinutes(14));
        }

        server.Time.Advance(TimeSpan.FromSeconds(1));
        (await AskAsync(server, TestKey.Next)).ShouldAllBe(status => status == HttpStatusCode.ServiceUnavailable);
        server.Issuer.Down = false;
        server.Time.Advance(KeyRing.MinimumInterval);
        await HoldsAsync(server, TestKey.Next);
    }

    private static async Task HoldsAsync(ProtectedServer server, params TestKey[] good)
    {
        var (let, kept) = (good.Select(key => AskAsync(server, key)).ToList(), new[] { AskAsync(server, TestKey.Attacker), AskAsync(server, TestKey.Ec384) });

        (await Task.WhenAll(let)).SelectMany(status => status).ShouldAllBe(status => status == HttpStatusCode.OK);
        (await Task.WhenAll(kept)).SelectMany(status => status)
            .ShouldAllBe(status => status == HttpStatusCode.Unauthorized || (server.Issuer.Down && status == HttpStatusCode.ServiceUnavailable));
    }

    private static Task<HttpStatusCode[]> AskAsync(ProtectedServer server, TestKey key)
    {
        var token = (server.Tokens with { Key = key, Algorithm = key == TestKey.Ec384 ? "ES384" : "RS256" }).Make();
        return Task.WhenAll(Enumerable.Range(0, Each).Select(async _ => (await server.ListAsync(token)).Response.StatusCode));
    }
}
