using HealthMcp.Upstreams.PhenoML;

namespace HealthMcp.Tests.Upstreams.PhenoML;

public sealed class PhenoMLOptionsTests
{
    [Fact]
    public void Nothing_set_is_no_problem() => Read(out _).ShouldBeNull();

    [Fact]
    public void All_set_is_read()
    {
        var account = Read(
            out var problems,
            ("PHENOML_BASE_URL", " https://x.app.pheno.ml "),
            ("PHENOML_CLIENT_ID", "id"),
            ("PHENOML_CLIENT_SECRET", "secret"))!.Account;
        problems.ShouldBeEmpty();
        account.BaseAddress.ShouldBe(new Uri("https://x.app.pheno.ml/"));
        account.ToString().ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("https://x.app.pheno.ml", "id", null, "PHENOML_CLIENT_SECRET is missing")]
    [InlineData("https://x.app.pheno.ml", null, "s3cret", "PHENOML_CLIENT_ID is missing")]
    [InlineData(null, "id", "s3cret", "PHENOML_BASE_URL is missing")]
    [InlineData("http://x.app.pheno.ml", "id", "s3cret", "PHENOML_BASE_URL must be https")]
    [InlineData("https://user:pw@x.app.pheno.ml", "id", "s3cret", "PHENOML_BASE_URL must not contain credentials")]
    [InlineData("https://x.app.pheno.ml/?a=s3cret", "id", "s3cret", "PHENOML_BASE_URL must not contain a query")]
    [InlineData("x.app.pheno.ml", "id", "s3cret", "PHENOML_BASE_URL is not an absolute https address")]
    [InlineData("file:///etc/passwd", "id", "s3cret", "PHENOML_BASE_URL is not an absolute https address")]
    public void What_is_missing_or_wrong_is_named_without_its_value(string? url, string? id, string? secret, string problem)
    {
        Read(out var problems, ("PHENOML_BASE_URL", url), ("PHENOML_CLIENT_ID", id), ("PHENOML_CLIENT_SECRET", secret)).ShouldBeNull();
        problems.ShouldContain(p => p.StartsWith(problem, StringComparison.Ordinal));
        string.Join(' ', problems).ShouldNotContain("s3cret");
    }

    [Fact]
    public void Plain_http_is_good_on_this_machine() =>
        Read(out _, ("PHENOML_BASE_URL", "http://127.0.0.1:5000"), ("PHENOML_CLIENT_ID", "id"), ("PHENOML_CLIENT_SECRET", "secret")).ShouldNotBeNull();

    private static PhenoMLOptions? Read(out List<string> problems, params (string Name, string? Value)[] settings)
    {
        problems = [];
        return PhenoMLOptions.Read(name => settings.FirstOrDefault(s => s.Name == name).Value, problems);
    }
}
