using FsCheck;
using FsCheck.Fluent;
using HealthMcp.Privacy;
using HealthMcp.Storage;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Privacy;

/// <summary>What crashes and hands other than ours do to the file of the vault.</summary>
public sealed class HandleVaultFileTests : IDisposable
{
    private const string Live = "live:xcures:1f";

    private readonly TempFolder _folder = new();
    private readonly DataDirectory _directory;

    public HandleVaultFileTests() => _directory = DataDirectory.Open(_folder.Path);

    public void Dispose() => _folder.Dispose();

    private string VaultPath => _folder[HandleVault.FileName];

    [Fact]
    public void A_record_cut_short_by_a_crash_is_dropped_wherever_it_was_cut()
    {
        var kept = Open().Mint(Live, "pt", "kept");
        var whole = File.ReadAllBytes(VaultPath);
        Open().Mint(Live, "pt", "torn");
        var grown = File.ReadAllBytes(VaultPath);

        for (var size = whole.Length; size < grown.Length; size++)
        {
            File.WriteAllBytes(VaultPath, grown[..size]);
            var vault = Open();
            vault.Resolve(kept, "pt", Live).Value.ShouldBe("kept");
            new FileInfo(VaultPath).Length.ShouldBe(whole.Length);
            vault.Resolve(vault.Mint(Live, "pt", "torn"), "pt", Live).IsFound.ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(500)]
    public void Zeros_that_a_power_failure_leaves_at_the_end_are_dropped(int zeros)
    {
        var kept = Open().Mint(Live, "pt", "kept");
        File.AppendAllBytes(VaultPath, new byte[zeros]);

        Open().Resolve(kept, "pt", Live).Value.ShouldBe("kept");
    }

    [Fact]
    public void A_last_record_whose_end_was_not_written_is_dropped()
    {
        var kept = Open().Mint(Live, "pt", "kept");
        Open().Mint(Live, "pt", "torn");
        var file = File.ReadAllBytes(VaultPath);
        file.AsSpan(file.Length - 30).Clear();
        File.WriteAllBytes(VaultPath, file);

        Open().Resolve(kept, "pt", Live).Value.ShouldBe("kept");
    }

    [Fact]
    public void A_header_cut_short_by_a_crash_begins_anew()
    {
        Open();
        File.WriteAllBytes(VaultPath, File.ReadAllBytes(VaultPath)[..20]);

        Open().Mint(Live, "pt", "1").ShouldNotBeNull();
    }

    [Fact]
    public void Any_changed_byte_is_refused()
    {
        var vault = Open();
        vault.MintAll([new(Live, "pt", "1"), new(Live, "pt", "2")]);
        vault.MintAll([new(Live, "pt", "3")], [new(new(Live, "pt", "3"), [new(LabelFields.Mrn, FieldClass.Number, "M3")])]);
        vault.Forget(vault.Mint(Live, "pt", "3"), "pt");
        vault.MintAll([new(Live, "pt", "4")], [new(new(Live, "pt", "4"), [new(LabelFields.Mrn, FieldClass.Number, "M4")])]);
        var file = File.ReadAllBytes(VaultPath);
        var zeros = Enumerable.Range(0, file.Length - 32).Where(i => file.AsSpan(i, 32).IndexOfAnyExcept((byte)0) < 0);
        var wiped = zeros.SelectMany(i => Enumerable.Range(i, 32)).ToHashSet();
        wiped.ShouldNotBeEmpty();

        for (var i = 0; i < file.Length; i++)
        {
            var changed = (byte[])file.Clone();
            changed[i] ^= (byte)(1 << (i % 8));
            File.WriteAllBytes(VaultPath, changed);
            if (!wiped.Contains(i))
            {
                Should.Throw<StorageException>(Open, $"byte {i}").Message.ShouldContain("handle vault");
            }
        }
    }

    [Fact]
    public void Records_moved_repeated_or_wiped_by_hand_are_refused()
    {
        var vault = Open();
        vault.MintAll([new(Live, "pt", "1"), new(Live, "pt", "2"), new(Live, "pt", "3")]);
        var file = File.ReadAllBytes(VaultPath);
        var (header, size) = (file[..VaultFormat.HeaderSize], (file.Length - VaultFormat.HeaderSize) / 3);
        byte[] Record(int i) => file[(VaultFormat.HeaderSize + (i * size))..][..size];
        var wiped = (byte[])file.Clone();
        wiped.AsSpan(VaultFormat.HeaderSize + VaultFormat.PrefixSize, size - VaultFormat.PrefixSize).Clear();

        foreach (var forged in new byte[][]
        {
            [.. header, .. Record(1), .. Record(0), .. Record(2)], [.. header, .. Record(1), .. Record(2)], [.. file, .. Record(2)], wiped,
        })
        {
            File.WriteAllBytes(VaultPath, forged);
            Should.Throw<StorageException>(Open).Message.ShouldContain("changed outside this program");
        }
    }

    [Fact]
    public void Records_of_another_vault_with_the_same_key_are_refused()
    {
        Open().Mint(Live, "pt", "1");
        var other = File.ReadAllBytes(VaultPath);
        File.Delete(VaultPath);
        Open();
        File.AppendAllBytes(VaultPath, other[VaultFormat.HeaderSize..]);

        Should.Throw<StorageException>(Open);
    }

    [Fact]
    public void Another_key_is_named_as_the_cause()
    {
        Open().Mint(Live, "pt", "1");
        File.Delete(_folder[KeyFile.Name]);

        Should.Throw<StorageException>(Open).Message.ShouldContain("another key");
    }

    [Fact]
    public void Another_file_in_its_place_is_refused_and_left_alone()
    {
        File.WriteAllText(VaultPath, "precious");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(VaultPath, PrivateMode.File);
        }

        Should.Throw<StorageException>(Open);
        File.ReadAllText(VaultPath).ShouldBe("precious");
    }

