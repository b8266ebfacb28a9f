using HealthMcp.Storage;
using HealthMcp.Tests.Support;
using HealthMcp.Writes;

namespace HealthMcp.Tests.Writes;

public sealed class ApprovalBookTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly DataDirectory _directory;
    private readonly ManualTime _time = new(jumps: false);

    public ApprovalBookTests() => _directory = DataDirectory.Open(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_link_opens_its_approval_in_every_process_and_nothing_of_it_is_stored()
    {
        var made = Add(Book(), "a");
        var link = Book().LinkOf(made);

        Book().Find(made.Id).ShouldNotBeNull();
        var opened = Book().Open(link)!;
        (opened.Nonce, opened.State, opened.Browser).ShouldBe((made.Nonce, ApprovalState.Pending, null));
        opened.Sheet.Persons.ShouldBe(made.Sheet.Persons);
        foreach (var file in Directory.GetFiles(_folder.Path))
        {
            Path.GetFileName(file).ShouldNotContain(link[..12]);
            System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file)).ShouldNotContain("Marissa");
        }
    }

    [Fact]
    public void A_later_approval_of_the_same_call_has_another_link()
    {
        var book = Book();
        var first = book.LinkOf(Add(book, "a"));
        book.Remove(book.IdOf([1]));

        book.LinkOf(Add(book, "a")).ShouldNotBe(first);
        book.Open(first).ShouldBeNull();
    }

    [Fact]
    public void A_copy_of_the_data_without_its_key_opens_nothing()
    {
        var made = Add(Book(), "a");
        using var elsewhere = new TempFolder();
        var directory = DataDirectory.Open(elsewhere.Path);
        var other = new ApprovalBook(_directory, KeyFile.OpenOrCreate(directory, Entropy.System, _time), Entropy.System, _time);

        Should.Throw<StorageException>(() => other.Find(made.Id));
    }

    private static Approval Add(ApprovalBook book, string caller) => book.Add(
        book.IdOf([1]),
        caller,
        [2],
        new ApprovalSheet("Patients", true, "Record", "record_vitals", "Records pulse.")
        {
            Client = "test", Asked = DateTimeOffset.UnixEpoch, Persons = [new SheetPerson("Marissa Jones", "1971-06-29")],
        })!;

    private ApprovalBook Book() => new(_directory, KeyFile.OpenOrCreate(_directory, Entropy.System, TimeProvider.System), Entropy.System, _time);
}
