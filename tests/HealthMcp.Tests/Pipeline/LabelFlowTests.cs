using System.Text;
using HealthMcp.Access;
using HealthMcp.Catalog;
using HealthMcp.Pipeline;
using HealthMcp.Privacy;
using HealthMcp.Storage;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Pipeline;

/// <summary>What one answer shows of a person is withheld from a later answer about the same person that does not show it itself.</summary>
public sealed class LabelFlowTests : IDisposable
{
    private const string Namespace = "sandbox:xcures";
    private const string Subject = """{"id":"s1","identifier":"48151","firstName":"Ayodele","lastName":"Zzyzwicz","email":"a@example.org"}""";
    private const string Shape = "xcures.concept.imaging";
    private const string Note = """{"id":"c1","findings":"seen today, zzyzwicz family, file 48151, stable"}""";
    private static readonly HandleRequest Person = new(Namespace, "subj", "s1");

    private readonly TempFolder _folder = new();
    private readonly HandleVault _vault;
    private readonly RedactionStage _stage;
    private readonly Tool _tool = OneApp.Build().Tools.All.Single(tool => tool.Name == "get_clinical_concepts");

    public LabelFlowTests()
    {
        var directory = DataDirectory.Open(_folder.Path);
        _vault = HandleVault.Open(directory, KeyFile.OpenOrCreate(directory, Entropy.System, TimeProvider.System), Entropy.System);
        var shapes = ShapeCatalog.Load();
        var sources = new Dictionary<string, SystemSource>(StringComparer.Ordinal) { ["xcures"] = new("xcures", true, Namespace) };
        _stage = new RedactionStage(new Redactor(shapes, new Scrubber()), _vault, new LabelReader(shapes), sources, TimeProvider.System);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_later_answer_about_the_person_is_scrubbed_of_what_an_earlier_one_showed()
    {
        (await AnswerAsync(Note, Shape, Person)).ShouldContain("48151", customMessage: "nothing is known yet, so this test is not empty");
        await AnswerAsync(Subject, "xcures.subject");

        var later = await AnswerAsync(Note, Shape, Person);

        later.ShouldNotContain("48151");
        later.ShouldNotContain("zzyzwicz", Case.Insensitive);
        later.ShouldContain("stable");
    }

    [Fact]
    public async Task Another_person_is_not_scrubbed_of_it()
    {
        await AnswerAsync(Subject, "xcures.subject");

        (await AnswerAsync(Note, Shape, Person with { Value = "s2" })).ShouldContain("48151");
    }

    [Fact]
    public async Task It_is_learned_at_every_level_and_forgotten_with_the_handle()
    {
        await AnswerAsync(Subject, "xcures.subject", level: PrivacyLevel.Identified);
        (await AnswerAsync(Note, Shape, Person)).ShouldNotContain("48151");

        _vault.Forget(_vault.Find(Person)!, "subj");

        (await AnswerAsync(Note, Shape, Person)).ShouldContain("48151");
    }

    [Fact]
    public async Task Whom_the_answer_only_refers_to_is_known_too()
    {
        await AnswerAsync(Subject, "xcures.subject");

        var tag = """{"id":"s9","lastName":"Other","tags":[{"id":"t1","subjectId":"s1","valueText":"file 48151"}]}""";
        (await AnswerAsync(tag, "xcures.subject")).ShouldNotContain("48151");
        (await AnswerAsync(tag.Replace("s1", "s2", StringComparison.Ordinal), "xcures.subject")).ShouldContain("48151");
    }

    [Fact]
    public async Task A_record_that_was_read_on_the_way_is_known_at_once_and_later()
    {
        _vault.Mint(Namespace, Person.Kind, Person.Value);
        (await AnswerAsync(Note, Shape, read: Subject)).ShouldNotContain("48151");
        (await AnswerAsync(Note, Shape, Person)).ShouldNotContain("48151");
    }

    [Fact]
    public async Task An_answer_with_five_hundred_persons_costs_one_write()
    {
        string Row(int i) => Subject.Replace("s1", $"s{i}", StringComparison.Ordinal).Replace("48151", $"{90000 + i}", StringComparison.Ordinal);
        var rows = Enumerable.Range(0, 500).Select(Row).ToArray();
        await AnswerAsync(Subject, "xcures.subject");

        await AnswerAsync(rows, "xcures.subject", [], PrivacyLevel.Deidentified, null);

        _vault.Count().Persons.ShouldBe(500);
        var size = new FileInfo(_folder[HandleVault.FileName]).Length;
        await AnswerAsync(rows, "xcures.subject", [], PrivacyLevel.Deidentified, null);
        new FileInfo(_folder[HandleVault.FileName]).Length.ShouldBe(size, "what is known is not written again");
    }

    private Task<string> AnswerAsync(
        string row, string shape, HandleRequest? about = null, PrivacyLevel level = PrivacyLevel.Deidentified, string? read = null) =>
        AnswerAsync([row], shape, about is { } one ? [one] : [], level, read);

    private async Task<string> AnswerAsync(string[] rows, string shape, IReadOnlyList<HandleRequest> about, PrivacyLevel level, string? read)
    {
        var context = ToolCalls.Context(_tool);
        if (read is not null) context.Read.Add("xcures.subject", Encoding.UTF8.GetBytes(read));
        var request = new CallRequest(_tool.Name, default, new Caller("local", "test", new ScopeSet([])));
        var state = new CallState(request, _tool, "call") { Level = level, Bound = new BoundArguments(new object(), context, []) { Persons = about } };
        await _stage.InvokeAsync(state, Give(rows, shape), CancellationToken.None);
        return string.Join('\n', state.Redacted!.Sections.SelectMany(s => s.Rows).Select(row => Encoding.UTF8.GetString(row.Span)));
    }

    private static Step Give(string[] rows, string shape) => (state, _) =>
    {
        state.Outcome = UpstreamResult.Of("xcures", new Section(null, shape, [.. rows.Select(row => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(row))]));
        return Task.CompletedTask;
    };
}
