using System.Collections.Concurrent;
using FsCheck;
using FsCheck.Fluent;
using HealthMcp.Storage;

namespace HealthMcp.Tests.Storage.Stores;

/// <summary>What every store promises, whatever it is kept in.</summary>
[Trait("Needs", "PostgreSQL")]
public sealed class StoreTests
{
    [Theory]
    [OnFiles]
    [OnPostgres]
    public void What_was_appended_can_be_read_from_any_offset_by_any_process(StoreKind kind)
    {
        using var place = new StorePlace(kind);
        using (var held = place.Open().Hold("log"))
        {
            held.Length.ShouldBe(0);
            held.Append("abc"u8);
            held.Append([]);
            held.Append("def"u8);
            held.Length.ShouldBe(6);
        }

        using var again = place.Open().HoldToRead("log");
        again.Read(2).ShouldBe("cdef"u8.ToArray());
        again.Read(2, atMost: 2).ShouldBe("cd"u8.ToArray());
        again.Read(6).ShouldBeEmpty();
        again.Read(99).ShouldBeEmpty();
        Should.Throw<Exception>(() => again.Append("x"u8));
    }

    [Theory]
    [OnFiles]
    [OnPostgres]
    public void Any_sequence_of_changes_leaves_the_bytes_it_says(StoreKind kind)
    {
        using var place = new StorePlace(kind);
        var store = place.Open();
        var run = 0;
        Prop.ForAll<NonEmptyArray<(byte What, byte Where, byte Size)>>(steps =>
        {
            var name = $"row-{run++}";
            var model = new List<byte>();
            foreach (var turn in steps.Get.Chunk(4))
            {
                using var held = store.Hold(name);
                foreach (var (what, where, size) in turn) Step(held, model, what, where, size);
                held.Length.ShouldBe(model.Count);
            }

            using var again = store.HoldToRead(name);
            return again.Read(0).SequenceEqual(model) && store.LengthOf(name) == model.Count;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Theory]
    [OnFiles]
    [OnPostgres]
    public void What_stands_beside_is_locked_with_it(StoreKind kind)
    {
        using var place = new StorePlace(kind);
        using (var held = place.Open().Hold("log"))
        {
            var beside = held.Beside(".head");
            beside.Overwrite(0, "12345"u8);
            held.Append("abc"u8);
            beside.Overwrite(0, "67"u8);
        }

        using var again = place.Open().HoldToRead("log");
        again.Beside(".head").Read(0).ShouldBe("67345"u8.ToArray());
        again.Read(0).ShouldBe("abc"u8.ToArray());
    }

    [Theory]
    [OnFiles]
    [OnPostgres]
    public void What_is_not_there_is_said(StoreKind kind)
    {
        using var place = new StorePlace(kind);
        var store = place.Open();

        store.LengthOf("none").ShouldBeNull();
        Should.Throw<StorageException>(() => store.HoldToRead("none"));
        Should.Throw<ArgumentException>(() => store.Hold("Jane Doe"));
        Should.Throw<ArgumentException>(() => store.Whole("../up"));
        store.Hold("none").Dispose();
        store.LengthOf("none").ShouldBe(0);
    }

    [Theory]
    [OnFiles]
    [OnPostgres]
    public void Processes_that_append_at_once_lose_nothing(StoreKind kind)
    {
        using var place = new StorePlace(kind);
        var stores = Enumerable.Range(0, 4).Select(_ => place.Open()).ToArray();
        Parallel.For(0, 120, i =>
        {
            using var held = stores[i % 4].Hold("log");
            held.Append([(byte)i]);
        });

        using var again = place.Open().HoldToRead("log");
        again.Read(0).Order().ShouldBe(Enumerable.Range(0, 120).Select(i => (byte)i));
    }

    [Theory]
    [OnFiles]
    [OnPostgres]
    public void A_small_content_is_seen_whole_or_not_at_all(StoreKind kind)
    {
        using var place = new StorePlace(kind);
        var (here, there) = (place.Open().Whole("keys.json"), place.Open().Whole("keys.json"));
        here.Exists.ShouldBeFalse();
        here.Read().ShouldBeNull();

        here.Replace("one"u8);
        there.Exists.ShouldBeTrue();
        there.Read().ShouldBe("one"u8.ToArray());
        there.Replace(new byte[100_000]);
        here.Read().ShouldBe(new byte[100_000]);
        place.Open().Whole("keys-used.json").Replace("x"u8);
        place.Open().WholeNames("keys", ".json").Order(StringComparer.Ordinal).ShouldBe(["keys-used.json", "keys.json"]);
        place.Open().WholeNames("keys-", ".json").ShouldBe(["keys-used.json"]);

        here.Delete();
        there.Exists.ShouldBeFalse();
        there.Read().ShouldBeNull();
        here.Delete();
    }

    [Theory]
    [OnFiles]
    [OnPostgres]
    public void Who_changes_what_was_read_under_the_lock_loses_no_change_of_others(StoreKind kind)
    {
        using var place = new StorePlace(kind);
        var contents = Enumerable.Range(0, 4).Select(_ => place.Open().Whole("set")).ToArray();
        Parallel.For(0, 60, i =>
        {
            var content = contents[i % 4];
            using (content.Acquire()) content.Replace([.. content.Read() ?? [], (byte)i]);
        });

        contents[0].Read()!.Order().ShouldBe(Enumerable.Range(0, 60).Select(i => (byte)i));
    }

    [Theory]
    [OnFiles]
    [OnPostgres]
    public void Locks_of_different_names_do_not_wait_for_each_other(StoreKind kind)
    {
        using var place = new StorePlace(kind);
        using var one = place.Open().Hold("one");
        using var two = place.Open().Hold("two");
        using var three = place.Open().Whole("three").Acquire();
        var seen = new ConcurrentBag<long>();
        one.Append("1"u8);
        two.Append("22"u8);
        Parallel.For(0, 10, _ => seen.Add(place.Open().LengthOf("two")!.Value));
        seen.ShouldAllBe(length => length == 2);
    }

    private static void Step(IHeldBytes held, List<byte> model, byte what, byte where, byte size)
    {
        var bytes = Enumerable.Range(0, size).Select(i => (byte)(what + i)).ToArray();
        var at = model.Count == 0 ? 0 : where % (model.Count + 1);
        switch (what % 4)
        {
            case 0 or 1:
                held.Append(bytes);
                model.AddRange(bytes);
                break;
            case 2:
                held.Overwrite(at, bytes);
                for (var i = 0; i < size; i++)
                {
                    if (at + i < model.Count) model[at + i] = bytes[i];
                    else model.Add(bytes[i]);
                }

                if (where % 2 == 0) held.Flush();
                break;
            default:
                held.Truncate(at);
                model.RemoveRange(at, model.Count - at);
                held.Read(at / 2).ShouldBe(model.Skip(at / 2));
                break;
        }
    }
}
