namespace HealthMcp.Storage.Postgres;

/// <summary>A row of bytes as the holder of its lock knows it.</summary>
internal sealed class HeldRow(string name, long length, long version)
{
    public string Name => name;

    public long Length { get; set; } = length;

    public long Version { get; set; } = version;

    /// <summary>Pieces that came with the lock, in order but not without gaps; null once the row was changed.</summary>
    public List<(long At, byte[] Bytes)>? Near { get; set; } = [];
}

/// <summary>A statement that changes a row: its first values are the row's name and version, and it answers 1 when it did.</summary>
/// <param name="After">The row's length afterwards.</param>
internal sealed record Change(HeldRow Row, string Sql, long After, params object[] Values)
{
    private readonly long _version = Row.Version;

    public object[] All => [Row.Name, _version, .. Values];

    /// <summary>What comes next builds on it; if it fails, nothing more is written in its session.</summary>
    public void Foresee() => (Row.Length, Row.Version, Row.Near) = (After, Row.Version + 1, null);
}
