namespace HealthMcp.Storage.Postgres;

/// <summary>
/// Every statement this program sends while it serves. Whatever changes a row of bytes names the version it was read at, so that a writer whose lock
/// is gone (a cut connection, a pooler that hands out one session to several) changes nothing instead of overwriting.
/// </summary>
internal static class SqlTable
{
    /// <summary>Advisory locks are one space for the whole database; the schema keeps two deployments in it apart.</summary>
    private const string Key = "hashtextextended(coalesce(current_schema(), '') || '/healthmcp/' || $1, 72)";

    public const string Lock = $"select pg_advisory_lock({Key})";

    public const string Unlock = $"select pg_advisory_unlock({Key})";

    public const string LengthOf = "select length from healthmcp_bytes where name = $1";

    public const string Row = "select length, version from healthmcp_bytes where name = $1";

    public const string Make = "insert into healthmcp_bytes (name) values ($1) on conflict do nothing";

    /// <summary>
    /// Takes the lock and looks: the row of bytes with those beside it, then pieces that are likely to be read next, at most $3 of them, $2 being where
    /// this process last saw the end. A function, because only its later statements see what was committed while it waited.
    /// </summary>
    public const string Take = "select * from healthmcp_take($1, $2, $3)";

    /// <summary>Overwrites as <see cref="Overwrite"/> does, commits, and only then gives the lock $6 back.</summary>
    public const string Give = "call healthmcp_give($1, $2, $3, $4, $5, $6)";

    /// <summary>The pieces between two places, the first of them from the one that holds the place.</summary>
    public const string Pieces = """
        select at, bytes from healthmcp_pieces where name = $1 and at < $3
          and at >= coalesce((select max(at) from healthmcp_pieces where name = $1 and at <= $2), 0) order by at
        """;

    /// <summary>Name, version, bytes, length before.</summary>
    public const string Append = """
        with owned as (update healthmcp_bytes set length = length + octet_length($3), version = version + 1
          where name = $1 and version = $2 and length = $4 returning 1),
        added as (insert into healthmcp_pieces (name, at, bytes) select $1, $4, $3 from owned)
        select count(*) from owned
        """;

    /// <summary>Name, version, bytes, length before, offset.</summary>
    public const string Overwrite = """
        with owned as (update healthmcp_bytes set length = greatest(length, $5 + octet_length($3)), version = version + 1
          where name = $1 and version = $2 and length = $4 and $5 <= length returning 1),
        changed as (update healthmcp_pieces p set bytes =
            substring(p.bytes from 1 for greatest($5 - p.at, 0)::int)
            || substring($3 from (greatest(p.at - $5, 0) + 1)::int for (least(p.at + octet_length(p.bytes), $5 + octet_length($3)) - greatest(p.at, $5))::int)
            || substring(p.bytes from (least($5 + octet_length($3) - p.at, octet_length(p.bytes)) + 1)::int)
          from owned where p.name = $1 and p.at < $5 + octet_length($3) and p.at + octet_length(p.bytes) > $5),
        added as (insert into healthmcp_pieces (name, at, bytes)
          select $1, $4, substring($3 from ($4 - $5 + 1)::int) from owned where $5 + octet_length($3) > $4)
        select count(*) from owned
        """;

    /// <summary>Name, version, length after, length before.</summary>
    public const string Truncate = """
        with owned as (update healthmcp_bytes set length = $3, version = version + 1 where name = $1 and version = $2 and length = $4 and $3 <= $4 returning 1),
        gone as (delete from healthmcp_pieces p using owned where p.name = $1 and p.at >= $3),
        cut as (update healthmcp_pieces p set bytes = substring(p.bytes from 1 for ($3 - p.at)::int)
          from owned where p.name = $1 and p.at < $3 and p.at + octet_length(p.bytes) > $3)
        select count(*) from owned
        """;

    public const string ReadWhole = "select bytes from healthmcp_contents where name = $1";

    public const string ExistsWhole = "select 1 from healthmcp_contents where name = $1";

    public const string ReplaceWhole = "insert into healthmcp_contents (name, bytes) values ($1, $2) on conflict (name) do update set bytes = excluded.bytes";

    /// <summary>Name, bytes, and those that were read: nothing happens where others stand by now.</summary>
    public const string ReplaceSeen = "update healthmcp_contents set bytes = $2 where name = $1 and bytes = $3 returning name";

    /// <summary>Only where nothing stands yet, and what then stands there.</summary>
    public const string BeginWhole = "insert into healthmcp_contents (name, bytes) values ($1, $2) on conflict do nothing returning name";

    public const string DeleteWhole = "delete from healthmcp_contents where name = $1";

    public const string WholeNames = "select name from healthmcp_contents where starts_with(name, $1) and right(name, length($2)) = $2";

    /// <summary>The newest migration that ran, and whether the server may acknowledge what is not on its disk.</summary>
    public const string State = "select (select max(version) from healthmcp_schema), current_setting('synchronous_commit')";
}
