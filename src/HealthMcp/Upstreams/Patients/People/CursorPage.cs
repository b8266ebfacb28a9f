using System.Text.Json;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.People;

/// <summary>One page of the keyset list.</summary>
/// <param name="Next">The API's own cursor for what follows; null at the end.</param>
internal sealed record CursorPage(IReadOnlyList<ReadOnlyMemory<byte>> Rows, string? Next)
{
    /// <param name="body">Answer of the API.</param>
    /// <param name="after">Cursor that was sent: an answer that leads back to it would never end.</param>
    /// <exception cref="JsonException">The answer has no page.</exception>
    public static CursorPage Of(ReadOnlyMemory<byte> body, string? after)
    {
        using var json = JsonDocument.Parse(body);
        if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("page_info", out var info))
            throw new JsonException("page_info expected");
        var next = info.IsTrue("has_next_page") ? info.Text("end_cursor") ?? throw new JsonException("end_cursor expected") : null;
        return next is null || next != after ? new(RowsOf(body), next) : throw new JsonException("the cursor does not move");
    }

    private static IReadOnlyList<ReadOnlyMemory<byte>> RowsOf(ReadOnlyMemory<byte> body) => Catalog.Rows.At(body, PeopleEndpoints.Walk.Rows!);
}
