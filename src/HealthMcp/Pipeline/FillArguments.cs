using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthMcp.Catalog;
using HealthMcp.Privacy;

namespace HealthMcp.Pipeline;

/// <summary>
/// Fills <c>{{handle.field}}</c> in text going up with what the vault remembers, so that a model can write about a person without seeing
/// who it is. Only in arguments that are marked for it, and only of a person whom the same call names: whoever reads that person's record
/// later has these values withheld again. Every reason not to fill gives one and the same refusal.
/// </summary>
internal sealed partial class FillArguments(HandleVault vault)
{
    public JsonElement Fill(ToolDefinition definition, ResolvedArguments given)
    {
        if (!given.Arguments.GetRawText().Contains("{{", StringComparison.Ordinal)) return given.Arguments;
        var places = ArgumentPlaces<FillAttribute>.Of(definition.Input);
        var filled = JsonNode.Parse(given.Arguments.GetRawText())!;
        Walk(filled, [], places, given.Persons);
        return JsonElement.Parse(filled.ToJsonString());
    }

    private void Walk(JsonNode node, IReadOnlyList<string> path, IReadOnlyList<ArgumentPlace<FillAttribute>> places, IReadOnlyList<HandleRequest> persons)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, inner) in members.ToList()) if (inner is not null) Walk(inner, [.. path, name], places, persons);
                break;
            case JsonArray list:
                foreach (var inner in list.ToList()) if (inner is not null) Walk(inner, path, places, persons);
                break;
            case JsonValue value when value.TryGetValue<string>(out var text) && text.Contains("{{", StringComparison.Ordinal):
                if (places.FirstOrDefault(place => place.Path.SequenceEqual(path, StringComparer.Ordinal)) is { } place)
                    node.ReplaceWith(Text(text, place, persons));
                else if (Meant().IsMatch(text)) throw Elsewhere(path, places);
                break;
        }
    }

    private string Text(string text, ArgumentPlace<FillAttribute> place, IReadOnlyList<HandleRequest> persons)
    {
        var rest = Placeholder().Replace(text, "");
        if (rest.Contains("{{", StringComparison.Ordinal) || !Placeholder().Matches(text).All(found => StandsApart(text, found))) throw Refused(place);

        // Each counts as the longest value there is: a limit that knew the real length would tell it.
        var longest = rest.Length + (Placeholder().Count(text) * Label.Longest);
        if (Most(place) is { } most && longest > most)
        {
            throw CallFailureException.Invalid(
                place.Name, $"{place.Name} is too long: it may have {most} characters, and each placeholder counts as {Label.Longest}.");
        }

        return Placeholder().Replace(text, found => Value(found.Groups["handle"].Value, found.Groups["field"].Value, persons) ?? throw Refused(place));
    }

    private string? Value(string handle, string field, IReadOnlyList<HandleRequest> persons)
    {
        foreach (var person in persons)
            if (vault.Resolve(handle, person.Kind, person.System).Value == person.Value) return vault.LabelsOf(person)[field.ToLowerInvariant()];
        return null;
    }

    // A name with letters written onto it, or a number with the signs of an encoding, is not found again when the text comes back.
    private static bool StandsApart(string text, Match found) =>
        (found.Index == 0 || Mark(text[found.Index - 1])) && (found.Index + found.Length == text.Length || Mark(text[found.Index + found.Length]));

    private static bool Mark(char beside) => beside is ' ' or '\n' or '\r' or '.' or ',' or ';' or ':' or '(' or ')' or '\'' or '"' or '!' or '?' or '/' or '-';

    private static int? Most(ArgumentPlace<FillAttribute> place) =>
        place.Property.AttributeProvider?.GetCustomAttributes(typeof(MaxLengthAttribute), inherit: true).OfType<MaxLengthAttribute>().FirstOrDefault()?.Length;

    private static CallFailureException Refused(ArgumentPlace<FillAttribute> place) =>
        new(
            FailureCodes.InvalidArgument,
            $"{place.Name} has a placeholder that cannot be filled in. It is written {{{{handle.field}}}}: the handle of the person whom this call names, and "
                + $"one of {string.Join(", ", LabelFields.All)}, with blanks or punctuation around it. The field must have stood in a record that this server read: first make a call that "
                + "reads the person's own record (a look-up, or the preview of a write), or leave the placeholder out.")
        {
            Argument = place.Name,
        };

    private static CallFailureException Elsewhere(IReadOnlyList<string> path, IReadOnlyList<ArgumentPlace<FillAttribute>> places) =>
        CallFailureException.Invalid(
            path.Count == 0 ? "" : path[0],
            $"Placeholders are not filled in here; {(places.Count == 0 ? "this tool has no argument for them" : $"use them in {places[0].Name} only")}.");

    [GeneratedRegex(@"\{\{ ?(?<handle>[A-Za-z0-9]{1,12}_[A-Za-z0-9]{1,40})\.(?<field>[A-Za-z_]{1,20}) ?\}\}", RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();

    // What somebody wrote who thought that it would be filled in; other braces are text.
    [GeneratedRegex(@"\{\{\s*[A-Za-z0-9]{1,12}_[^{}]*\}\}", RegexOptions.NonBacktracking)]
    private static partial Regex Meant();
}
