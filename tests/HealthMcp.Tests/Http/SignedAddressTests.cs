using System.Net;
using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Tests.Http;

/// <summary>The answer of an upstream must not lead this server into its own network, nor its token anywhere.</summary>
public sealed class SignedAddressTests
{
    private static readonly Uri Live = new("https://partner.xcures.test/");

    [Theory]
    [InlineData("")]
    [InlineData("not an address")]
    [InlineData("/relative?X-Amz-Signature=1")]
    [InlineData("//bucket.s3.example.org/x")]
    [InlineData("http://bucket.s3.example.org/x")]
    [InlineData("ftp://bucket.s3.example.org/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://bucket.s3.example.org/x")]
    [InlineData("data:text/plain,hello")]
    [InlineData("javascript:alert(1)")]
    [InlineData("unix:///var/run/docker.sock")]
    [InlineData("https://user:password@bucket.s3.example.org/x")]
    [InlineData("https://bucket.s3.example.org:8443/x")]
    [InlineData("https://bucket.s3.example.org:22/x")]
    [InlineData("https://localhost/x")]
    [InlineData("https://LOCALHOST./x")]
    [InlineData("https://api.localhost/x")]
    [InlineData("https://printer.local/x")]
    [InlineData("https://metadata.google.internal/computeMetadata/v1/")]
    [InlineData("https://intranet/x")]
    [InlineData("https://127.0.0.1/x")]
    [InlineData("https://127.1/x")]
    [InlineData("https://2130706433/x")]
    [InlineData("https://0x7f000001/x")]
    [InlineData("https://0177.0.0.1/x")]
    [InlineData("https://0.0.0.0/x")]
    [InlineData("https://10.1.2.3/x")]
    [InlineData("https://100.64.0.1/x")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("https://172.16.0.1/x")]
    [InlineData("https://172.31.255.254/x")]
    [InlineData("https://192.168.1.1/x")]
    [InlineData("https://198.18.0.1/x")]
    [InlineData("https://224.0.0.1/x")]
    [InlineData("https://255.255.255.255/x")]
    [InlineData("https://[::1]/x")]
    [InlineData("https://[::]/x")]
    [InlineData("https://[::ffff:127.0.0.1]/x")]
    [InlineData("https://[::ffff:169.254.169.254]/x")]
    [InlineData("https://[::127.0.0.1]/x")]
    [InlineData("https://[64:ff9b::7f00:1]/x")]
    [InlineData("https://[2002:7f00:1::]/x")]
    [InlineData("https://[fe80::1]/x")]
    [InlineData("https://[fc00::1]/x")]
    [InlineData("https://[fd00:ec2::254]/latest")]
    [InlineData("https://bucket.s3.example.org\\@127.0.0.1/x")]
    [InlineData("https://bucket.s3.example.org/x\r\nHost: other")]
    [InlineData("https://bücket.example.org/x")]
    [InlineData("http://partner.xcures.test/x")]
    [InlineData("https://partner.xcures.test:444/x")]
    public void What_leads_elsewhere_is_refused_and_not_repeated(string given)
    {
        var failure = Should.Throw<CallFailureException>(() => SignedAddress.Read("xcures", Live, given));

        failure.Code.ShouldBe(FailureCodes.UpstreamError);
        failure.Retryable.ShouldBeFalse();
        if (given.Length > 0) failure.ToString().ShouldNotContain(given, Case.Insensitive);
    }

    [Fact]
    public void A_very_long_address_is_refused() =>
        Should.Throw<CallFailureException>(() => SignedAddress.Read("xcures", Live, "https://bucket.s3.example.org/" + new string('a', 9000)));

    [Fact]
    public void None_is_refused() => Should.Throw<CallFailureException>(() => SignedAddress.Read("xcures", Live, null));

    [Theory]
    [InlineData("https://bucket.s3.us-east-1.amazonaws.com/doc?X-Amz-Signature=abc", false)]
    [InlineData("https://bucket.s3.example.org./doc?X-Amz-Signature=abc", false)]
    [InlineData("https://8.8.8.8/doc", false)]
    [InlineData("https://[2600:1f18::1]/doc", false)]
    [InlineData("https://partner.xcures.test/files/doc?sig=1", true)]
    [InlineData("https://PARTNER.xcures.test:443/files/doc?sig=1", true)]
    public void Public_storage_and_the_systems_own_origin_are_good(string given, bool own)
    {
        var address = SignedAddress.Read("xcures", Live, given);

        address.IsOwnOrigin.ShouldBe(own);
        address.ToString().ShouldBe("SignedAddress");
    }

    [Theory]
    [InlineData("http://127.0.0.1:8123/xcures/storage/a", true)]
    [InlineData("http://127.0.0.1:8124/xcures/storage/a", false)]
    [InlineData("https://127.0.0.1:8123/xcures/storage/a", false)]
    [InlineData("http://localhost:8123/xcures/storage/a", false)]
    public void On_the_sandbox_its_own_port_is_good_and_no_other(string given, bool good)
    {
        var home = new Uri("http://127.0.0.1:8123/xcures/");
        if (good) SignedAddress.Read("xcures", home, given).IsOwnOrigin.ShouldBeTrue();
        else Should.Throw<CallFailureException>(() => SignedAddress.Read("xcures", home, given));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("8.8.8.8", "10.0.0.1")]
    [InlineData("::1")]
    [InlineData("169.254.169.254")]
    public async Task A_name_that_leads_inside_is_not_connected_to(params string[] numbers)
    {
        using var http = GuardedHttp.Create((_, _) => Task.FromResult(numbers.Select(IPAddress.Parse).ToArray()));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://rebinding.example.org/x");

        var refused = await Should.ThrowAsync<HttpRequestException>(() => http.SendAsync(request, CancellationToken.None));

        refused.HttpRequestError.ShouldBe(HttpRequestError.ConnectionError);
        refused.ToString().ShouldContain("not a public address");
    }

    [Fact]
    public async Task A_number_that_leads_inside_is_not_connected_to()
    {
        using var http = GuardedHttp.Create();
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://127.0.0.1:9/x");

        (await Should.ThrowAsync<HttpRequestException>(() => http.SendAsync(request, CancellationToken.None))).ToString().ShouldContain("not a public address");
    }
}
