using HealthMcp.Upstreams.Patients;

namespace HealthMcp.Tests.Upstreams.Patients;

public sealed class PatientsOptionsTests
{
    private static readonly (string Name, string Value)[] Good =
        [("PATIENTS_BASE_URL", "https://p.example/x"), ("PATIENTS_ORG_ID", "org-7"), ("PATIENTS_API_TOKEN", "tok")];

    [Fact]
    public void Nothing_set_is_not_configured_and_no_problem() => Read([]).ShouldBe((null, ""));

    [Fact]
    public void All_three_make_an_account_that_does_not_print_its_token()
    {
        var (options, problems) = Read(Good);

        problems.ShouldBeEmpty();
        options.ShouldNotBeNull().Account.ShouldBe(new PatientsAccount(new Uri("https://p.example/x"), "org-7", "tok"));
        options.ToString().ShouldNotContain("tok");
    }

    [Theory]
    [InlineData("PATIENTS_BASE_URL", "", "PATIENTS_BASE_URL is missing")]
    [InlineData("PATIENTS_BASE_URL", "http://hush.example", "PATIENTS_BASE_URL must be https")]
    [InlineData("PATIENTS_ORG_ID", " ", "PATIENTS_ORG_ID is missing")]
    [InlineData("PATIENTS_ORG_ID", "..", "PATIENTS_ORG_ID may hold")]
    [InlineData("PATIENTS_ORG_ID", "hush/patients", "PATIENTS_ORG_ID may hold")]
    [InlineData("PATIENTS_API_TOKEN", "", "PATIENTS_API_TOKEN is missing")]
    [InlineData("PATIENTS_API_TOKEN", "hush hush", "PATIENTS_API_TOKEN holds characters")]
    [InlineData("PATIENTS_API_TOKEN", "hush\nX: 1", "PATIENTS_API_TOKEN holds characters")]
    public void Partly_or_badly_set_says_which_setting_and_never_its_value(string name, string value, string says)
    {
        var (options, problems) = Read([.. Good.Where(setting => setting.Name != name), (name, value)]);

        options.ShouldBeNull();
        problems.ShouldContain(says);
        problems.ShouldNotContain("hush");
    }

    private static (PatientsOptions? Options, string Problems) Read((string Name, string Value)[] settings)
    {
        var problems = new List<string>();
        var options = PatientsOptions.Read(name => settings.FirstOrDefault(setting => setting.Name == name).Value, problems);
        return (options, string.Join('\n', problems));
    }
}
