using HealthMcp.Audit;
using HealthMcp.Privacy;
using HealthMcp.Storage;
using HealthMcp.Storage.Postgres;
using HealthMcp.Tests.Audit;
using Npgsql;

namespace HealthMcp.Tests.Storage.Stores;

/// <summary>With which databases and keys the program starts, what it says otherwise, and what it costs and shows.</summary>
[Trait("Needs", "PostgreSQL")]
public sealed class PostgresOpeningTests
{
    private const string Live = "live:xcures:1f";

    [PostgresFact]
    public void Tables_are_made_once_however_many_make_them_at_once()
    {
        using var place = new StorePlace(StoreKind.Postgres, migrated: false);
        Should.Throw<StorageException>(() => place.Open()).Message.ShouldContain("healthmcp db migrate");

        Parallel.For(0, 4, _ =>
        {
            using var store = PostgresStore.Open(place.Address, TimeProvider.System);
            store.Migrate().After.ShouldBe(MigrationTable.Newest);
        });

        place.Open().LengthOf("none").ShouldBeNull();
        place.Sql("select count(*) from healthmcp_schema").ShouldBe((long)MigrationTable.Newest);
    }

    [PostgresFact]
    public void Older_and_newer_tables_are_refused_with_what_to_do()
    {
        using var place = new StorePlace(StoreKind.Postgres);
        place.Sql("insert into healthmcp_schema values (9999)");
        Should.Throw<StorageException>(() => place.Open()).Message.ShouldContain("newer than this program");
        using var store = PostgresStore.Open(place.Address, TimeProvider.System);
        Should.Throw<StorageException>(() => store.Migrate()).Message.ShouldContain("newer than this program");

        place.Sql("delete from healthmcp_schema");
        Should.Throw<StorageException>(() => place.Open()).Message.ShouldContain("healthmcp db migrate");
        Schema.Problem(MigrationTable.Newest).ShouldBeNull();
    }

    [PostgresFact]
    public void Another_master_key_is_refused_before_anything_is_written_with_it()
    {
        using var place = new StorePlace(StoreKind.Postgres);
        place.Vault().Mint(Live, "pt", "1");
        using var other = new DataHome(new StorageSettings(Path.GetTempPath(), place.Address, new byte[32]), Entropy.System, TimeProvider.System);

        Should.Throw<StorageException>(() => other.Store).Message.ShouldContain("another master key");
        place.Vault().Count().Handles.ShouldBe(1);
    }

    [PostgresFact]
    public void A_server_that_acknowledges_too_early_is_refused()
    {
        using var place = new StorePlace(StoreKind.Postgres);
        var address = new NpgsqlConnectionStringBuilder(place.Address) { Options = "-c synchronous_commit=off" }.ConnectionString;

        Should.Throw<StorageException>(() => place.Home(address).Store).Message.ShouldContain("synchronous_commit");
    }

    [PostgresFact]
    public void A_user_without_rights_is_told_which_to_ask_for()
    {
        using var place = new StorePlace(StoreKind.Postgres);
        place.Open();
        place.Sql($"create role {place.Schema} login");
        try
        {
            place.Sql($"grant usage on schema {place.Schema} to {place.Schema}");
            var poor = new NpgsqlConnectionStringBuilder(place.Address) { Username = place.Schema }.ConnectionString;
            Refusal(place, poor).ShouldContain("grant it select, insert, update and delete");

            place.Sql($"grant select on all tables in schema {place.Schema} to {place.Schema}");
            Refusal(place, poor).ShouldContain("grant it select, insert, update and delete");
        }
        finally
        {
            place.Sql($"drop owned by {place.Schema}; drop role {place.Schema}");
        }
    }

