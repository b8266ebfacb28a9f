using System.Security.Cryptography;
using System.Text;

namespace HealthMcp.Sandbox.Data;

internal static class DeterministicId
{
    /// <summary>The same UUID for the same name at every start; marked as version 4 because validators look.</summary>
    public static string Of(params ReadOnlySpan<string> name)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('/', name!)));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x40);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true).ToString();
    }
}
