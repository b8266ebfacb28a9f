using HealthMcp.Catalog;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Upstreams.XCures.Documents;

public sealed class PublishingToolsTests(XCuresWorld world) : IClassFixture<XCuresWorld>
{
    private const string Reciprocity = "/api/v1/patient-registry/document/{documentId}/reciprocity";

    [Fact]
    public async Task A_document_is_published_under_a_template_and_taken_back()
    {
        var (document, template) = (await world.DocumentAsync("application/xml"), await TemplateAsync());
        var published = await world.WriteAsync("publish_document", $$"""{"documentId":"{{document}}","templateId":"{{template}}"}""");
        var withdrawn = await world.WriteAsync("unpublish_document", $$"""{"documentId":"{{document}}"}""");

        published.Content.GetProperty("write").GetProperty("status").GetString().ShouldBe("done");
        published.Content.GetProperty("write").GetProperty("verified").GetBoolean().ShouldBeFalse();
        published.Data.GetProperty("template").GetProperty("loincCode").GetString().ShouldBe("34133-9");
        withdrawn.Content.GetProperty("write").GetProperty("status").GetString().ShouldBe("done");
        world.World.Sandbox.Journal.Of("xcures", "DELETE " + Reciprocity).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_preview_publishes_nothing_and_warns()
    {
        await using var own = await World.StartAsync(("HEALTHMCP_TOOLSETS", "xcures"));
        var client = await own.ConnectAsync();
        var subject = (await client.ReplyAsync("search_subjects", """{"firstName":"Helen","lastName":"Milliken"}""")).First.GetProperty("id").GetString();
        var document = (await client.ReplyAsync("search_documents", $$"""{"subject":"{{subject}}"}""")).First.GetProperty("id").GetString();
        var template = (await client.ReplyAsync("list_publish_templates", "{}")).First.GetProperty("id").GetString();

        var preview = await client.ReplyAsync("publish_document", $$"""{"documentId":"{{document}}","templateId":"{{template}}"}""");

        preview.Content.GetProperty("write").GetProperty("warnings")[0].GetString()!.ShouldContain("other organizations");
        own.Sandbox.Journal.Of("xcures", "PUT " + Reciprocity).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_document_without_a_date_is_refused_with_the_way_out()
    {
        var made = await world.WriteAsync("upload_document", """{"subject":"<subject>","fileName":"u.txt","contentType":"text/plain","text":"x"}""");
        var reply = await world.CallAsync(
            "publish_document", $$"""{"documentId":"{{made.Data.GetProperty("id").GetString()}}","templateId":"{{await TemplateAsync()}}"}""");

        reply.ErrorCode.ShouldBe(FailureCodes.InvalidArgument);
        reply.Text.ShouldContain("update_document");
    }

    [Fact]
    public async Task A_template_of_another_project_is_refused()
    {
        var document = await world.DocumentAsync("application/xml");
        var reply = await world.CallAsync(
            "publish_document", $$"""{"documentId":"{{document}}","templateId":"7d0c2a50-3f7e-4b19-9d57-6a1f0c3e8b21"}""");

        reply.Content.GetProperty("error").GetProperty("argument").GetString().ShouldBe("templateId");
    }

    [Fact]
    public async Task Templates_say_the_kind_of_document_and_not_who_signs()
    {
        var reply = await world.CallAsync("list_publish_templates", "{}");

        reply.Data.GetArrayLength().ShouldBe(2);
        reply.First.GetProperty("id").GetString()!.ShouldStartWith("tmpl_");
        reply.Text.ShouldNotContain("Okonkwo");
        reply.Text.ShouldNotContain("503-555");
    }

    [Fact]
    public async Task A_lost_answer_is_sent_again_because_publishing_twice_is_publishing_once()
    {
        var arguments = $$"""{"documentId":"{{await world.DocumentAsync("application/xml")}}","templateId":"{{await TemplateAsync()}}"}""";
        var preview = await world.CallAsync("publish_document", arguments);
        world.World.Sandbox.Faults.Next("xcures", "PUT " + Reciprocity, Fault.AnswerLost());

        var reply = await world.CallAsync("publish_document", arguments[..^1] + $$""","confirmation":"{{preview.Confirmation}}"}""");

        reply.IsError.ShouldBeFalse(reply.Text);
    }

    private async Task<string> TemplateAsync() => (await world.CallAsync("list_publish_templates", "{}")).First.GetProperty("id").GetString()!;
}
