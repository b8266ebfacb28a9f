using System.Text;
using HealthMcp.Catalog;
using HealthMcp.Storage;
using HealthMcp.Tests.Support;
using HealthMcp.Writes;

namespace HealthMcp.Tests.Writes;

public sealed class WriteBookTests : IDisposable
{
    private static readonly byte[] Alike = [1];
    private static readonly byte[] Call = [2];

    private readonly TempFolder _folder = new();
    private readonly DataDirectory _directory;
    private readonly ManualTime _time = new(jumps: false);

    public WriteBookTests() => _directory = DataDirectory.Open(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Of_many_processes_that_race_one_begins()
    {
        var books = Enumerable.Range(0, 4).Select(_ => Book(TimeProvider.System)).ToArray();

        var began = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => books[i % 4].TryBegin(Entry(books[i % 4])))));

        began.Count(one => one).ShouldBe(1);
    }

    [Fact]
    public void One_whose_sender_is_gone_is_open_after_half_a_minute_and_taken_over_once()
    {
        var (here, there) = (Book(), Book());
        here.TryBegin(Entry(here)).ShouldBeTrue();
        there.TryTakeOver(Entry(there)).ShouldBeFalse();
        _time.Advance(WriteBook.Lease);

        there.Open().ShouldHaveSingleItem().Id.ShouldBe(Entry(here).Id);
        there.TryTakeOver(Entry(there)).ShouldBeTrue();
        here.TryTakeOver(Entry(here)).ShouldBeFalse();
        here.Open().ShouldBeEmpty();
    }

    [Fact]
    public void A_renewed_lease_keeps_it()
    {
        var book = Book();
        book.TryBegin(Entry(book)).ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(20));
        book.Renew(Entry(book));
        _time.Advance(TimeSpan.FromSeconds(20));

        Book().Open().ShouldBeEmpty();
    }

    [Fact]
    public void What_ended_goes_after_a_day_and_what_is_in_doubt_stays()
    {
        var book = Book();
        foreach (var (nonce, state) in new[] { ("a", WriteState.Done), ("b", WriteState.Failed), ("c", WriteState.InDoubt), ("d", WriteState.FoundWritten) })
        {
            book.TryBegin(Entry(book, nonce)).ShouldBeTrue();
            book.End(Entry(book, nonce), now => now with { State = state });
        }

        _time.Advance(TimeSpan.FromDays(400));
        var later = Book();
        later.TryBegin(Entry(later, "e")).ShouldBeTrue();

        later.Open().Single().Nonce.ShouldBe("c");
        Directory.GetFiles(_folder.Path, "write-*").Length.ShouldBe(2);
    }

    [Fact]
    public void What_the_operator_found_stands_whatever_its_sender_says_later()
    {
        var book = Book();
        book.TryBegin(Entry(book)).ShouldBeTrue();
        _time.Advance(WriteBook.Lease);
        book.Resolve(Entry(book).Id, written: false).ShouldBeTrue();
        book.End(Entry(book), now => now with { State = WriteState.Done });

        book.Find(Alike, Call, "n")!.State.ShouldBe(WriteState.FoundNotWritten);
        book.Resolve(Entry(book).Id, written: true).ShouldBeFalse();
        book.Resolve("no such id", written: true).ShouldBeFalse();
    }

    [Fact]
    public void An_entry_is_found_by_its_own_call_alone()
    {
        var book = Book();
        book.TryBegin(Entry(book)).ShouldBeTrue();

        book.Find(Alike, Call, "n").ShouldNotBeNull();
        book.Find(Alike, [9], "n").ShouldBeNull();
        book.Find([9], Call, "n").ShouldBeNull();
        book.Find(Alike, Call, "m").ShouldBeNull();
        book.Alike(Alike).Count.ShouldBe(1);
        book.Alike([9]).ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_of_an_answer_can_be_read_from_the_disk()
    {
        var book = Book();
        book.TryBegin(Entry(book)).ShouldBeTrue();
        var row = Encoding.UTF8.GetBytes("""{"name":"Marissa"}""");
        var read = new ReadRecords();
        read.Add("patients.patient", row);
        var result = UpstreamResult.Of("patients", new Section(null, "patients.vitals", [row]) { Single = true }) with { Write = new("done", true) };
        book.End(Entry(book), now => now with { State = WriteState.Done, Answer = KeptAnswer.Of(result, read) });

        foreach (var file in Directory.GetFiles(_folder.Path)) Encoding.Latin1.GetString(File.ReadAllBytes(file)).ShouldNotContain("Marissa");
        var again = new ReadRecords();
        var kept = Book().Find(Alike, Call, "n")!.Answer!.Result(again);
        kept.Sections.Single().Rows.Single().ToArray().ShouldBe(row);
        again.All.Single().Row.ToArray().ShouldBe(row);
        kept.Write.ShouldBe(new WriteOutcome("done", true));
    }

    [Fact]
    public void An_answer_too_large_to_keep_says_so()
    {
        var large = new byte[700 * 1024];
        var kept = KeptAnswer.Of(UpstreamResult.Of("patients", new Section(null, "patients.vitals", [large])) with { Write = new("done", true) }, new());

        kept.Result(new()).Notices.ShouldHaveSingleItem().ShouldContain("too large");
    }

    [Fact]
    public void An_entry_moved_under_another_name_is_not_read()
    {
        var book = Book();
        book.TryBegin(Entry(book)).ShouldBeTrue();
        var file = Directory.GetFiles(_folder.Path, "write-*").Single();
        File.Move(file, file[..^4] + "0000");

        Should.Throw<StorageException>(() => book.Open());
    }

    private WriteBook Book(TimeProvider? time = null) =>
        new(_directory, KeyFile.OpenOrCreate(_directory, Entropy.System, TimeProvider.System), Entropy.System, time ?? _time);

    private static KeptWrite Entry(WriteBook book, string nonce = "n") =>
        book.Entry(Alike, Call, nonce, PayloadDigest.Of("POST", "/x", "{}"u8), "local", "record_vitals", "patients", "look");
}
