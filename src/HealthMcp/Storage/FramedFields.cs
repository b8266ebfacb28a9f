using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace HealthMcp.Storage;

/// <summary>
/// Strings as one unambiguous run of bytes: each with its length before it, so that ("ab","c") and ("a","bc") differ. UTF-16 as it stands in
/// memory, because a lone surrogate would not survive UTF-8. Little-endian machines only, which is all that .NET 10 runs on in practice.
/// </summary>
internal static class FramedFields
{
    public static byte[] Of(params ReadOnlySpan<string> fields)
    {
        var size = 0;
        foreach (var field in fields)
        {
            size += sizeof(int) + (field.Length * sizeof(char));
        }

        var bytes = new byte[size];
        var rest = bytes.AsSpan();
        foreach (var field in fields)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, field.Length);
            MemoryMarshal.AsBytes(field.AsSpan()).CopyTo(rest[sizeof(int)..]);
            rest = rest[(sizeof(int) + (field.Length * sizeof(char)))..];
        }

        return bytes;
    }

    public static bool TryRead(ReadOnlySpan<byte> bytes, out IReadOnlyList<string> fields)
    {
        var found = new List<string>();
        fields = found;
        while (bytes.Length >= sizeof(int))
        {
            var size = (long)BinaryPrimitives.ReadInt32LittleEndian(bytes) * sizeof(char);
            bytes = bytes[sizeof(int)..];
            if (size < 0 || size > bytes.Length)
            {
                return false;
            }

            found.Add(new string(MemoryMarshal.Cast<byte, char>(bytes[..(int)size])));
            bytes = bytes[(int)size..];
        }

        return bytes.IsEmpty;
    }
}
