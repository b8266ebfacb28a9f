using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HealthMcp.Access;
using HealthMcp.Catalog;
using HealthMcp.Storage;

namespace HealthMcp.Pipeline;

/// <summary>Where a paged answer goes on: the tool's own state, how many rows of that page were already given, and the mark of the last.</summary>
internal sealed record CursorPosition(string? Page, int Given, string? LastGiven = null);

/// <summary>
/// Opaque cursors: sealed, so that they show nothing and cannot be made up, and bound to caller, tool and arguments, so that one question's
/// cursor is no good for another.
/// </summary>
internal sealed class Cursors(SealedBox box)
{
    private const string Prefix = "cur_";

    // What only says how the answer is wanted may change from page to page.
    private static readonly string[] NotPartOfTheQuestion = ["cursor", "max_bytes", "fields", "privacy", "confirmation"];

    /// <summary>Arguments as an object, also where none were given.</summary>
    public static JsonElement Given(JsonElement arguments) =>
        arguments.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? JsonText.EmptyObject : arguments;

    public static byte[] Digest(Caller caller, string tool, JsonElement arguments)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{caller.Key}\n{tool}\n"));
        foreach (var member in arguments.EnumerateObject().Where(m => !NotPartOfTheQuestion.Contains(m.Name)).OrderBy(m => m.Name, StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes($"{member.Name}={member.Value.GetRawText()}\n"));
        return hash.GetHashAndReset();
    }

    public string Seal(CursorPosition position, byte[] digest) =>
        Prefix + box.SealText(Encoding.UTF8.GetBytes($"{position.Given.ToString(CultureInfo.InvariantCulture)}|{position.LastGiven}|{position.Page}"), digest);

    /// <exception cref="CallFailureException">The cursor is not one of this server's, or belongs to another caller or question.</exception>
    public CursorPosition Open(string cursor, byte[] digest)
    {
        if (!cursor.StartsWith(Prefix, StringComparison.Ordinal) || !box.TryOpenText(cursor.AsSpan(Prefix.Length), digest, out var plain)) throw Refused();
        var parts = Encoding.UTF8.GetString(plain).Split('|', 3);
        if (parts.Length != 3) throw Refused();
        return new CursorPosition(Some(parts[2]), int.Parse(parts[0], CultureInfo.InvariantCulture), Some(parts[1]));
    }

    private static string? Some(string text) => text.Length == 0 ? null : text;

    private static CallFailureException Refused() =>
        new(
            FailureCodes.InvalidCursor,
            "The cursor does not belong to this question: "
                + "repeat the arguments of the call that gave it, or leave cursor out to start anew.") { Argument = "cursor" };
}
