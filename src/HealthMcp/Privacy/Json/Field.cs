using System.Text.Json;

namespace HealthMcp.Privacy;

/// <summary>One field of a shape.</summary>
/// <param name="Name">Property name.</param>
/// <param name="Type">JSON type: string, number, integer, boolean or object.</param>
/// <param name="Many">True when the contract says it is an array.</param>
/// <param name="Class">What it holds.</param>
/// <param name="Argument">Handle prefix of an id; what a FHIR reference may point at (p, o, c, a).</param>
/// <param name="Target">Name of the shape below, for objects.</param>
/// <param name="Reason">Why it has its class, where that needs saying.</param>
internal sealed record Field(string Name, string Type, bool Many, FieldClass Class, string? Argument = null, string? Target = null, string? Reason = null)
{
    private static int _made;
    private byte[]? _sibling;

    /// <summary>The name ready to write, with its quotes and colon.</summary>
    public byte[] Encoded { get; } = Property(Name);

    /// <summary>The same for FHIR's <c>_field</c> beside a primitive.</summary>
    public byte[] EncodedSibling => _sibling ??= Property("_" + Name);

    /// <summary>The contract promises a number or a flag.</summary>
    public bool IsNoString { get; } = Type is "number" or "integer" or "boolean";

    /// <summary>Position in its shape, by which a repeated property is noticed.</summary>
    public int Index { get; set; }

    /// <summary>Another one for every field, as far as there are few: for what is remembered of a field beside it.</summary>
    public int Number { get; } = Interlocked.Increment(ref _made);

    /// <summary>The shape that <paramref name="Target"/> names, once it was looked up.</summary>
    public Shape? Below { get; set; }

    /// <summary>True for a property that is written like this one; may be false for one whose name JSON escapes.</summary>
    public bool IsCalled(ReadOnlySpan<byte> name) => Encoded.Length == name.Length + 3 && Encoded.AsSpan(1, name.Length).SequenceEqual(name);

    private static byte[] Property(string name) => [(byte)'"', .. JsonEncodedText.Encode(name).EncodedUtf8Bytes, (byte)'"', (byte)':'];
}
