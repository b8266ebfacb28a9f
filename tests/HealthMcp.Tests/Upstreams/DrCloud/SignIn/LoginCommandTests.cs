using System.CommandLine;
using System.Globalization;
using System.Net;
using HealthMcp.Cli;
using HealthMcp.Storage;
using HealthMcp.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;

namespace HealthMcp.Tests.Upstreams.DrCloud.SignIn;

/// <summary>The command with everything but the browser, and what tools do with the sign-in.</summary>
public sealed class LoginCommandTests : IAsyncLifetime
{
    private const string Audit = HealthMcp.Audit.AuditLog.FileName;

    private SignInHarness _ehr = null!;

    public async Task InitializeAsync() => _ehr = await SignInHarness.StartAsync();

    public async Task DisposeAsync() => await _ehr.DisposeAsync();

    [Fact]
    public async Task A_confidential_client_signs_in_for_all_that_a_user_may_read()
    {
        var (code, said, error) = await LoginAsync(native: false);

        code.ShouldBe(Exit.Done, error);
        said.ShouldContain("Readable (22 of 24)");
        said.ShouldContain("Missing: Appointment (patient), Group (system)");
        said.ShouldContain("Renewed by itself");
        var reply = await CallAsync(native: false, """{"type":"Condition","patient":"f1f3c73d-bb2a-4c72-b09b-885520ec7812"}""");
        reply.Resources().Count.ShouldBeGreaterThan(0);
        reply = await CallAsync(native: false, """{"type":"Appointment","patient":"f1f3c73d-bb2a-4c72-b09b-885520ec7812"}""");
        reply.Text.ShouldContain("healthmcp login drcloud --patient");
    }

    [Fact]
    public async Task A_public_client_signs_in_for_one_patient_and_reads_the_appointments()
    {
        var (code, said, error) = await LoginAsync(native: true);
        var patient = _ehr.Stored.Patient!;

        code.ShouldBe(Exit.Done, error);
        said.ShouldContain("Readable (22 of 24)");
        said.ShouldContain("Missing: Group (system), PractitionerRole (system/user)");
        said.ShouldContain("one patient only");
        said.ShouldNotContain(patient);
        (await CallAsync(native: true, """{"type":"Appointment"}""")).Resources().Count.ShouldBeGreaterThan(0);
        (await CallAsync(native: true, $$"""{"type":"Appointment","patient":"{{patient}}"}""")).Resources().Count.ShouldBeGreaterThan(0);
        (await CallAsync(native: true, """{"type":"Patient"}""")).Resources().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(false, true, true)]
    [InlineData(false, false, false)]
    [InlineData(true, true, false)]
    public async Task The_scope_to_write_is_asked_for_only_when_it_is_wanted_and_never_for_one_patient(bool native, bool asked, bool granted)
    {
        var (code, said, error) = await RunAsync(
            native,
            address =>
            {
                _ = Task.Run(async () =>
                {
                    using var http = new HttpClient();
                    (await http.GetAsync(await _ehr.BrowseAsync(address))).EnsureSuccessStatusCode();
                });
                return true;
            },
            asked ? ["login", "drcloud", "--write"] : ["login", "drcloud"]);

        code.ShouldBe(Exit.Done, error);
        said.Contains("Writable: Practitioner", StringComparison.Ordinal).ShouldBe(granted);
        _ehr.Stored.Scopes.Contains("user/Practitioner.write").ShouldBe(granted);
    }

    [Fact]
    public async Task A_question_about_somebody_else_is_refused_and_not_answered_from_the_one_chart()
    {
        await LoginAsync(native: true);
        var other = global::HealthMcp.Sandbox.Data.Person.All.First(person => person.FhirId != _ehr.Stored.Patient).FhirId;

        foreach (var question in new[] { $$"""{"type":"Appointment","patient":"{{other}}"}""", $$"""{"type":"Patient","query":"_id={{other}}"}""" })
        {
            var reply = await CallAsync(native: true, question);
            reply.ErrorCode.ShouldBe("upstream_forbidden");
            reply.Text.ShouldNotContain(other);
        }
    }

