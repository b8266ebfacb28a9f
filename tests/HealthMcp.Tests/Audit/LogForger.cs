using System.Security.Cryptography;
using System.Text;
using HealthMcp.Audit;

namespace HealthMcp.Tests.Audit;

/// <summary>What somebody can make of a log who may write to its folder and has no key: whoever can compute a SHA-256 can remake the chain.</summary>
internal static class LogForger
{
    private const string Hash = "\",\"hash\":\"";

    /// <summary>Numbers, hashes and order made right again, over whatever lines these are.</summary>
    public static byte[] Remade(IEnumerable<string> lines, Encoding? encoding = null)
    {
        encoding ??= Encoding.UTF8;
        var (made, seq, prev) = (new StringBuilder(), 0, new string('0', 64));
        foreach (var line in lines)
        {
            var from = line.IndexOf("\",", line.IndexOf("\"prev\"", StringComparison.Ordinal), StringComparison.Ordinal);
            var marked = $"{{\"seq\":{seq++},\"prev\":\"{prev}{line[from..line.LastIndexOf(Hash, StringComparison.Ordinal)]}";
            prev = Convert.ToHexStringLower(SHA256.HashData(encoding.GetBytes(marked)));
            made.Append(marked).Append(Hash).Append(prev).Append("\"}\n");
        }

        return encoding.GetBytes(made.ToString());
    }

    public static byte[] AsTheyAre(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));

    /// <summary>A head for these lines, signed with a key of the forger's own.</summary>
    public static byte[] Signed(int segment, byte[] log, AuditKey key)
    {
        var last = Encoding.UTF8.GetString(log).TrimEnd('\n').Split('\n')[^1];
        var state = new ChainState(log.AsSpan().Count((byte)'\n') - 1, last[^66..^2], log.Length);
        var head = new HeadText(new HeadState(segment, state), key.Id, new string('0', 64), []);
        return (head with { Signature = AuditSignature.Sign(key, head.Signed) }).Bytes;
    }

    public static AuditKey NewKey()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var spki = pair.ExportSubjectPublicKeyInfo();
        return new AuditKey(AuditSignature.IdOf(spki), default, spki) { Private = pair.ExportPkcs8PrivateKey() };
    }
}
