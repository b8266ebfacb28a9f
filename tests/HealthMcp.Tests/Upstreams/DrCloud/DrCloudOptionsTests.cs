using HealthMcp.Upstreams.DrCloud;

namespace HealthMcp.Tests.Upstreams.DrCloud;

public sealed class DrCloudOptionsTests
{
    [Fact]
    public void Nothing_set_is_no_problem()
    {
        Read(out var problems, ("DRCLOUD_SITE", "north")).ShouldBeNull();
        problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_defaults_are_the_vendors()
    {
        var account = await Read(out _, ("DRCLOUD_BASE_URL", "https://ehr.test/app/"), ("DRCLOUD_CLIENT_ID", "id"))!.AccountAsync(CancellationToken.None);
        account.FhirBase.AbsoluteUri.ShouldBe("https://ehr.test/app/apis/default/fhir");
        account.TokenEndpoint.AbsoluteUri.ShouldBe("https://ehr.test/app/oauth2/default/token");
        account.Scopes.ShouldContain("system/Observation.read");
        account.Scopes.ShouldNotContain("system/Appointment.read");
        account.PrivateKeyPem.ShouldBeNull();
    }

    [Fact]
    public async Task Every_setting_is_used()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "PEM");
        var account = await Read(
            out _,
            ("DRCLOUD_BASE_URL", "https://ehr.test"),
            ("DRCLOUD_SITE", "no rth"),
            ("DRCLOUD_CLIENT_ID", "id"),
            ("DRCLOUD_CLIENT_SECRET", "s3cret"),
            ("DRCLOUD_PRIVATE_KEY_FILE", file),
            ("DRCLOUD_KEY_ID", "k1"),
            ("DRCLOUD_SCOPES", "a,b c"),
            ("DRCLOUD_TOKEN_URL", "https://auth.test/t"))!.AccountAsync(CancellationToken.None);
        File.Delete(file);
        account.FhirBase.AbsoluteUri.ShouldBe("https://ehr.test/apis/no%20rth/fhir");
        account.TokenEndpoint.AbsoluteUri.ShouldBe("https://auth.test/t");
        (account.PrivateKeyPem, account.KeyId, account.ClientSecret).ShouldBe(("PEM", "k1", "s3cret"));
        account.Scopes.ShouldBe(["a", "b", "c"]);
        account.ToString().ShouldNotContain("s3cret");
    }

    [Theory]
    [InlineData("DRCLOUD_BASE_URL", null, "DRCLOUD_BASE_URL is missing")]
    [InlineData("DRCLOUD_BASE_URL", "http://ehr.test", "DRCLOUD_BASE_URL must be https")]
    [InlineData("DRCLOUD_CLIENT_ID", " ", "DRCLOUD_CLIENT_ID is missing")]
    [InlineData("DRCLOUD_PRIVATE_KEY_FILE", "/nowhere/s3cret.pem", "DRCLOUD_PRIVATE_KEY_FILE names a file")]
    [InlineData("DRCLOUD_FHIR_URL", "http://other.test/fhir", "DRCLOUD_FHIR_URL must be https")]
    public void What_is_missing_or_wrong_is_named_without_its_value(string name, string? value, string problem)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["DRCLOUD_BASE_URL"] = "https://ehr.test",
            ["DRCLOUD_CLIENT_ID"] = "id",
            [name] = value,
        };
        Read(out var problems, [.. settings.Select(s => (s.Key, s.Value))]).ShouldBeNull();
        problems.Single().ShouldStartWith(problem);
        problems.Single().ShouldNotContain("s3cret");
    }

    private static DrCloudOptions? Read(out List<string> problems, params (string Name, string? Value)[] settings)
    {
        problems = [];
        return DrCloudOptions.Read(name => settings.FirstOrDefault(s => s.Name == name).Value, problems);
    }
}
