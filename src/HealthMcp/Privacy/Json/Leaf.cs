using System.Text.Json;

namespace HealthMcp.Privacy;

/// <summary>One scalar of the answer, by its bytes.</summary>
internal readonly ref struct Leaf
{
    private readonly ReadOnlyMemory<byte> _json;
    private readonly int _start;

    /// <param name="json">The whole answer.</param>
    /// <param name="span">Its end, which <paramref name="reader"/> reads.</param>
    /// <param name="reader">Stands at the scalar.</param>
    public Leaf(ReadOnlyMemory<byte> json, ReadOnlySpan<byte> span, ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        (_json, _start) = (json, json.Length - span.Length + start);
        Value = reader.ValueSpan;
        IsString = reader.TokenType == JsonTokenType.String;
        IsWord = IsString || reader.TokenType == JsonTokenType.Number;
        IsEscaped = reader.ValueIsEscaped;
        Token = span.Slice(start, Length);
    }

    /// <summary>Without quotes, its escapes still in it.</summary>
    public ReadOnlySpan<byte> Value { get; }

    public bool IsString { get; }

    /// <summary>A string or a number.</summary>
    public bool IsWord { get; }

    public bool IsEscaped { get; }

    /// <summary>The token as it stands in the answer, so that numbers and kept strings survive byte for byte.</summary>
    public ReadOnlySpan<byte> Token { get; }

    /// <summary>The same, to keep until the answer is written.</summary>
    public ReadOnlyMemory<byte> Memory => _json.Slice(_start, Length);

    private int Length => Value.Length + (IsString ? 2 : 0);
}
