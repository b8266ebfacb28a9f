using System.Text;
using HealthMcp.Privacy;

namespace HealthMcp.Tests.Privacy;

/// <summary>What is read off a person's own record, and how much of it is kept.</summary>
public sealed class LabelTests
{
    private static readonly LabelReader Reader = new(ShapeCatalog.Load());

    private const string Subject = """
        {"id":"s1","identifier":"4711","firstName":"Ayodele","middleName":"B","lastName":"Okonkwo","birthDate":"1950-02-03T00:00:00Z","phoneNumber":"5551230001",
         "email":"a@example.org","addressLine1":"1 Elm St","addressCity":"Springfield","addressState":"OH","addressPostalCode":"45501",
         "externalIdentifiers":[{"externalIdentifier":"X-99881"}],"additionalNames":[{"first":"Ayo","last":"Smythe"}],"tags":[{"id":"t1","subjectId":"s1"}]}
        """;

    private const string Patient = """
        {"id":"p1","chart_number":"C77","first_name":"Ayodele","last_name":"Okonkwo","date_of_birth":"1950-02-03","home_phone":"5551230001","email":"a@example.org",
         "address_line1":"1 Elm St","city":"Springfield","state":"OH","postal_code":"45501","potential_duplicates":[{"id":"p2","last_name":"Stranger"}]}
        """;

    private const string Fhir = """
        {"resourceType":"Patient","id":"p1","identifier":[{"value":"no"},{"type":{"coding":[{"code":"MR"}]},"value":"4711"}],"birthDate":"1950-02-03",
         "name":[{"use":"old","family":"Former"},{"use":"official","family":"Okonkwo","given":["Ayodele","B"]}],
         "telecom":[{"system":"phone","value":"5551230001"},{"system":"email","value":"a@example.org"}],
         "address":[{"line":["1 Elm St"],"city":"Springfield","state":"OH","postalCode":"45501"}]}
        """;

    [Theory]
    [InlineData(Subject, "xcures.subject", "subj", "s1", "4711")]
    [InlineData(Patient, "patients.patient", "pt", "p1", "C77")]
    [InlineData(Fhir, "fhir.resource", "pt", "p1", "4711")]
    public void A_persons_own_record_gives_the_fields_of_the_list(string record, string shape, string kind, string id, string mrn)
    {
        var learned = Read(record, shape)!;
        var set = LabelSet.Empty.With(learned.Labels).Set;

        learned.Person.ShouldBe(new HandleRequest("ns", kind, id));
        set[LabelFields.FirstName].ShouldBe("Ayodele");
        set[LabelFields.LastName].ShouldBe("Okonkwo");
        set[LabelFields.Name].ShouldBeOneOf("Ayodele B Okonkwo", "Ayodele Okonkwo");
        set[LabelFields.BirthDate].ShouldBe("1950-02-03");
        set[LabelFields.Phone].ShouldBe("5551230001");
        set[LabelFields.Email].ShouldBe("a@example.org");
        set[LabelFields.Address].ShouldBe("1 Elm St, Springfield, OH 45501");
        set[LabelFields.Mrn].ShouldBe(mrn);
        set["ssn"].ShouldBeNull();
    }

    [Fact]
    public void Former_names_and_further_numbers_are_looked_for_too_and_strangers_are_not()
    {
        Values(Read(Subject, "xcures.subject")!).ShouldContain("X-99881");
        Values(Read(Subject, "xcures.subject")!).ShouldContain("Smythe");
        Values(Read(Fhir, "fhir.resource")!).ShouldContain("Former");
        Values(Read(Patient, "patients.patient")!).ShouldNotContain("Stranger");
    }

    [Theory]
    [InlineData("""{"resourceType":"Observation","id":"o1"}""", "fhir.resource")]
    [InlineData("""{"id":"v1","note":"x"}""", "patients.vitals")]
    [InlineData("""{"firstName":"Ayodele"}""", "xcures.subject")]
    [InlineData("""["s1"]""", "xcures.subject")]
    [InlineData("""{"id":"s1","firstName":["deep",{"x":1}],"lastName":7}{""", "xcures.subject")]
    public void What_is_no_persons_own_record_teaches_nothing(string record, string shape) => Read(record, shape).ShouldBeNull();

    [Fact]
    public void One_person_is_remembered_by_so_many_values_and_the_fields_come_first()
    {
        var many = Enumerable.Range(0, 500).Select(i => new Label("", FieldClass.Number, $"N{i}"));
        var (full, _) = LabelSet.Empty.With(many);
        var (set, added) = full.With([new(LabelFields.LastName, FieldClass.Name, "Okonkwo"), new("", FieldClass.Name, new string('x', 300))]);

        full.Labels.Length.ShouldBe(LabelSet.Most);
        set.Labels.Length.ShouldBe(LabelSet.Most);
        set[LabelFields.LastName].ShouldBe("Okonkwo");
        added.Count.ShouldBe(1);
    }

    [Fact]
    public void The_name_seen_last_counts_and_the_former_one_is_still_looked_for()
    {
        var (before, _) = LabelSet.Empty.With([new(LabelFields.LastName, FieldClass.Name, "Okonkwo")]);
        var (after, added) = before.With([new(LabelFields.LastName, FieldClass.Name, "Smythe")]);

        after[LabelFields.LastName].ShouldBe("Smythe");
        after.Labels.ShouldContain(new Label("", FieldClass.Name, "Okonkwo"));
        added.Count.ShouldBe(1);
        after.With([new(LabelFields.LastName, FieldClass.Name, "Smythe"), new("", FieldClass.Name, "Okonkwo")]).New.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Jones", true)]
    [InlineData("jones", true)]
    [InlineData("marissa", true)]
    [InlineData("anemia MARISSA", true)]
    [InlineData("ｊｏｎｅｓ", true)]
    [InlineData("breast cancer", false)]
    [InlineData("hodgkin lymphoma", false)]
    [InlineData("Crohn disease", false)]
    [InlineData("metformin", false)]
    [InlineData("EGFR", false)]
    [InlineData("bence jones protein", false)]
    public void Words_that_are_looked_for_may_be_names(string words, bool named) => SearchWords.MayName(words).ShouldBe(named);

    private static PersonLabels? Read(string record, string shape) => Reader.Read(Encoding.UTF8.GetBytes(record), shape, "ns");

    private static IEnumerable<string> Values(PersonLabels learned) => learned.Labels.Select(label => label.Value);
}
