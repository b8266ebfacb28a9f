using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Access;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace HealthMcp.Prompts;

/// <summary>The prompts that the server offers. They are the files of prompts/, built into the program.</summary>
internal sealed class PromptBook(IEnumerable<PromptTemplate> templates)
{
    private const int LongestValue = 4000;

    /// <summary>Key of <c>_meta</c> under which a client finds the scopes that a prompt's tools need.</summary>
    private const string ScopesKey = "io.github.healthmcp/scopes";

    private readonly IReadOnlyList<PromptTemplate> _templates = [.. templates.OrderBy(t => t.Name, StringComparer.Ordinal)];

    public IReadOnlyList<PromptTemplate> Templates => _templates;

    /// <summary>Reads the files that were built in.</summary>
    public static PromptBook Embedded()
    {
        var assembly = typeof(PromptBook).Assembly;
        return new PromptBook(assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith("prompts/", StringComparison.Ordinal))
            .Select(n => FrontMatter.Read(Text(assembly, n))));
    }

    public PromptTemplate? Find(string? name) => _templates.FirstOrDefault(t => t.Name == name);

    /// <summary>The prompts whose tools <paramref name="caller"/> is shown.</summary>
    public IList<Prompt> List(Caller caller) => [.. _templates.Where(t => AccessPolicy.Lists(caller, t.Scopes)).Select(Described)];

    /// <exception cref="McpProtocolException">The prompt or an argument is not as the list says; the sentence holds no value.</exception>
    public GetPromptResult Get(string name, IEnumerable<KeyValuePair<string, JsonElement>>? arguments)
    {
        var template = Find(name)
            ?? throw Invalid($"There is no prompt of that name. There are: {string.Join(", ", _templates.Select(t => t.Name))}.");
        var text = KeyMask.Apply(Placeholders.Fill(template.Body, Checked(template, arguments ?? [])));
        return new GetPromptResult
        {
            Description = template.Description,
            Messages = [new PromptMessage { Role = Role.User, Content = new TextContentBlock { Text = text } }],
        };
    }

    private static Dictionary<string, string> Checked(PromptTemplate template, IEnumerable<KeyValuePair<string, JsonElement>> arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in arguments)
        {
            if (!template.Arguments.Any(a => a.Name == name))
            {
                throw Invalid($"{template.Name} has no argument of that name. It takes: {string.Join(", ", template.Arguments.Select(a => a.Name))}.");
            }

            if (value.ValueKind != JsonValueKind.String) throw Invalid($"The argument {name} must be a string.");
            var text = value.GetString()!;
            if (text.Length > LongestValue) throw Invalid($"The argument {name} takes at most {LongestValue} characters.");
            if (!string.IsNullOrWhiteSpace(text)) values[name] = text;
        }

        var missing = template.Arguments.FirstOrDefault(a => a.Required && !values.ContainsKey(a.Name));
        return missing is null ? values : throw Invalid($"The argument {missing.Name} is missing.");
    }

    private static Prompt Described(PromptTemplate template) => new()
    {
        Name = template.Name,
        Title = template.Title,
        Description = template.Description,
        Arguments = [.. template.Arguments.Select(a => new PromptArgument { Name = a.Name, Description = a.Description, Required = a.Required })],
        Meta = new JsonObject { [ScopesKey] = new JsonArray([.. template.Scopes.Select(s => JsonValue.Create(s))]) },
    };

    private static string Text(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static McpProtocolException Invalid(string message) => new(message, McpErrorCode.InvalidParams);
}
