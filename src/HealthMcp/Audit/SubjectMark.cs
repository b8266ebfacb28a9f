using System.Buffers.Text;
using System.Security.Cryptography;
using HealthMcp.Storage;

namespace HealthMcp.Audit;

/// <summary>
/// A person in the audit log: a keyed hash of (system, record id). It stays the same for the same person, so that an accounting of disclosures
/// (45 CFR 164.528) can be given for one who asks, and tells nothing to whoever has the log without the key.
/// </summary>
internal readonly record struct SubjectMark
{
    private SubjectMark(string text) => Text = text;

    public string Text { get; }

    internal static SubjectMark Of(byte[] key, string system, string recordId) =>
        new(Base64Url.EncodeToString(HMACSHA256.HashData(key, FramedFields.Of(system, recordId)).AsSpan(0, 16)));
}

/// <summary>The only maker of <see cref="SubjectMark"/>, so that no raw identifier can stand where one is asked for.</summary>
internal sealed class SubjectMarks(KeyFile keys)
{
    private readonly byte[] _key = keys.Derive("audit/subject");

    public SubjectMark Of(string system, string recordId) => SubjectMark.Of(_key, system, recordId);
}
