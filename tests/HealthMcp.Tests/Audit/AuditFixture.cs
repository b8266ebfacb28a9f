using HealthMcp.Audit;
using HealthMcp.Storage;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Audit;

/// <summary>With what a log is verified.</summary>
public enum AuditWay
{
    MasterKey,
    PublicKeys,
}

/// <summary>A log in a folder of its own, with as many processes on it as a test likes.</summary>
internal sealed class AuditFixture : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly DataDirectory _directory;

    public AuditFixture()
    {
        _directory = DataDirectory.Open(_folder.Path);
        Keys = KeyFile.OpenOrCreate(_directory, Entropy.System, TimeProvider.System);
    }

    public KeyFile Keys { get; }

    public string LogPath => _folder[AuditLog.FileName];

    public string HeadPath => LogPath + AuditHead.Suffix;

    public byte[] Bytes
    {
        get => File.ReadAllBytes(LogPath);
        set => File.WriteAllBytes(LogPath, value);
    }

    public string[] Lines => File.ReadAllLines(LogPath);

    public IDataStore Store => _directory;

    public string Beside(string name) => _folder[name];

    public string Closed(int segment) => LogPath + AuditSegments.SuffixOf(segment);

    public SegmentList? Segments => new AuditSegments(_directory, Keys, Entropy.System).Read();

    public IReadOnlyList<AuditKey> SigningKeys() => new AuditKeys(_directory, Keys, Entropy.System, TimeProvider.System).All();

    /// <summary>The calls of all sound lines, in order.</summary>
    public IReadOnlyList<string> Calls()
    {
        List<string> calls = [];
        Verifier().Verify(() =>
        {
            calls.Clear();
            return line =>
            {
                if (line.TryGetProperty("call", out var call)) calls.Add(call.GetString()!);
            };
        });
        return calls;
    }

    /// <summary>As if nothing had been written yet.</summary>
    public void Clear()
    {
        foreach (var name in new[] { AuditLog.FileName, AuditLog.FileName + AuditHead.Suffix, AuditSegments.Name, AuditKeys.Name }) File.Delete(Beside(name));
    }

    public AuditLog Open() => new(_directory, Keys, Entropy.System, TimeProvider.System);

    public AuditFixture With(int entries)
    {
        var log = Open();
        for (var i = 0; i < entries; i++)
        {
            log.Append(Entry($"call-{i}"));
        }

        return this;
    }

    /// <summary>What an auditor noted while all was well; left out, the keys of now.</summary>
    public IReadOnlyList<AuditKey>? Trusted { get; set; }

    /// <summary>How far the log is now.</summary>
    public HeadState Head => HeadText.Of(File.ReadAllBytes(HeadPath))!.State;

    public AuditVerdict Verify(AuditWay way = AuditWay.MasterKey, HeadState? expected = null) => way == AuditWay.MasterKey
        ? Verifier().Verify(expected)
        : new PublicVerifier(DataDirectory.OpenToRead(_folder.Path, TimeProvider.System), Trusted ?? SigningKeys()).Verify(expected);

    private AuditVerifier Verifier() => new(_directory, Keys, Entropy.System, TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    public static AuditEntry Entry(string callId = "call-1") => new()
    {
        Time = new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero),
        CallId = callId,
        Phase = AuditPhase.End,
        Caller = "stdio:user",
        Transport = "stdio",
        Tool = "search_patients",
        System = "sandbox:patients",
        Source = AuditSource.Sandbox,
        Level = "deidentified",
        Outcome = "ok",
    };
}
