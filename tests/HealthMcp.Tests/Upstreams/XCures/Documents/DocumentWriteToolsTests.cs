using HealthMcp.Catalog;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Upstreams.XCures.Documents;

public sealed class DocumentWriteToolsTests(XCuresWorld world) : IClassFixture<XCuresWorld>
{
    private const string Create = "POST /api/v1/patient-registry/document";

    [Fact]
    public async Task A_text_is_previewed_stored_once_and_read_back()
    {
        var written = await world.WriteAsync("upload_document", Upload("visit.txt", "text/plain", "\"text\":\"Feels well.\",\"documentDate\":\"2024-05-01\""));

        written.Content.GetProperty("write").GetProperty("status").GetString().ShouldBe("done");
        written.Content.GetProperty("write").GetProperty("verified").GetBoolean().ShouldBeTrue();
        var document = written.Data.GetProperty("id").GetString();
        var read = await world.CallAsync("get_document", $$"""{"documentId":"{{document}}"}""");
        read.Data.GetProperty("parts")[0].GetProperty("text").GetString().ShouldBe("Feels well.");
    }

    [Fact]
    public async Task A_confirmation_is_for_these_bytes_and_no_others()
    {
        var preview = await world.CallAsync("upload_document", Upload("visit.txt", "text/plain", "\"text\":\"Dose 5 mg.\""));
        var altered = await world.CallAsync(
            "upload_document", Upload("visit.txt", "text/plain", $"\"text\":\"Dose 50 mg.\",\"confirmation\":\"{preview.Confirmation}\""));

        altered.ErrorCode.ShouldBe(FailureCodes.InvalidConfirmation);
    }

    [Fact]
    public async Task The_callers_own_words_are_not_repeated()
    {
        var arguments = Upload("visit.txt", "text/plain", "\"text\":\"Well.\",\"documentName\":\"Zorblatt 204817\"");
        (await world.CallAsync("upload_document", arguments)).Text.ShouldNotContain("Zorblatt");
        (await world.WriteAsync("upload_document", arguments)).Text.ShouldNotContain("Zorblatt");
    }

