using System.Security.Cryptography;
using System.Text;
using HealthMcp.Privacy;

namespace HealthMcp.Pipeline;

/// <summary>
/// Codes in the place of ids within one file: HMAC-SHA-256 under a key of that file, the first 80 bits in hexadecimal. A million handles would outgrow the
/// vault, and a file needs no way back. A code is a FHIR id, so references within the file hold.
/// </summary>
internal sealed class CopyCodes(byte[] key)
{
    private readonly HashSet<string> _persons = new(StringComparer.Ordinal);

    /// <summary>Ids of the persons whom the row at hand is about.</summary>
    public IReadOnlyCollection<string> Persons => _persons;

    public void NextRow() => _persons.Clear();

    /// <inheritdoc cref="HandleMinter"/>
    public string? Find(string system, string kind, string value)
    {
        if (LabelReader.IsPerson(kind)) _persons.Add(value);
        return $"{kind}-{Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{kind}\n{value}")).AsSpan(0, 10))}";
    }
}