    [PostgresFact]
    public void No_failure_says_where_the_database_is_or_who_asks()
    {
        using var place = new StorePlace(StoreKind.Postgres);
        string[] wrong =
        [
            new NpgsqlConnectionStringBuilder(place.Address) { Host = "127.0.0.1", Port = 9, Password = "secret-word" }.ConnectionString,
            new NpgsqlConnectionStringBuilder(place.Address) { Database = "secret-word" }.ConnectionString,
            new NpgsqlConnectionStringBuilder(place.Address) { Username = "secret-word", Password = "secret-word" }.ConnectionString,
            new NpgsqlConnectionStringBuilder(place.Address) { Host = "secret-word.invalid" }.ConnectionString,
            new NpgsqlConnectionStringBuilder(place.Address) { SearchPath = "secret-word" }.ConnectionString,
        ];
        foreach (var address in wrong)
        {
            var failure = Should.Throw<StorageException>(() => place.Home(address).Store);
            failure.ToString().ShouldNotContain("secret-word");
            failure.Message.ShouldNotContain("127.0.0.1");
            failure.Message.ShouldContain("atabase");
        }
    }

    [PostgresFact]
    public void A_line_of_audit_costs_four_round_trips_also_when_others_write_in_turn()
    {
        using var place = new StorePlace(StoreKind.Postgres);
        using var wire = new Wire(place.Address);
        var home = place.Home(wire.Address);
        var (here, there) = (new AuditLog(home.Store, home.Keys, Entropy.System, TimeProvider.System), place.Log());
        for (var i = 0; i < 8; i++)
        {
            there.Append(AuditFixture.Entry());
            var before = wire.RoundTrips;
            here.Append(AuditFixture.Entry());

            // The first ones prepare the statements.
            if (i >= 5) (wire.RoundTrips - before).ShouldBe(4);
        }
    }

    [PostgresFact]
    public void Many_handles_are_resolved_for_one_question_and_a_new_one_is_minted_for_three()
    {
        using var place = new StorePlace(StoreKind.Postgres);
        using var wire = new Wire(place.Address);
        var home = place.Home(wire.Address, new Support.ManualTime());
        var vault = HandleVault.Open(home.Store, home.Keys, Entropy.System);
        var handles = Enumerable.Range(0, 10).Select(i => vault.Mint(Live, "pt", $"{i}")).ToList();
        var before = wire.RoundTrips;
        handles.ShouldAllBe(handle => vault.Resolve(handle, "pt", Live).IsFound);
        (wire.RoundTrips - before).ShouldBeLessThanOrEqualTo(1);

        before = wire.RoundTrips;
        vault.Mint(Live, "pt", "new");
        (wire.RoundTrips - before).ShouldBeLessThanOrEqualTo(4);
    }

    [PostgresFact]
    public void Nothing_in_the_tables_can_be_read()
    {
        using var place = new StorePlace(StoreKind.Postgres);
        var handle = place.Vault().Mint(Live, "pt", "Wilhelmina");
        place.Vault().MintAll([], [new(new(Live, "pt", "Wilhelmina"), [new(LabelFields.LastName, FieldClass.Name, "Okonkwo")])]);
        place.Writes().TryBegin(StorePlace.Entry(place.Writes(), "approval", "Wilhelmina")).ShouldBeTrue();

        var all = (string)place.Sql("select coalesce(string_agg(encode(bytes, 'hex'), ' '), '') from healthmcp_pieces")!
            + place.Sql("select string_agg(encode(bytes, 'hex'), ' ') from healthmcp_contents");
        foreach (var secret in new[] { "Wilhelmina", "Okonkwo", "last_name", "xcures", handle })
        {
            all.ShouldNotContain(Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(secret)));
            all.ShouldNotContain(Convert.ToHexStringLower(System.Text.Encoding.Unicode.GetBytes(secret)));
        }

        all.ShouldNotContain(Convert.ToHexStringLower(place.MasterKey));
    }

    private static string Refusal(StorePlace place, string address) => Should.Throw<StorageException>(() => place.Home(address).Store).Message;
}
