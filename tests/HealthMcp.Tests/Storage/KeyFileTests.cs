using System.Collections.Concurrent;
using HealthMcp.Storage;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Storage;

public sealed class KeyFileTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly DataDirectory _directory;

    public KeyFileTests() => _directory = DataDirectory.Open(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_key_is_made_once_private_and_whole()
    {
        var first = Open();
        var second = Open();

        second.Derive("x").ShouldBe(first.Derive("x"));
        new FileInfo(_folder[KeyFile.Name]).Length.ShouldBe(32);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(_folder[KeyFile.Name]).ShouldBe(PrivateMode.File);
        }
    }

    [Fact]
    public void Racing_first_uses_agree_on_one_key()
    {
        var keys = new ConcurrentBag<string>();

        Parallel.For(0, 40, _ => keys.Add(Convert.ToHexString(Open().Derive("x"))));

        keys.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public void Each_purpose_has_its_own_key_and_none_is_the_master()
    {
        var key = Open();
        var master = File.ReadAllBytes(_folder[KeyFile.Name]);

        key.Derive("a").ShouldNotBe(key.Derive("b"));
        key.Derive("a").ShouldNotBe(master);
        key.Derive("").ShouldNotBe(master);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_key_open_to_others_is_refused_with_the_remedy(UnixFileMode extra)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Open();
        File.SetUnixFileMode(_folder[KeyFile.Name], PrivateMode.File | extra);

        Should.Throw<StorageException>(Open).Message.ShouldContain("chmod 600");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_key_of_another_size_is_refused_and_never_replaced(int size)
    {
        using (var file = LockedFile.Open(_folder[KeyFile.Name], TimeProvider.System))
        {
            file.Append(new byte[size]);
        }

        Should.Throw<StorageException>(Open).Message.ShouldContain("damaged");
        new FileInfo(_folder[KeyFile.Name]).Length.ShouldBe(size);
    }

    [Fact]
    public void A_draft_left_by_a_crash_is_thrown_away()
    {
        File.WriteAllText(_folder[KeyFile.Name + ".draft"], "half");

        Open().Derive("x").Length.ShouldBe(32);
    }

    [Fact]
    public void A_folder_in_the_place_of_the_key_is_refused()
    {
        Directory.CreateDirectory(_folder[KeyFile.Name]);

        Should.Throw<StorageException>(Open);
    }

    [Fact]
    public void A_secret_from_elsewhere_must_have_the_right_size()
    {
        Should.Throw<StorageException>(() => KeyFile.FromSecret(new byte[31])).Message.ShouldContain("32 bytes");
        KeyFile.FromSecret(new byte[32]).Derive("x").Length.ShouldBe(32);
    }

    private KeyFile Open() => KeyFile.OpenOrCreate(_directory, Entropy.System, TimeProvider.System);
}
