namespace HealthMcp.Storage.Postgres;

/// <summary>The steps from an empty schema to the one this program works with, in order. A step that was released is never changed: add one.</summary>
internal static class MigrationTable
{
    /// <summary>What this program needs.</summary>
    public static int Newest => Steps.Count;

    public static IReadOnlyList<string> Steps { get; } =
    [
        """
        create table healthmcp_bytes (
          name text primary key check (name ~ '^[a-z0-9][a-z0-9.-]{0,99}$'),
          length bigint not null default 0 check (length >= 0),
          version bigint not null default 0
        );
        comment on table healthmcp_bytes is 'Rows of bytes that only grow or are written over under a lock: vault, audit, used confirmations.';
        create table healthmcp_pieces (
          name text not null references healthmcp_bytes on update cascade on delete cascade,
          at bigint not null check (at >= 0),
          bytes bytea not null check (octet_length(bytes) > 0),
          primary key (name, at)
        );
        comment on table healthmcp_pieces is 'What the rows of bytes hold, piece by piece; sealed or chained, never to be edited.';
        create table healthmcp_contents (
          name text primary key check (name ~ '^[a-z0-9][a-z0-9.-]{0,99}$'),
          bytes bytea not null check (octet_length(bytes) <= 1048576)
        );
        create function healthmcp_take(the_row text, seen bigint, most int)
        returns table (name text, at bigint, length bigint, version bigint, bytes bytea) language plpgsql as $$
        #variable_conflict use_column
        begin
          perform pg_advisory_lock(hashtextextended(coalesce(current_schema(), '') || '/healthmcp/' || the_row, 72));
          return query select b.name, null::bigint, b.length, b.version, null::bytea from healthmcp_bytes b
            where b.name = the_row or starts_with(b.name, the_row || '.');
          return query select p.name, p.at, null::bigint, null::bigint, p.bytes from healthmcp_pieces p join healthmcp_bytes b on b.name = p.name
            where (p.name = the_row and (p.at >= seen or p.at = 0 or b.length <= 8192)) or (starts_with(p.name, the_row || '.') and b.length <= 4096)
            order by p.name, p.at limit most;
        end $$;
        comment on function healthmcp_take is 'Waits for the lock of a row of bytes, and says what stands there then.';
        create procedure healthmcp_give(the_row text, the_version bigint, the_bytes bytea, the_length bigint, the_place bigint, the_lock text)
        language plpgsql as $$
        declare done bigint;
        begin
          perform set_config('synchronous_commit', 'off', true);
          with owned as (update healthmcp_bytes set length = greatest(length, the_place + octet_length(the_bytes)), version = version + 1
            where name = the_row and version = the_version and length = the_length and the_place <= length returning 1),
          changed as (update healthmcp_pieces p set bytes =
              substring(p.bytes from 1 for greatest(the_place - p.at, 0)::int)
              || substring(the_bytes from (greatest(p.at - the_place, 0) + 1)::int
                for (least(p.at + octet_length(p.bytes), the_place + octet_length(the_bytes)) - greatest(p.at, the_place))::int)
              || substring(p.bytes from (least(the_place + octet_length(the_bytes) - p.at, octet_length(p.bytes)) + 1)::int)
            from owned where p.name = the_row and p.at < the_place + octet_length(the_bytes) and p.at + octet_length(p.bytes) > the_place),
          added as (insert into healthmcp_pieces (name, at, bytes)
            select the_row, the_length, substring(the_bytes from (the_length - the_place + 1)::int) from owned
            where the_place + octet_length(the_bytes) > the_length)
          select count(*) into done from owned;
          commit;
          perform pg_advisory_unlock(hashtextextended(coalesce(current_schema(), '') || '/healthmcp/' || the_lock, 72));
        end $$;
        comment on procedure healthmcp_give is 'Writes over what need not be durable yet, and gives the lock back once others can see it.';
        comment on table healthmcp_contents is 'Small contents that are replaced as a whole: registration keys, exports under way, a sign-in.';
        """,
        """
        create or replace function healthmcp_take(the_row text, seen bigint, most int)
        returns table (name text, at bigint, length bigint, version bigint, bytes bytea) language plpgsql as $$
        #variable_conflict use_column
        declare own bigint;
        begin
          perform pg_advisory_lock(hashtextextended(coalesce(current_schema(), '') || '/healthmcp/' || the_row, 72));
          return query select b.name, null::bigint, b.length, b.version, null::bytea from healthmcp_bytes b
            where b.name = the_row or (starts_with(b.name, the_row || '.') and substr(b.name, char_length(the_row) + 2, 1) not between '0' and '9');
          select b.length into own from healthmcp_bytes b where b.name = the_row;
          if own > 8192 and seen > 0 then
            return query select p.name, p.at, null::bigint, null::bigint, p.bytes from healthmcp_pieces p where p.name = the_row and p.at = 0;
          end if;
          return query select p.name, p.at, null::bigint, null::bigint, p.bytes from healthmcp_pieces p
            where p.name = the_row and p.at >= (case when own <= 8192 then 0 else seen end) order by p.at limit most;
          return query select n.name, n.at, null::bigint, null::bigint, n.bytes from healthmcp_bytes b cross join lateral (
              select p.name, p.at, p.bytes from healthmcp_pieces p where p.name = b.name order by p.at limit most) n
            where starts_with(b.name, the_row || '.') and substr(b.name, char_length(the_row) + 2, 1) not between '0' and '9' and b.length <= 4096;
        end $$;
        comment on function healthmcp_take is
          'Waits for the lock of a row of bytes, and says what stands there then. Closed segments (.000001) are asked for by name: there may be thousands.';
        """,
    ];
}
