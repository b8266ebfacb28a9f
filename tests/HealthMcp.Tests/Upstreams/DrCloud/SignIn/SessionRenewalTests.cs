using HealthMcp.Catalog;
using HealthMcp.Storage;
using HealthMcp.Tests.Support;
using HealthMcp.Upstreams.DrCloud;
using HealthMcp.Upstreams.DrCloud.SignIn;

namespace HealthMcp.Tests.Upstreams.DrCloud.SignIn;

/// <summary>A refresh token is good once: it must be spent once, and what comes for it must not get lost.</summary>
public sealed class SessionRenewalTests : IAsyncLifetime
{
    private static readonly TimeSpan Later = TimeSpan.FromHours(2);
    private SignInHarness _ehr = null!;

    public async Task InitializeAsync() => _ehr = await SignInHarness.StartAsync();

    public async Task DisposeAsync() => await _ehr.DisposeAsync();

    [Fact]
    public async Task Fifty_calls_with_an_expired_token_make_one_renewal()
    {
        var first = await _ehr.SignInAsync();
        using var tokens = _ehr.Process();
        (await tokens.GetAsync(default)).ShouldBe(first.AccessToken);
        _ehr.Time.Advance(Later);

        var got = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () => await tokens.GetAsync(default))));

        got.Distinct(StringComparer.Ordinal).ShouldBe([_ehr.Stored.AccessToken]);
        got[0].ShouldNotBe(first.AccessToken);
        _ehr.Renewals.ShouldBe(1);
        _ehr.Stored.RefreshToken.ShouldNotBe(first.RefreshToken);
    }

    [Fact]
    public async Task Five_processes_with_ten_calls_each_make_one_renewal()
    {
        await _ehr.SignInAsync();
        _ehr.Time.Advance(Later);
        var processes = Enumerable.Range(0, 5).Select(_ => _ehr.Process()).ToList();

        var got = await Task.WhenAll(processes.SelectMany(tokens => Enumerable.Range(0, 10).Select(_ => Task.Run(async () => await tokens.GetAsync(default)))));

        got.Distinct(StringComparer.Ordinal).ShouldBe([_ehr.Stored.AccessToken]);
        _ehr.Renewals.ShouldBe(1);
        processes.ForEach(tokens => tokens.Dispose());
    }

    [Fact]
    public async Task A_sign_in_goes_on_for_a_year_of_renewals()
    {
        var first = await _ehr.SignInAsync();
        using var tokens = _ehr.Process();
        for (var week = 0; week < 52; week++)
        {
            _ehr.Time.Advance(TimeSpan.FromDays(7));
            await tokens.GetAsync(default);
        }

        _ehr.Renewals.ShouldBe(52);
        _ehr.Stored.Scopes.ShouldBe(first.Scopes);
        _ehr.Stored.Renewing.ShouldBeNull();
    }

    [Fact]
    public async Task When_the_disk_refuses_the_new_token_this_process_goes_on_and_stores_it_as_soon_as_it_can()
    {
        await _ehr.SignInAsync();
        var between = new Between(_ehr.Http);
        using var tokens = _ehr.Process(http: new HttpMessageInvoker(between));
        var draft = _ehr.Folder[SessionFile.Name + ".draft"];
        between.Answered = _ => Directory.CreateDirectory(draft);
        _ehr.Time.Advance(Later);

        var second = await tokens.GetAsync(default);
        _ehr.Stored.AccessToken.ShouldNotBe(second);
        _ehr.Stored.Renewing.ShouldNotBeNull();
        (await tokens.GetAsync(default)).ShouldBe(second);

        // Still broken when the next renewal is due: nothing is spent.
        _ehr.Time.Advance(Later);
        await Should.ThrowAsync<StorageException>(async () => await tokens.GetAsync(default));
        _ehr.Renewals.ShouldBe(1);

        Directory.Delete(draft);
        between.Answered = null;
        var third = await tokens.GetAsync(default);
        _ehr.Stored.AccessToken.ShouldBe(third);
        _ehr.Renewals.ShouldBe(2);
    }

    [Fact]
    public async Task A_disk_that_takes_no_note_keeps_the_token_from_being_spent()
    {
        await _ehr.SignInAsync();
        using var tokens = _ehr.Process();
        _ehr.Time.Advance(Later);
        Directory.CreateDirectory(_ehr.Folder[SessionFile.Name + ".draft"]);

        await Should.ThrowAsync<StorageException>(async () => await tokens.GetAsync(default));
        _ehr.Renewals.ShouldBe(0);
    }

    [Fact]
    public async Task After_a_crash_before_the_ehr_was_asked_the_old_token_still_works()
    {
        var first = await _ehr.SignInAsync();
        _ehr.File.Write(first with { Renewing = _ehr.Time.GetUtcNow() });
        _ehr.Time.Advance(Later);
        using var tokens = _ehr.Process();

        (await tokens.GetAsync(default)).ShouldBe(_ehr.Stored.AccessToken);
        _ehr.Stored.Renewing.ShouldBeNull();
    }

    [Fact]
    public async Task After_a_crash_with_the_new_token_in_hand_the_next_process_says_what_to_do()
    {
        var first = await _ehr.SignInAsync();
        _ehr.Time.Advance(Later);
        using (var tokens = _ehr.Process()) await tokens.GetAsync(default);

        // What the disk held when the process died between receiving and storing.
        _ehr.File.Write(first with { Renewing = _ehr.Time.GetUtcNow() });
        using var after = _ehr.Process();

        var failure = await Should.ThrowAsync<CallFailureException>(async () => await after.GetAsync(default));
        failure.Code.ShouldBe(FailureCodes.UpstreamUnauthorized);
        failure.Message.ShouldContain("stopped while it renewed it");
        failure.Message.ShouldContain("healthmcp login drcloud");

        // It is asked once, not at each call; and a new sign-in is all it takes.
        var asked = _ehr.Renewals;
        await Should.ThrowAsync<CallFailureException>(async () => await after.GetAsync(default));
        _ehr.Renewals.ShouldBe(asked);
        await _ehr.SignInAsync();
        (await after.GetAsync(default)).ShouldBe(_ehr.Stored.AccessToken);
    }

    [Fact]
    public async Task An_answer_that_is_lost_on_the_way_leaves_the_old_token_to_be_tried()
    {
        var first = await _ehr.SignInAsync();
        var between = new Between(_ehr.Http) { Lost = true };
        using var tokens = _ehr.Process(http: new HttpMessageInvoker(between));
        _ehr.Time.Advance(Later);

        (await Should.ThrowAsync<CallFailureException>(async () => await tokens.GetAsync(default))).Code.ShouldBe(FailureCodes.UpstreamUnreachable);
        _ehr.Stored.RefreshToken.ShouldBe(first.RefreshToken);
        between.Lost = false;
        (await Should.ThrowAsync<CallFailureException>(async () => await tokens.GetAsync(default))).Message.ShouldContain("healthmcp login drcloud");
    }

    [Fact]
    public async Task A_new_sign_in_in_another_process_goes_before_what_could_not_be_stored()
    {
        await _ehr.SignInAsync();
        var between = new Between(_ehr.Http);
        using var tokens = _ehr.Process(http: new HttpMessageInvoker(between));
        var draft = _ehr.Folder[SessionFile.Name + ".draft"];
        between.Answered = _ => Directory.CreateDirectory(draft);
        _ehr.Time.Advance(Later);
        await tokens.GetAsync(default);
        Directory.Delete(draft);
        between.Answered = null;
        var anew = await _ehr.SignInAsync();
        _ehr.Time.Advance(TimeSpan.FromMinutes(61));
        await tokens.GetAsync(default);

        _ehr.Stored.SignedIn.ShouldBe(anew.SignedIn);
        (await tokens.GetAsync(default)).ShouldBe(_ehr.Stored.AccessToken);
    }

    [Fact]
    public async Task A_token_that_is_refused_for_want_of_a_scope_is_not_renewed_again_and_again()
    {
        await _ehr.SignInAsync();
        using var tokens = _ehr.Process();
        for (var call = 0; call < 20; call++)
        {
            tokens.Refused(await tokens.GetAsync(default));
            _ehr.Time.Advance(TimeSpan.FromSeconds(5));
        }

        _ehr.Renewals.ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public async Task A_sign_in_that_ended_is_never_replaced_by_the_key()
    {
        var first = await _ehr.SignInAsync();
        _ehr.File.Write(first with { Ended = _ehr.Time.GetUtcNow(), RefreshToken = null });
        var at = _ehr.Sandbox.Addresses.DrCloud;
        var account = _ehr.Account() with { PrivateKeyPem = at.PrivateKeyPem, KeyId = at.KeyId };
        ValueTask<DrCloudAccount> Known(CancellationToken _) => ValueTask.FromResult(account);
        var renewal = new SessionRenewal(new TokenRequests(_ehr.Http, _ehr.Time), _ehr.Time);
        var withKey = new DrCloudSignIn(Known, _ehr.Http, _ehr.Time, Entropy.System.Fill);

        var signedIn = new SignedInAccount(() => SessionFile.OpenExisting(_ehr.Data, Entropy.System), Known, withKey, renewal);

        (await Should.ThrowAsync<CallFailureException>(() => signedIn.FetchAsync(default))).Message.ShouldContain("healthmcp login drcloud");
        _ehr.File.Delete();
        (await signedIn.FetchAsync(default)).Granted!.ShouldContain("system/Patient.read");
    }

    [Fact]
    public async Task A_sign_in_for_another_client_is_not_used()
    {
        await _ehr.SignInAsync();
        using var tokens = _ehr.Process(native: true);

        (await Should.ThrowAsync<CallFailureException>(async () => await tokens.GetAsync(default))).Code.ShouldBe(FailureCodes.NotConfigured);
    }

    [Fact]
    public async Task A_renewal_for_another_patient_ends_the_sign_in()
    {
        var first = await _ehr.SignInAsync(native: true);
        var stub = new UpstreamStub().Answer(200, """{"access_token":"t","token_type":"Bearer","expires_in":60,"refresh_token":"r","patient":"another"}""");
        using var tokens = _ehr.Process(native: true, stub.Invoker);
        first.Patient.ShouldNotBeNull();
        _ehr.Time.Advance(Later);

        await Should.ThrowAsync<CallFailureException>(async () => await tokens.GetAsync(default));
        (_ehr.Stored.Ended is null, _ehr.Stored.RefreshToken).ShouldBe((false, null));
    }

    [Theory]
    [InlineData(401, """{"error":"invalid_client"}""", false)]
    [InlineData(400, """{"error":"invalid_grant"}""", true)]
    [InlineData(401, """{"error":"invalid_request"}""", true)]
    [InlineData(500, """{"error":"invalid_grant"}""", false)]
    [InlineData(429, "", false)]
    [InlineData(200, "<html>", false)]
    [InlineData(200, """{"access_token":"t","token_type":"mac"}""", false)]
    public async Task Only_a_refusal_of_the_token_ends_the_sign_in(int status, string body, bool ends)
    {
        var first = await _ehr.SignInAsync();
        using var tokens = _ehr.Process(http: new UpstreamStub().Answer(status, body).Invoker);
        _ehr.Time.Advance(Later);

        await Should.ThrowAsync<CallFailureException>(async () => await tokens.GetAsync(default));
        (_ehr.Stored.Ended is not null).ShouldBe(ends);
        if (!ends) _ehr.Stored.RefreshToken.ShouldBe(first.RefreshToken);
    }

    [Fact]
    public async Task The_file_is_the_owners_and_holds_nothing_readable()
    {
        var session = await _ehr.SignInAsync(native: true);
        var bytes = await System.IO.File.ReadAllBytesAsync(_ehr.Folder[SessionFile.Name]);
        var text = System.Text.Encoding.Latin1.GetString(bytes);

        foreach (var secret in new[] { session.AccessToken, session.RefreshToken!, session.IdToken!, session.Patient! }) text.ShouldNotContain(secret);
        if (!OperatingSystem.IsWindows())
            System.IO.File.GetUnixFileMode(_ehr.Folder[SessionFile.Name]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        bytes[^1] ^= 1;
        await System.IO.File.WriteAllBytesAsync(_ehr.Folder[SessionFile.Name], bytes);
        Should.Throw<StorageException>(() => _ehr.Stored).Message.ShouldContain("healthmcp logout drcloud");
        session.ToString().ShouldBe(nameof(DrCloudSession));
    }
}
