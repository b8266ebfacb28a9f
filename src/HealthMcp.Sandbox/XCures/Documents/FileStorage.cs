using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.XCures.Documents;

/// <summary>A file in the storage.</summary>
internal sealed record StoredFile(byte[] Content, string ContentType);

/// <summary>
/// The object storage beside the API: whoever holds a signed address may use it until it expires, for one verb and one content type. Like the real
/// one it refuses a request that carries a token besides, and answers errors in XML.
/// </summary>
internal sealed class FileStorage(TimeProvider time)
{
    private static readonly byte[] Secret = "sandbox-storage-secret"u8.ToArray();
    private readonly ConcurrentDictionary<string, Lazy<StoredFile>> _files = new(StringComparer.Ordinal);

    public IEnumerable<Operation> Operations =>
    [
        new("GET", "/storage/{key}", Get) { Open = true },
        new("PUT", "/storage/{key}", Put) { Open = true },
    ];

    /// <summary>Made when it is first read.</summary>
    public void Seed(string key, Func<StoredFile> make) => _files[key] = new Lazy<StoredFile>(make);

    public StoredFile? Find(string key) => _files.TryGetValue(key, out var file) ? file.Value : null;

    /// <param name="exchange">The request that is answered with it; tells this server's own address.</param>
    /// <param name="method">GET or PUT.</param>
    /// <param name="key">Name of the file in the storage.</param>
    /// <param name="lifetime">How long it may be used.</param>
    /// <param name="contentType">What a PUT must say that it sends.</param>
    public string Sign(Exchange exchange, string method, string key, TimeSpan lifetime, string contentType = "")
    {
        var until = (exchange.Now + lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{exchange.Origin}/xcures/storage/{key}?X-Amz-Expires={until}&X-Amz-Signature={Signature(method, key, until, contentType)}";
    }

    private Answer Get(Exchange exchange) => Refuse(exchange, "") ?? (Find(exchange.Route("key")) is { } file
        ? new Answer(200, file.Content, file.ContentType)
        : Error(404, "NoSuchKey"));

    private Answer Put(Exchange exchange)
    {
        var type = exchange.Header("Content-Type") ?? "";
        if (Refuse(exchange, type) is { } refused)
        {
            return refused;
        }

        var file = new StoredFile(exchange.Body, type);
        _files[exchange.Route("key")] = new Lazy<StoredFile>(() => file);
        return Answer.Empty(200);
    }

    private Answer? Refuse(Exchange exchange, string contentType)
    {
        if (exchange.Header("Authorization") is not null)
        {
            return Error(400, "InvalidArgument");
        }

        var until = exchange.Query.First("X-Amz-Expires") ?? "";
        var wanted = Signature(exchange.Operation.Method, exchange.Route("key"), until, contentType);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(wanted), Encoding.UTF8.GetBytes(exchange.Query.First("X-Amz-Signature") ?? "")))
        {
            return Error(403, "SignatureDoesNotMatch");
        }

        return long.Parse(until, CultureInfo.InvariantCulture) < time.GetUtcNow().ToUnixTimeSeconds() ? Error(403, "AccessDenied") : null;
    }

    private static string Signature(string method, string key, string until, string contentType) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Secret, Encoding.UTF8.GetBytes($"{method}\n{key}\n{until}\n{contentType}")));

    private static Answer Error(int status, string code) => Answer.Text(
        $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>{FaultPlan.Canary}</Message></Error>", status, "application/xml");
}