    [Theory]
    [InlineData("a.txt", "text/plain", "\"text\":\"x\",\"content_base64\":\"eA==\"", "text")]
    [InlineData("a.txt", "text/plain", "\"documentName\":\"x\"", "text")]
    [InlineData("a.txt", "text/plain", "\"text\":\"\"", "text")]
    [InlineData("a.txt", "text/plain", "\"content_base64\":\"no base64!\"", "content_base64")]
    [InlineData("a.txt", "text/plain", "\"content_base64\":\"eA\"", "content_base64")]
    [InlineData("a.txt", "text/plain", "\"content_base64\":\"//79\"", "contentType")]
    [InlineData("a.txt", "text/plain", "\"content_base64\":\"/+l4\"", "contentType")]
    [InlineData("a.txt", "text/plain", "\"text\":\"%PDF-1.7\"", "contentType")]
    [InlineData("a.pdf", "text/plain", "\"text\":\"x\"", "fileName")]
    [InlineData("a.pdf", "application/pdf", "\"text\":\"no pdf\"", "contentType")]
    [InlineData("a.png", "image/png", "\"content_base64\":\"/9j/4AAQ\"", "contentType")]
    [InlineData("a.xml", "application/xml", "\"text\":\"<a>\"", "contentType")]
    [InlineData("a.xml", "application/xml", "\"text\":\"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>\"", "contentType")]
    [InlineData("a.json", "application/json", "\"text\":\"{\"", "contentType")]
    [InlineData("a.json", "application/fhir+json", "\"text\":\"{}\"", "contentType")]
    [InlineData("../a.txt", "text/plain", "\"text\":\"x\"", "fileName")]
    [InlineData("c:a.txt", "text/plain", "\"text\":\"x\"", "fileName")]
    [InlineData(".txt", "text/plain", "\"text\":\"x\"", "fileName")]
    public async Task A_file_that_is_not_what_it_is_said_to_be_is_refused_by_the_argument(string name, string type, string rest, string argument)
    {
        var reply = await world.CallAsync("upload_document", Upload(name, type, rest));

        reply.ErrorCode.ShouldBe(FailureCodes.InvalidArgument, reply.Text);
        reply.Content.GetProperty("error").GetProperty("argument").GetString().ShouldBe(argument);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused()
    {
        var reply = await world.CallAsync("upload_document", Upload("a.txt", "text/plain", $"\"text\":\"{new string('x', 800_000)}\""));

        reply.ErrorCode.ShouldBe(FailureCodes.TooLarge);
    }

    [Fact]
    public async Task Without_the_scope_nothing_is_written() =>
        (await world.CallWithoutScopeAsync("upload_document", Upload("a.txt", "text/plain", "\"text\":\"x\""))).ErrorCode
            .ShouldBe(FailureCodes.InsufficientScope);

    [Fact]
    public async Task A_lost_answer_is_in_doubt_and_sent_once()
    {
        await using var own = new OwnWorld();
        await own.World.InitializeAsync();
        var arguments = Upload("lost.txt", "text/plain", "\"text\":\"x\"");
        var preview = await own.World.CallAsync("upload_document", arguments);
        own.Sandbox.Faults.Next("xcures", Create, Fault.AnswerLost());

        var reply = await own.World.CallAsync("upload_document", arguments[..^1] + $$""","confirmation":"{{preview.Confirmation}}"}""");

        reply.ErrorCode.ShouldBe(FailureCodes.InDoubt);
        reply.Text.ShouldContain("search_documents");
        own.Sandbox.Journal.Of("xcures", Create).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(403, 1)]
    [InlineData(500, 3)]
    public async Task A_file_that_does_not_get_into_the_storage_is_said_and_the_document_is_made_once(int status, int puts)
    {
        await using var own = new OwnWorld();
        await own.World.InitializeAsync();
        own.Sandbox.Faults.Next("xcures", "PUT /storage/{key}", Fault.Status(status), times: 9);

        var arguments = Upload("x.txt", "text/plain", "\"text\":\"x\"");
        var preview = await own.World.CallAsync("upload_document", arguments);
        var reply = await own.World.CallAsync("upload_document", arguments[..^1] + $$""","confirmation":"{{preview.Confirmation}}"}""");

        reply.ErrorCode.ShouldBe(FailureCodes.InDoubt);
        reply.Text.ShouldContain("without content");
        reply.Text.ShouldNotContain("CANARY");
        own.Sandbox.Journal.Of("xcures", Create).Count.ShouldBe(1);
        own.Sandbox.Journal.Of("xcures", "PUT /storage/{key}").Count.ShouldBe(puts);
    }

    [Fact]
    public async Task A_change_keeps_what_was_not_given_and_says_which_fields_change()
    {
        var document = await world.DocumentAsync("text/plain");
        var arguments = $$"""{"documentId":"{{document}}","documentLocation":"Bayview Clinic"}""";
        var preview = await world.CallAsync("update_document", arguments);
        var written = await world.WriteAsync("update_document", arguments);
        var read = await world.CallAsync("get_document", $$"""{"documentId":"{{document}}","content":"none"}""");

        preview.Data.GetProperty("changed").EnumerateArray().Select(name => name.GetString()).ShouldBe(["documentLocation"]);
        preview.Text.ShouldNotContain("Bayview");
        written.Content.GetProperty("write").GetProperty("verified").GetBoolean().ShouldBeTrue();
        read.Data.GetProperty("document").GetProperty("documentName").GetString().ShouldNotBeNullOrEmpty();
        read.Data.GetProperty("document").GetProperty("documentDate").GetString()!.Length.ShouldBe(4);
    }

    [Fact]
    public async Task A_document_that_somebody_changed_in_between_is_not_overwritten()
    {
        var document = (await world.WriteAsync("upload_document", Upload("v.txt", "text/plain", "\"text\":\"x\""))).Data.GetProperty("id").GetString();
        var arguments = $$"""{"documentId":"{{document}}","documentName":"One"}""";
        var preview = await world.CallAsync("update_document", arguments);
        await world.WriteAsync("update_document", $$"""{"documentId":"{{document}}","documentDate":"2020-02-02"}""");

        var late = await world.CallAsync("update_document", arguments[..^1] + $$""","confirmation":"{{preview.Confirmation}}"}""");

        late.ErrorCode.ShouldBe(FailureCodes.InvalidConfirmation);
    }

    [Fact]
    public async Task A_change_whose_answers_were_all_lost_is_found_in_the_record()
    {
        var document = await world.DocumentAsync("text/plain");
        world.World.Sandbox.Faults.Next("xcures", "PUT /api/v1/patient-registry/document/{documentId}", Fault.AnswerLost(), 50);

        var written = await world.WriteAsync("update_document", $$"""{"documentId":"{{document}}","documentLocation":"Hillside"}""");
        world.World.Sandbox.Faults.Clear();

        written.Content.GetProperty("write").GetProperty("status").GetString().ShouldBe("already_written", written.Text);
        written.Content.GetProperty("write").GetProperty("verified").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Nothing_to_change_is_refused() =>
        (await world.CallAsync("update_document", $$"""{"documentId":"{{await world.DocumentAsync("text/plain")}}"}""")).ErrorCode
            .ShouldBe(FailureCodes.InvalidArgument);

    private static string Upload(string name, string type, string rest) =>
        $$"""{"subject":"<subject>","fileName":"{{name}}","contentType":"{{type}}",{{rest}}}""";

    private sealed class OwnWorld : IAsyncDisposable
    {
        public XCuresWorld World { get; } = new();

        public SandboxServer Sandbox => World.World.Sandbox;

        public async ValueTask DisposeAsync() => await World.DisposeAsync();
    }
}
