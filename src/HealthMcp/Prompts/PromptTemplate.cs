namespace HealthMcp.Prompts;

/// <summary>A prompt as its file gives it: what clients are told, and the text with <c>{{argument}}</c> in it.</summary>
/// <param name="Scopes">What the tools that it speaks of need; without them it would lead to refusals only.</param>
internal sealed record PromptTemplate(
    string Name, string Title, string Description, IReadOnlyList<string> Scopes, IReadOnlyList<TemplateArgument> Arguments,
    string Body);

internal sealed record TemplateArgument(string Name, string Description, bool Required);
