using System.Globalization;
using System.Text;
using HealthMcp.Privacy;

namespace HealthMcp.Tests.Privacy;

/// <summary>What is decided from the bytes of a value says the same as what reads it with care.</summary>
public sealed class ByteRuleTests
{
    [Theory]
    [InlineData("Patient/p1", "Patient", "p1")]
    [InlineData("http://srv/fhir/Patient/p-1.2", "Patient", "p-1.2")]
    [InlineData("https://srv:8080/a/b/Observation/x/_history/3", "Observation", "x")]
    [InlineData("Observation/x/_history/3#part", "Observation", "x")]
    [InlineData("http:///Patient/1", "Patient", "1")]
    public void A_literal_reference_is_taken_apart(string reference, string type, string id)
    {
        FhirReference.Split(Encoding.UTF8.GetBytes(reference), out var foundType, out var foundId).ShouldBeTrue();
        Encoding.UTF8.GetString(foundType).ShouldBe(type);
        Encoding.UTF8.GetString(foundId).ShouldBe(id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("Patient")]
    [InlineData("Patient/")]
    [InlineData("/Patient/1")]
    [InlineData("Patient//1")]
    [InlineData("Patient/1/")]
    [InlineData("patient/1")]
    [InlineData("Pa/1")]
    [InlineData("Pat1ent/1")]
    [InlineData("http://Patient/1")]
    [InlineData("HTTP://srv/Patient/1")]
    [InlineData("ftp://srv/Patient/1")]
    [InlineData("srv/Patient/1")]
    [InlineData("http://s rv/Patient/1")]
    [InlineData("http://srv?x=/Patient/1")]
    [InlineData("Patient/1?x=Bob")]
    [InlineData("Patient/1 2")]
    [InlineData("Patient/1_2")]
    [InlineData("Patient/1#a b")]
    [InlineData("Patient/1/_history/")]
    [InlineData("Patient/1/_history/a b")]
    [InlineData("_history/1")]
    [InlineData("Patient/12345678901234567890123456789012345678901234567890123456789012345")]
    public void What_is_no_literal_reference_is_none(string reference) => FhirReference.Split(Encoding.UTF8.GetBytes(reference), out _, out _).ShouldBeFalse();

    [Theory]
    [InlineData("1998")]
    [InlineData("1998-05")]
    [InlineData("1998-05-04T03:02:01.123+05:00")]
    [InlineData("1699-01-01")]
    [InlineData("1931-02-03")]
    [InlineData("2200")]
    [InlineData("0000-00-00")]
    [InlineData("1998-")]
    public void A_date_in_the_form_of_fhir_gives_the_year_that_any_date_gives(string date)
    {
        SafeHarbor.TryYear(Encoding.UTF8.GetBytes(date), Redaction.Today, out var told).ShouldBeTrue();
        SafeHarbor.Year(date, Redaction.Today).ShouldBe(told ? date[..4] : null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("199")]
    [InlineData("19980504")]
    [InlineData("1998/05/04")]
    [InlineData(" 1998")]
    [InlineData("1998-05-04 with Bob")]
    [InlineData("1998Bob")]
    [InlineData("5/4/1998")]
    [InlineData("1998-05-04T03:02:01.1234567890123456789012")]
    public void Any_other_date_is_read_with_more_care(string date) => SafeHarbor.TryYear(Encoding.UTF8.GetBytes(date), Redaction.Today, out _).ShouldBeFalse();

    [Fact]
    public void A_table_of_bytes_finds_what_was_added_and_nothing_else()
    {
        var table = new ByteTable<string>();
        for (var i = 0; i < 5_000; i++) table.Add(Key(i), i % 2 == 0 ? "even" : "odd", Value(i));
        for (var i = 0; i < 5_000; i++)
        {
            table.Find(Key(i), i % 2 == 0 ? "even" : "odd").ShouldBe(Value(i));
            table.Find(Key(i), i % 2 == 0 ? "odd" : "even").ShouldBeNull();
        }

        table.Find([], "even").ShouldBeNull();
        table.Find(Key(5_000), "even").ShouldBeNull();

        static byte[] Key(int i) => Encoding.UTF8.GetBytes(Value(i));
        static string Value(int i) => string.Create(CultureInfo.InvariantCulture, $"{i}-{new string('x', i % 21)}");
    }

    [Fact]
    public void A_table_of_names_tells_names_apart_that_look_alike()
    {
        string[] names = ["a", "b", "ab", "ba", "valueString", "valueStrinG", "valueXtring", "onsetAge", "onsetagE"];
        var table = new NameTable<string>([.. names.Select(name => (name, name))]);
        foreach (var name in names) table.Find(Encoding.UTF8.GetBytes(name)).ShouldBe(name);
        table.Find("valueStrinX"u8).ShouldBeNull();
        table.Find(""u8).ShouldBeNull();
        Should.Throw<InvalidOperationException>(() => new NameTable<string>([("a", "1"), ("a", "2")]));
    }

    [Fact]
    public void Members_in_any_order_are_found_like_one_by_itself()
    {
        var shape = new Shape("a", [.. ((string[])["a", "b", "ab", "valueString"]).Select(name => new Field(name, "string", false, FieldClass.Code))]);
        foreach (var order in (string[])["a b ab", "a b ab", "b a x valueString", "a valueString valueStrinG", "ab ab"])
        {
            Field? last = null;
            foreach (var name in order.Split(' ').Select(Encoding.UTF8.GetBytes)) shape.FindAfter(ref last, name).ShouldBeSameAs(shape.Find(name));
        }
    }

    [Theory]
    [InlineData("""{"reference":"Patient/1"}""", "Patient/1")]
    [InlineData("""{ "reference" : "Patient/1" }""", "Patient/1")]
    [InlineData("""{"reference":"a\u0062"}""", null)]
    [InlineData("""{"reference":5}""", null)]
    [InlineData("""{"referenced":"a"}""", null)]
    [InlineData("""{"x":1,"reference":"a"}""", null)]
    [InlineData("""{}""", null)]
    [InlineData("""{"reference":"a""", null)]
    [InlineData("""{""", null)]
    public void The_first_member_is_known_only_where_it_is_plain(string json, string? value)
    {
        LeadingMember.Is(Encoding.UTF8.GetBytes(json), "reference"u8, out var found).ShouldBe(value is not null);
        if (value is not null) Encoding.UTF8.GetString(found).ShouldBe(value);
    }
}
