using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.PhenoML.Providers;

/// <summary>
/// JSON Patch (RFC 6902) and merge patch (RFC 7396), tried here on the record before they are sent: what cannot be applied is refused with its number, and the
/// preview shows what the record will be.
/// </summary>
internal static class JsonPatch
{
    private static readonly string[] Fixed = ["resourceType", "id", "meta"];

    /// <param name="record">The record as it is; left alone.</param>
    /// <param name="operations">One after the other.</param>
    /// <param name="seesAll">False where parts of the record are withheld from the caller.</param>
    /// <returns>The record as it will be.</returns>
    /// <exception cref="CallFailureException">One cannot be applied, or may not be.</exception>
    public static JsonObject Apply(JsonObject record, IReadOnlyList<PatchOperation> operations, bool seesAll)
    {
        var now = (JsonObject)record.DeepClone();
        for (var i = 0; i < operations.Count; i++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"operations[{i}]");
            Check(operations[i], at, seesAll);
            try
            {
                Step(now, operations[i]);
            }
            catch (Exception e) when (e is InvalidOperationException or ArgumentOutOfRangeException or FormatException or OverflowException)
            {
                throw CallFailureException.Invalid(
                    at, $"{at} cannot be applied to the record as it is: its path leads nowhere, or its test fails. Read the record and correct the path.");
            }
        }

        return now;
    }

    /// <returns>The record with a part merged in.</returns>
    /// <exception cref="CallFailureException">The part touches what a patch may not.</exception>
    public static JsonObject Merge(JsonObject record, JsonObject part)
    {
        if (part.Count == 0) throw CallFailureException.Invalid("resource", "resource is empty: give the elements that are to change.");
        if (part.Any(member => Fixed.Contains(member.Key) && !JsonNode.DeepEquals(member.Value, record[member.Key])))
            throw CallFailureException.Invalid("resource", "resource changes resourceType, id or meta, which stay as they are: leave them out.");
        var now = (JsonObject)record.DeepClone();
        MergeInto(now, part);
        return now;
    }

    /// <summary>Names of the elements that differ.</summary>
    public static IReadOnlyList<string> Changed(JsonObject before, JsonObject after) =>
        [.. before.Select(member => member.Key).Union(after.Select(member => member.Key), StringComparer.Ordinal)
            .Where(name => !JsonNode.DeepEquals(before[name], after[name]))];

    /// <summary>Names of the elements that the body of a patch names, whether or not it changes them.</summary>
    public static IReadOnlyList<string> Touched(byte[] body) => JsonNode.Parse(body) is JsonArray steps
        ? [.. steps.OfType<JsonObject>().Select(step => Parts(step.Text("path")!)[0]).Except(Fixed, StringComparer.Ordinal)]
        : [.. PhenoMLBody.Object(body).Select(member => member.Key).Except(Fixed, StringComparer.Ordinal)];

    public static JsonArray Body(IReadOnlyList<PatchOperation> operations) =>
        (JsonArray)JsonNode.Parse(JsonSerializer.Serialize(operations, ProviderJson.Default.IReadOnlyListPatchOperation))!;

    private static void Check(PatchOperation operation, string at, bool seesAll)
    {
        if (!IsPointer(operation.Path) || (operation.From is not null && !IsPointer(operation.From)))
            throw CallFailureException.Invalid($"{at}.path",
                $"{at} has a path that is no JSON Pointer (RFC 6901): begin with /, and write ~ as ~0 and / as ~1.");
        if (Fixed.Contains(Parts(operation.Path)[0])
            || (operation.Op == "move" && Fixed.Contains(Parts(operation.From ?? "/id")[0]) && operation.From is not null))
            throw CallFailureException.Invalid($"{at}.path", $"{at} changes resourceType, id or meta, which stay as they are.");
        if (operation.Op is "add" or "replace" or "test" != operation.Value.HasValue)
            throw CallFailureException.Invalid($"{at}.value", $"{at}: value goes with add, replace and test, and with them only.");
        if (operation.Op is "move" or "copy" != operation.From is not null)
            throw CallFailureException.Invalid($"{at}.from", $"{at}: from goes with move and copy, and with them only.");
        if (operation.Op == "move" && (operation.Path + "/").StartsWith(operation.From + "/", StringComparison.Ordinal))
            throw CallFailureException.Invalid($"{at}.from", $"{at} moves something into itself.");
        if (!seesAll && operation.Op is "test" or "move" or "copy" && !seesAll)
            throw new CallFailureException(
                FailureCodes.QuestionWithheld,
                $"{at}: test, move and copy would tell, or show elsewhere, what is withheld at this privacy level: use add, replace and remove.")
            {
                Argument = $"{at}.op",
            };
    }

    private static void Step(JsonObject root, PatchOperation operation)
    {
        var path = Parts(operation.Path);
        var value = operation.Value is { } given ? JsonNode.Parse(given.GetRawText()) : null;
        switch (operation.Op)
        {
            case "add": Add(root, path, value); break;
            case "remove": Remove(root, path); break;
            case "test": if (!JsonNode.DeepEquals(At(root, path), value)) throw new FormatException("differs"); break;
            case "replace":
                At(root, path);
                Remove(root, path);
                Add(root, path, value);
                break;
            default:
                var from = Parts(operation.From!);
                var moved = At(root, from)?.DeepClone();
                if (operation.Op == "move") Remove(root, from);
                Add(root, path, moved);
                break;
        }
    }

    private static JsonNode? At(JsonNode? node, ReadOnlySpan<string> path)
    {
        foreach (var part in path)
        {
            node = node switch
            {
                JsonArray list => list[Index(part)],
                JsonObject members when members.TryGetPropertyValue(part, out var inner) => inner,
                _ => throw new FormatException("nothing there"),
            };
        }

        return node;
    }

    private static void Add(JsonNode root, string[] path, JsonNode? value)
    {
        switch (At(root, path.AsSpan(..^1)))
        {
            case JsonArray list when path[^1] == "-": list.Add(value); break;
            case JsonArray list: list.Insert(Index(path[^1]), value); break;
            case JsonObject members: members[path[^1]] = value; break;
            default: throw new FormatException("nothing there");
        }
    }

    private static void Remove(JsonNode root, string[] path)
    {
        switch (At(root, path.AsSpan(..^1)))
        {
            case JsonArray list: list.RemoveAt(Index(path[^1])); break;
            case JsonObject members when members.Remove(path[^1]): break;
            default: throw new FormatException("nothing there");
        }
    }

    private static void MergeInto(JsonObject target, JsonObject part)
    {
        foreach (var (name, value) in part)
        {
            if (value is null) target.Remove(name);
            else if (value is JsonObject inner && target[name] is JsonObject below) MergeInto(below, inner);
            else target[name] = value.DeepClone();
        }
    }

    // RFC 6901: no leading zeros.
    private static int Index(string part) => part.Length > 0 && (part == "0" || part[0] != '0')
        ? int.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture) : throw new FormatException("no index");

    private static bool IsPointer(string path)
    {
        if (path.Length < 2 || path[0] != '/') return false;
        for (var at = path.IndexOf('~'); at >= 0; at = path.IndexOf('~', at + 1))
            if (at + 1 >= path.Length || path[at + 1] is not ('0' or '1')) return false;
        return true;
    }

    private static string[] Parts(string pointer) =>
        [.. pointer[1..].Split('/').Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
}
