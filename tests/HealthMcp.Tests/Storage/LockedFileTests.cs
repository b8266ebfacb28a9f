using HealthMcp.Storage;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Storage;

public sealed class LockedFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_appended_can_be_read_from_any_offset()
    {
        using var file = LockedFile.Open(_folder["log"], TimeProvider.System);
        file.Append("abc"u8);
        file.Append("def"u8);

        file.Read(2).ShouldBe("cdef"u8.ToArray());
        file.Read(2, atMost: 2).ShouldBe("cd"u8.ToArray());
        file.Read(6).ShouldBeEmpty();
        file.Read(99).ShouldBeEmpty();
    }

    [Fact]
    public void A_new_file_is_private()
    {
        using var file = LockedFile.Open(_folder["log"], TimeProvider.System);

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(_folder["log"]).ShouldBe(PrivateMode.File);
        }
    }

    [Fact]
    public void A_file_open_to_others_is_refused_and_its_lock_given_back()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.WriteAllText(_folder["log"], "");
        File.SetUnixFileMode(_folder["log"], PrivateMode.File | UnixFileMode.GroupRead);
        Should.Throw<StorageException>(() => LockedFile.Open(_folder["log"], TimeProvider.System)).Message.ShouldContain("chmod 600");

        File.SetUnixFileMode(_folder["log"], PrivateMode.File);
        LockedFile.Open(_folder["log"], new ManualTime(jumps: true)).Dispose();
    }

    [Fact]
    public void A_lock_that_is_not_given_back_is_refused_after_the_patience()
    {
        var time = new ManualTime(jumps: true);
        var began = time.GetUtcNow();
        using var held = LockedFile.Open(_folder["log"], time);

        Should.Throw<StorageException>(() => LockedFile.Open(_folder["log"], time)).Message.ShouldContain("stayed locked");

        (time.GetUtcNow() - began).ShouldBeGreaterThanOrEqualTo(LockedFile.Patience);
    }

    [Fact]
    public void Parallel_appends_lose_nothing()
    {
        Parallel.For(0, 200, i =>
        {
            using var file = LockedFile.Open(_folder["log"], TimeProvider.System);
            file.Append([(byte)i]);
        });

        File.ReadAllBytes(_folder["log"]).Order().ShouldBe(Enumerable.Range(0, 200).Select(i => (byte)i));
    }

    [Fact]
    public void Missing_folders_and_folders_are_refused_at_once()
    {
        var stopped = new ManualTime();
        Directory.CreateDirectory(_folder["dir"]);

        Should.Throw<StorageException>(() => LockedFile.Open(_folder["none/log"], stopped)).Message.ShouldContain("cannot be opened");
        Should.Throw<StorageException>(() => LockedFile.Open(_folder["dir"], stopped)).Message.ShouldContain("cannot be opened");
        Should.Throw<StorageException>(() => LockedFile.OpenToRead(_folder["none"], stopped)).Message.ShouldContain("cannot be opened");
    }

    [Fact]
    public void Overwriting_and_truncating_change_what_they_say()
    {
        using var file = LockedFile.Open(_folder["log"], TimeProvider.System);
        file.Append("abcdef"u8);
        file.Overwrite(1, "XY"u8);
        file.Flush();
        file.Truncate(4);

        file.Read(0).ShouldBe("aXYd"u8.ToArray());
    }

    [Fact]
    public void Reading_does_not_ask_for_a_private_file_and_cannot_write()
    {
        File.WriteAllText(_folder["copy"], "abc");
        using var file = LockedFile.OpenToRead(_folder["copy"], TimeProvider.System);

        file.Read(0).ShouldBe("abc"u8.ToArray());
        Should.Throw<Exception>(() => file.Append("x"u8));
    }
}
