using System.Text.Json;
using HealthMcp.Access.Tokens;
using HealthMcp.Tests.Hosting;
using HealthMcp.Tests.Support;
using ManualTime = HealthMcp.Tests.Support.ManualTime;

namespace HealthMcp.Tests.Access;

/// <summary>Keys that are rotated, and an issuer that cannot be reached, while tokens keep coming.</summary>
public sealed class KeyRingTests
{
    private const int Load = 200;

    private readonly FakeIssuer _issuer = new() { Keys = [TestKey.Rsa] };
    private readonly ManualTime _time = new();
    private readonly ITokenCheck _check;

    public KeyRingTests() => _check = TokenChecks.Build(
        new AuthSettings { Issuers = [FakeIssuer.Address] }, FakeIssuer.Resource, _issuer.Invoker, _time);

    [Fact]
    public async Task Any_number_of_callers_wait_for_one_fetch()
    {
        _issuer.Hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = Enumerable.Range(0, Load).Select(_ => CheckAsync(TestKey.Rsa)).ToList();
        _issuer.Hold.SetResult();

        (await Task.WhenAll(waiting)).ShouldAllBe(verdict => verdict.Claims != null);
        _issuer.KeyFetches.ShouldBe(1);
    }

    [Fact]
    public async Task A_new_key_is_fetched_once_when_it_first_appears_and_the_withdrawn_one_ends_with_it()
    {
        await CheckAsync(TestKey.Rsa);
        _issuer.Keys = [TestKey.Next];
        _time.Advance(KeyRing.MinimumInterval);

        var after = await LoadAsync(TestKey.Next);
        after.ShouldAllBe(verdict => verdict.Claims != null);
        (await LoadAsync(TestKey.Rsa)).ShouldAllBe(verdict => verdict.Fault == TokenFault.UnknownKey);
        _issuer.KeyFetches.ShouldBe(2);
    }

    [Fact]
    public async Task While_both_keys_are_published_tokens_of_both_are_good()
    {
        _issuer.Keys = [TestKey.Rsa, TestKey.Next];

        (await LoadAsync(TestKey.Rsa, TestKey.Next)).ShouldAllBe(verdict => verdict.Claims != null);
        _issuer.KeyFetches.ShouldBe(1);
    }

    [Fact]
    public async Task Unknown_key_ids_cannot_make_it_fetch_more_often_than_the_minimum_interval()
    {
        await CheckAsync(TestKey.Rsa);
        for (var i = 0; i < Load; i++)
        {
            (await CheckAsync(TestKey.Rsa, $"kid-{RequestCase.Number(i)}")).Fault.ShouldBe(TokenFault.UnknownKey);
            _time.Advance(TimeSpan.FromMilliseconds(300));
        }

        // A minute of them.
        _issuer.KeyFetches.ShouldBeInRange(2, 5);
    }

    [Fact]
    public async Task While_the_issuer_is_down_known_keys_stay_good_for_the_grace_period_and_nothing_invalid_does()
    {
        await CheckAsync(TestKey.Rsa);
        _issuer.Down = true;
        var until = _time.GetUtcNow() + KeyRing.Fresh + KeyRing.Grace;
        _time.Advance(KeyRing.MinimumInterval);
        while (_time.GetUtcNow() < until)
        {
            (await LoadAsync(TestKey.Rsa)).ShouldAllBe(verdict => verdict.Claims != null);
            (await CheckAsync(TestKey.Attacker)).Fault.ShouldBe(TokenFault.Signature);
            (await CheckAsync(TestKey.Next)).IsUnavailable.ShouldBeTrue();
            _time.Advance(TimeSpan.FromMinutes(7));
        }

        (await LoadAsync(TestKey.Rsa)).ShouldAllBe(verdict => verdict.IsUnavailable);
    }

    [Fact]
    public async Task Once_it_is_back_its_keys_count_and_only_they()
    {
        await CheckAsync(TestKey.Rsa);
        _issuer.Down = true;
        _time.Advance(KeyRing.Fresh + KeyRing.Grace + TimeSpan.FromSeconds(1));
        (await CheckAsync(TestKey.Rsa)).IsUnavailable.ShouldBeTrue();
        (_issuer.Down, _issuer.Keys) = (false, [TestKey.Next]);
        _time.Advance(KeyRing.MinimumInterval);

        (await CheckAsync(TestKey.Next)).Claims.ShouldNotBeNull();
        (await CheckAsync(TestKey.Rsa)).Fault.ShouldBe(TokenFault.UnknownKey);
    }

    [Fact]
    public async Task A_slow_issuer_holds_up_nobody_whose_key_is_known()
    {
        await CheckAsync(TestKey.Rsa);
        _time.Advance(KeyRing.Fresh + TimeSpan.FromSeconds(1));
        _issuer.Hold = new TaskCompletionSource();

        // The answer never comes; were it waited for, this test would not end.
        (await LoadAsync(TestKey.Rsa)).ShouldAllBe(verdict => verdict.Claims != null);
    }

    [Fact]
    public async Task An_issuer_that_never_answers_is_given_up_after_five_seconds()
    {
        _issuer.Hold = new TaskCompletionSource();
        var waiting = CheckAsync(TestKey.Rsa);
        await Eventually.TrueAsync(() => !_issuer.Asked.IsEmpty);
        _time.Advance(TimeSpan.FromSeconds(5));

        (await waiting).IsUnavailable.ShouldBeTrue();
    }

    [Fact]
    public async Task An_issuer_that_withdraws_all_keys_is_believed()
    {
        await CheckAsync(TestKey.Rsa);
        _issuer.Keys = [];
        _time.Advance(KeyRing.MinimumInterval);
        await CheckAsync(TestKey.Next);

        (await CheckAsync(TestKey.Rsa)).Fault.ShouldBe(TokenFault.UnknownKey);
    }

    private async Task<TokenVerdict[]> LoadAsync(params TestKey[] keys) =>
        await Task.WhenAll(Enumerable.Range(0, Load / 4).SelectMany(_ => keys).Select(key => CheckAsync(key)));

    private Task<TokenVerdict> CheckAsync(TestKey key, string? kid = null)
    {
        var token = new TokenMaker(_time.GetUtcNow()) { Key = key, Header = h => h["kid"] = kid ?? key.Id }.Make();
        return _check.CheckAsync(token, "192.0.2.1", CancellationToken.None).AsTask();
    }

    [Theory]
    [InlineData("RSA", "e", "")]
    [InlineData("RSA", "e", "AA")]
    [InlineData("RSA", "e", "AQ")]
    [InlineData("RSA", "e", "____________________")]
    [InlineData("RSA", "n", "")]
    [InlineData("EC", "x", "")]
    [InlineData("EC", "x", "AQ")]
    [InlineData("EC", "y", "AAAA")]
    public void A_key_that_is_none_is_no_reason_to_fail(string kind, string member, string value)
    {
        var jwk = (kind == "RSA" ? TestKey.Rsa : TestKey.Ec256).Jwk();
        jwk[member] = value;
        var key = SigningKey.Read(JsonElement.Parse(jwk.ToJsonString()));

        var algorithm = JwtAlgorithm.Find(kind == "RSA" ? "RS256" : "ES256")!;
        (key?.Verify(algorithm, [1, 2, 3], new byte[kind == "RSA" ? 256 : 64]) ?? false).ShouldBeFalse();
    }
}