    [Fact]
    public void A_vault_removed_under_a_running_process_begins_anew()
    {
        var vault = Open();
        var handle = vault.Mint(Live, "pt", "1");
        File.Delete(VaultPath);

        vault.Resolve(handle, "pt", Live).IsFound.ShouldBeFalse();
        vault.Mint(Live, "pt", "1").ShouldNotBe(handle);
    }

    [Fact]
    public void A_change_under_a_running_process_is_refused_by_every_call()
    {
        var vault = Open();
        var handle = vault.Mint(Live, "pt", "1");
        File.AppendAllBytes(VaultPath, [.. Enumerable.Repeat((byte)7, 200)]);

        Should.Throw<StorageException>(() => vault.Resolve(handle, "pt", Live));
        Should.Throw<StorageException>(() => vault.Mint(Live, "pt", "1"));
        Should.Throw<StorageException>(() => vault.Forget(handle, "pt"));
    }

    [Fact]
    public void Any_garbage_after_the_records_is_refused_or_dropped_and_never_believed() =>
        Prop.ForAll<byte[]>(garbage =>
        {
            File.Delete(VaultPath);
            var handle = Open().Mint(Live, "pt", "1");
            File.AppendAllBytes(VaultPath, garbage);
            try
            {
                return Open().Resolve(handle, "pt", Live).Value == "1";
            }
            catch (StorageException)
            {
                return garbage.Length >= VaultFormat.PrefixSize;
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_vault_that_others_may_read_is_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Open();
        File.SetUnixFileMode(VaultPath, PrivateMode.File | UnixFileMode.OtherRead);

        Should.Throw<StorageException>(Open).Message.ShouldContain("chmod 600");
    }

    private HandleVault Open() =>
        HandleVault.Open(_directory, KeyFile.OpenOrCreate(_directory, Entropy.System, TimeProvider.System), Entropy.System);
}
