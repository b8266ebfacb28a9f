using HealthMcp.Storage;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Storage;

public sealed class DataDirectoryTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_folder_belongs_to_the_user_alone()
    {
        var directory = DataDirectory.Open(_folder["a/b"]);

        Directory.Exists(directory.Path).ShouldBeTrue();
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(directory.Path).ShouldBe(PrivateMode.Folder);
        }
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.GroupExecute)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    [InlineData(UnixFileMode.OtherExecute)]
    public void A_folder_open_to_others_is_refused_with_the_remedy(UnixFileMode extra)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Directory.CreateDirectory(_folder["wide"]);
        File.SetUnixFileMode(_folder["wide"], PrivateMode.Folder | extra);

        Should.Throw<StorageException>(() => DataDirectory.Open(_folder["wide"])).Message.ShouldContain("chmod 700");
    }

    [Fact]
    public void A_link_to_a_folder_open_to_others_is_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Directory.CreateDirectory(_folder["wide"]);
        File.SetUnixFileMode(_folder["wide"], PrivateMode.Folder | UnixFileMode.OtherRead);
        Directory.CreateSymbolicLink(_folder["link"], _folder["wide"]);

        Should.Throw<StorageException>(() => DataDirectory.Open(_folder["link"]));
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_is_refused()
    {
        File.WriteAllText(_folder["file"], "");

        Should.Throw<StorageException>(() => DataDirectory.Open(_folder["file"])).Message.ShouldContain("data folder");
    }

    [Theory]
    [InlineData("")]
    [InlineData("../up")]
    [InlineData("a/b")]
    [InlineData(".hidden")]
    [InlineData("Upper")]
    [InlineData("john doe")]
    public void Only_plain_names_become_paths(string name)
    {
        var directory = DataDirectory.Open(_folder.Path);

        Should.Throw<ArgumentException>(() => directory.PathOf(name));
    }

    [Fact]
    public void Many_may_open_one_folder_at_once() =>
        Parallel.For(0, 50, _ => DataDirectory.Open(_folder["shared"]).Path.ShouldBe(_folder["shared"]));

    [Fact]
    public void The_default_is_a_folder_with_our_name() => System.IO.Path.GetFileName(DataDirectory.DefaultPath()).ShouldBe("healthmcp");
}
