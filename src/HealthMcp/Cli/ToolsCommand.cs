using System.CommandLine;
using System.Text.Json;
using HealthMcp.Catalog;

namespace HealthMcp.Cli;

/// <summary><c>tools</c>: what this server offers; with <c>--json</c> the manifest, with <c>--markdown</c> the table of the README.</summary>
internal sealed class ToolsCommand(Terminal terminal, CommonOptions common)
{
    private readonly Option<bool> _json = new("--json") { Description = "Print the manifest as JSON." };
    private readonly Option<bool> _markdown = new("--markdown") { Description = "Print the table of the README." };

    public Command Build()
    {
        var command = new Command("tools", "List the tools with their scopes, effects and endpoints.") { _json, _markdown };
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        if (common.Read(parsed, terminal.Error) is not { } configuration) return Exit.CannotStart;
        using var app = CommonOptions.Compose(configuration, Logging.Quiet, terminal.Error);
        if (app is null) return Exit.CannotStart;
        var definitions = app.Tools.On.Select(tool => tool.Definition);
        if (parsed.GetValue(_json)) terminal.Out.WriteLine(Manifest(app.Tools.All.Select(tool => tool.Definition), Composition.Catalog.Exclusions));
        else if (parsed.GetValue(_markdown)) terminal.Out.Write(ToolTable.Markdown(app.Tools.All.Select(tool => tool.Definition)));
        else terminal.Out.Write(ToolTable.Text(definitions));
        return Exit.Done;
    }

    private static string Manifest(IEnumerable<ToolDefinition> tools, IEnumerable<Exclusion> exclusions) =>
        IndentedJson.Of(json => ToolManifest.Write(json, tools, exclusions));
}
