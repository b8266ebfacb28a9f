using System.Security.Cryptography;
using HealthMcp.Storage;

namespace HealthMcp.Writes;

/// <summary>What exactly is confirmed: by whom, with which tool, which bytes, on which version of the record (null where it has none).</summary>
internal sealed record ConfirmationSubject(string CallerKey, string Tool, PayloadDigest Payload, string? RecordVersion)
{
    public const int DigestSize = SHA256.HashSizeInBytes;

    /// <summary>No version and an empty version differ.</summary>
    public byte[] Digest() =>
        SHA256.HashData(RecordVersion is null ? FramedFields.Of(CallerKey, Tool, Payload.Hex) : FramedFields.Of(CallerKey, Tool, Payload.Hex, RecordVersion));
}