    [Fact]
    public async Task A_patients_scope_without_a_patient_opens_nothing()
    {
        await LoginAsync(native: true);
        _ehr.File.Write(_ehr.Stored with { Patient = null });

        (await CallAsync(native: true, """{"type":"Appointment"}""")).ErrorCode.ShouldBe("upstream_forbidden");
        GrantLines.Of(_ehr.Stored, _ehr.Time.GetUtcNow()).ShouldContain(line => line.Contains("Readable (0 of 24): nothing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Hostile_redirects_change_nothing_and_the_right_one_still_counts()
    {
        var seen = new List<HttpStatusCode>();
        var (code, said, error) = await LoginAsync(native: true, async (address, client) =>
        {
            var back = new Uri(QueryHelpers.ParseQuery(address.Query)["redirect_uri"].Single()!);
            async Task Try(string query, string? host = null, HttpMethod? method = null)
            {
                using var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(back + query)) { Headers = { Host = host } };
                using var response = await client.SendAsync(request);
                seen.Add(response.StatusCode);
            }

            var state = QueryHelpers.ParseQuery(address.Query)["state"].Single()!;
            await Try("?code=stolen&state=wrong");
            await Try("?code=stolen");
            await Try("?error=access_denied");
            await Try("");
            await Try($"/deeper?code=x&state={state}");
            await Try($"?code=x&state={state}", host: "evil.test");
            await Try($"?code=x&state={state}", host: $"localhost:{back.Port}");
            await Try($"?code=x&state={state}", host: "127.0.0.1:1");
            await Try($"?code=x&state={state}", method: HttpMethod.Post);
            var answer = await _ehr.BrowseAsync(address);
            using (var done = await client.GetAsync(answer)) seen.Add(done.StatusCode);
            await Try(answer.Query);
            await Try($"?code=x&state={state}");
        });

        code.ShouldBe(Exit.Done, error);
        said.ShouldContain("Signed in");
        int[] refused = [400, 400, 400, 400, 404, 404, 404, 404, 404];
        seen.Take(10).Select(s => (int)s).ShouldBe([.. refused, 200]);
        seen.Skip(10).ShouldAllBe(s => s == HttpStatusCode.Gone);
    }

    [Theory]
    [InlineData("deny", "access_denied")]
    [InlineData("?state=STATE", "not DrCloudEHR's answer")]
    [InlineData("?code=a&code=b&state=STATE", "not DrCloudEHR's answer")]
    [InlineData("?code=a&state=STATE&iss=https://evil.test", "not DrCloudEHR's answer")]
    [InlineData("?code=forged&state=STATE", "refused this server's sign-in")]
    [InlineData("?error=Jane+Doe+1950&state=STATE", "not in the standard")]
    public async Task A_sign_in_that_fails_stores_nothing_and_says_so(string how, string says)
    {
        var (code, said, error) = await LoginAsync(native: true, async (address, client) =>
        {
            var parts = QueryHelpers.ParseQuery(address.Query);
            var back = how == "deny"
                ? await _ehr.BrowseAsync(address, "deny")
                : new Uri(parts["redirect_uri"].Single() + how.Replace("STATE", parts["state"].Single(), StringComparison.Ordinal));
            using var page = await client.GetAsync(back);
            (await page.Content.ReadAsStringAsync()).ShouldNotContain("Jane");
        });

        code.ShouldBe(Exit.ToolError);
        error.ShouldContain(says);
        (said + error).ShouldNotContain("Jane");
        System.IO.File.Exists(_ehr.Folder["drcloud-session"]).ShouldBeFalse();
    }

    [Fact]
    public async Task Nobody_comes_and_the_command_ends_in_time()
    {
        var (code, _, error) = await RunAsync(native: true, _ => { _ehr.Time.Advance(TimeSpan.FromMinutes(6)); return true; }, "login", "drcloud");

        (code, error.Contains("in time", StringComparison.Ordinal)).ShouldBe((Exit.ToolError, true));
    }

    [Fact]
    public async Task Without_a_browser_the_address_is_printed_and_with_one_it_is_opened()
    {
        Uri? opened = null;
        var (_, said, _) = await LoginAsync(native: true, seen: address => opened = address);

        opened.ShouldNotBeNull();
        said.ShouldContain(opened.AbsoluteUri);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Logout_ends_it_there_and_forgets_it_here(bool conformant)
    {
        await using var ehr = await SignInHarness.StartAsync(conformant);
        var session = await ehr.SignInAsync();
        var flow = ehr.Flow();

        (await flow.EndAsync(ehr.File, default)).ShouldBe(true);
        System.IO.File.Exists(ehr.Folder["drcloud-session"]).ShouldBeFalse();
        ehr.File.Write(session);
        ehr.Time.Advance(TimeSpan.FromHours(2));
        using var tokens = ehr.Process();
        await Should.ThrowAsync<HealthMcp.Catalog.CallFailureException>(async () => await tokens.GetAsync(default));
    }

    [Fact]
    public async Task Logout_as_a_command()
    {
        await LoginAsync(native: false);
        (await RunAsync(native: false, _ => false, "logout", "drcloud")).Out.ShouldContain("DrCloudEHR has ended the sign-in");
        (await RunAsync(native: false, _ => false, "logout", "drcloud")).Out.ShouldContain("Nobody is signed in");

        var audit = await System.IO.File.ReadAllTextAsync(_ehr.Folder[Audit]);
        foreach (var act in new[] { "login", "logout" }) audit.Split($"\"tool\":\"{act}\"").Length.ShouldBe(3, "each is recorded before and after");
    }

    [Fact]
    public async Task What_cannot_be_recorded_signs_nobody_in_or_out()
    {
        Directory.CreateDirectory(_ehr.Folder[Audit]);
        var (code, _, error) = await LoginAsync(native: false);
        code.ShouldBe(Exit.CannotStart);
        error.ShouldContain("The audit log cannot be written");
        (await RunAsync(native: false, _ => false, "logout", "drcloud")).Out.ShouldContain("Nobody is signed in");

        Directory.Delete(_ehr.Folder[Audit]);
        (await LoginAsync(native: false)).Code.ShouldBe(Exit.Done);
        System.IO.File.Move(_ehr.Folder[Audit], _ehr.Folder["away"]);
        Directory.CreateDirectory(_ehr.Folder[Audit]);
        (await RunAsync(native: false, _ => false, "logout", "drcloud")).Code.ShouldBe(Exit.CannotStart);
        _ehr.Stored.RefreshToken.ShouldNotBeNull();
    }

    [Fact]
    public async Task Doctor_shows_the_grant_and_no_token_or_patient()
    {
        await LoginAsync(native: true);
        var (_, said, _) = await RunAsync(native: true, _ => false, "doctor");

        said.ShouldContain("a person signed in on");
        said.ShouldContain("Readable (22 of 24)");
        foreach (var secret in new[] { _ehr.Stored.Patient!, _ehr.Stored.AccessToken, _ehr.Stored.RefreshToken! }) said.ShouldNotContain(secret);
    }

    private Task<(int Code, string Out, string Error)> LoginAsync(
        bool native, Func<Uri, HttpClient, Task>? browse = null, Action<Uri>? seen = null)
    {
        var client = new HttpClient();
        browse ??= async (address, http) => (await http.GetAsync(await _ehr.BrowseAsync(address))).EnsureSuccessStatusCode();
        return RunAsync(
            native,
            address =>
            {
                seen?.Invoke(address);
                _ = Task.Run(() => browse(address, client));
                return true;
            },
            "login",
            "drcloud");
    }

    private async Task<(int Code, string Out, string Error)> RunAsync(bool native, Func<Uri, bool> browser, params string[] arguments)
    {
        var config = _ehr.Folder["settings.json"];
        await System.IO.File.WriteAllTextAsync(config, System.Text.Json.JsonSerializer.Serialize(Settings(native).ToDictionary()));
        var (output, error) = (new StringWriter(CultureInfo.InvariantCulture), new StringWriter(CultureInfo.InvariantCulture));
        var terminal = new Terminal(TextReader.Null, TextWriter.Synchronized(output), error, false, () => Stream.Null, () => Stream.Null);
        var (root, options) = (new RootCommand(), new CommonOptions());
        options.AddTo(root);
        root.Add(new LoginCommand(terminal, options, browser, _ehr.Time, Entropy.System).Build());
        root.Add(new LogoutCommand(terminal, options, _ehr.Time, Entropy.System).Build());
        root.Add(new DoctorCommand(terminal, options).Build());
        var code = await root.Parse([.. arguments, "--config", config]).InvokeAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return (code, output.ToString(), error.ToString());
    }

    private async Task<ToolReply> CallAsync(bool native, string question)
    {
        var problems = new List<string>();
        var configuration = Composition.Configure(Settings(native).GetValueOrDefault, problems);
        problems.ShouldBeEmpty();
        using var app = Composition.Build(configuration, new CapturedLog(), new CompositionParts { Time = _ehr.Time });
        var answer = await app.Pipeline.InvokeAsync(
            new HealthMcp.Pipeline.CallRequest("drcloud_fhir_search", System.Text.Json.JsonElement.Parse(question), app.LocalCaller("cli")), default);
        return new ToolReply(answer.IsError, System.Text.Json.JsonElement.Parse(answer.Structured.Span), answer.Text);
    }

    private Dictionary<string, string> Settings(bool native)
    {
        var account = _ehr.Account(native);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["HEALTHMCP_DATA_DIR"] = _ehr.Folder.Path,
            ["DRCLOUD_BASE_URL"] = account.BaseAddress.AbsoluteUri,
            ["DRCLOUD_CLIENT_ID"] = account.ClientId,
        };
        if (account.ClientSecret is { } secret) settings["DRCLOUD_CLIENT_SECRET"] = secret;
        return settings;
    }
}
