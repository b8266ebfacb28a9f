using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.XCures;

/// <summary>Arguments of <c>list_projects</c>: none of its own.</summary>
internal sealed record ListProjectsInput : ToolInput;

/// <summary>Tools about the projects of the account.</summary>
internal sealed class ProjectTools(UpstreamClient xcures) : IToolSet
{
    private static readonly ToolDefinition List = new()
    {
        Name = "list_projects",
        Title = "List xCures projects",
        Description = """
            Lists the projects that this server's xCures account may use. All other xCures tools work in one of them: the one that the
            operator has configured, or the only one. Use it when a tool says that the project is wrong or must be chosen; an agent cannot
            change the project, the operator can.
            """,
        Toolset = XCuresEndpoints.System,
        Scopes = ["xcures/subjects.read"],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
        Endpoints = [XCuresEndpoints.Projects],
        Input = XCuresJson.Default.ListProjectsInput,
        DataSchema = """
            {"type":"array","items":{"type":"object","properties":{
            "id":{"type":"string","description":"Handle (proj_…)."},"name":{"type":"string"},
            "created":{"type":"string"},"updated":{"type":"string"}}}}
            """,
    };

    public IEnumerable<Tool> Tools => [Tool.Reading<ListProjectsInput>(List, ListAsync)];

    public async Task<UpstreamResult> ListAsync(ListProjectsInput input, CallContext call, CancellationToken cancellation)
    {
        // The one call that is made in no project, so that it works also where the project is missing or wrong.
        var request = new UpstreamRequest(XCuresEndpoints.Projects) { WithoutCommonHeaders = true };
        var rows = (await xcures.SendAsync(request, call, cancellation)).Read(Rows.Of);
        return UpstreamResult.Of(XCuresEndpoints.System, new Section(null, XCuresEndpoints.Projects.Shape, rows) { Total = rows.Count }) with
        {
            Notices = rows.Count > 1 ? [$"The operator chooses one of them with {XCuresOptions.ProjectId}."] : [],
            Searched = $"Projects of this server's {xcures.Source.Kind} xCures account.",
        };
    }
}
