using HealthMcp.Keys;
using HealthMcp.Storage;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Keys;

public sealed class KeyStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly SeededEntropy _entropy = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Only_a_hash_is_kept_in_a_file_of_the_owner()
    {
        var key = Add(Store());

        var text = File.ReadAllText(_folder[KeyStore.FileName]);
        text.ShouldNotContain(key);
        text.ShouldNotContain(key[KeyText.Mark.Length..]);
        text.ShouldContain(KeyText.Hash(key));
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(_folder[KeyStore.FileName]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void A_key_has_256_random_bits_and_an_id_that_is_not_made_of_them()
    {
        var keys = Enumerable.Range(0, 100).Select(_ => KeyText.New(Entropy.System)).ToList();

        keys.Distinct(StringComparer.Ordinal).Count().ShouldBe(100);
        keys.ShouldAllBe(key => key.Length == KeyText.Length && key.StartsWith(KeyText.Mark, StringComparison.Ordinal));
        KeyText.Length.ShouldBe(4 + 43);
        KeyText.NewId(Entropy.System).Length.ShouldBe(8);
    }

    [Fact]
    public void A_key_opens_until_the_moment_it_expires()
    {
        var key = Add(Store(), TimeSpan.FromHours(1));

        _time.Advance(TimeSpan.FromMinutes(60) - TimeSpan.FromTicks(1));
        Store().Find(key).ShouldNotBeNull();
        _time.Advance(TimeSpan.FromTicks(1));
        Store().Find(key).ShouldBeNull();
        Store().AnyActive().ShouldBeFalse();
    }

    [Fact]
    public void What_one_process_revokes_is_dead_in_another_at_once()
    {
        var (serving, command) = (Store(), Store());
        var keys = Enumerable.Range(0, 20).Select(_ => Add(command)).ToList();

        foreach (var key in keys)
        {
            var id = serving.Find(key)!.Id;
            command.Revoke(id).ShouldBeTrue();
            serving.Find(key).ShouldBeNull();
            serving.IsActive(id).ShouldBeFalse();
            command.Revoke(id).ShouldBeFalse();
        }

        serving.AnyActive().ShouldBeFalse();
        serving.All.ShouldAllBe(key => key.Hash == "");
        serving.Find("").ShouldBeNull();
    }

    [Fact]
    public void Many_who_add_and_revoke_at_once_lose_nothing()
    {
        // Those who wait for the lock need a clock that moves.
        KeyStore Own() => new(DataDirectory.Open(_folder.Path), TimeProvider.System);
        Parallel.For(0, 40, _ => Add(Own()));
        Parallel.ForEach(Own().All.Take(20).ToList(), key => Own().Revoke(key.Id).ShouldBeTrue());

        Own().All.Count(key => key.Revoked is null).ShouldBe(20);
        Own().All.Count.ShouldBe(40);
    }

    [Fact]
    public void What_is_over_for_a_year_is_forgotten()
    {
        Add(Store());
        _time.Advance(TimeSpan.FromDays(90 + 367));
        var kept = Add(Store());

        Store().All.Select(key => key.Hash).ShouldBe([KeyText.Hash(kept)]);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"version":2,"keys":[]}""")]
    [InlineData("""{"version":1,"keys":[{"id":"a"}]}""")]
    [InlineData("""{"version":1}""")]
    [InlineData("""{"version":1,"keys":[],"more":1}""")]
    public void A_damaged_file_lets_nobody_in(string text)
    {
        var store = Store();
        var key = Add(store);
        File.WriteAllText(_folder[KeyStore.FileName], text);

        Should.Throw<StorageException>(() => store.Find(key));
    }

    [Fact]
    public void A_file_that_others_may_open_is_not_used()
    {
        if (OperatingSystem.IsWindows()) return;
        var key = Add(Store());
        File.SetUnixFileMode(_folder[KeyStore.FileName], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        Should.Throw<StorageException>(() => Store().Find(key)).Message.ShouldContain("chmod 600");
    }

    [Fact]
    public void The_day_of_the_last_use_is_noted_and_nothing_finer()
    {
        var directory = DataDirectory.Open(_folder.Path);
        var use = new KeyUse(directory, _time);
        use.Note("ab12cd34");
        _time.Advance(TimeSpan.FromHours(3));
        use.Note("ab12cd34");
        use.Note("ef56ab78");

        use.Days().ShouldBe(new Dictionary<string, string> { ["ab12cd34"] = "2026-11-21", ["ef56ab78"] = "2026-11-21" }, ignoreOrder: true);
        File.ReadAllText(_folder[KeyUse.FileName]).ShouldNotContain("T");
        File.WriteAllText(_folder[KeyUse.FileName], "damaged");
        _time.Advance(TimeSpan.FromDays(1));
        use.Note("ab12cd34");
        use.Days().ShouldBe(new Dictionary<string, string> { ["ab12cd34"] = "2026-11-22" });
    }

    private KeyStore Store() => new(DataDirectory.Open(_folder.Path), _time);

    private string Add(KeyStore store, TimeSpan? lasting = null)
    {
        var secret = KeyText.New(_entropy);
        var now = _time.GetUtcNow();
        store.Add(new RegistrationKey(
            KeyText.NewId(_entropy), "test", KeyText.Hash(secret), ["xcures/subjects.read"], "deidentified", now, now + (lasting ?? KeyTerms.Usual), []));
        return secret;
    }
}
