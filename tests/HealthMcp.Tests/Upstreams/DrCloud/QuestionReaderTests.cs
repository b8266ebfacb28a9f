using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Upstreams.DrCloud;
using HealthMcp.Upstreams.DrCloud.Search;

namespace HealthMcp.Tests.Upstreams.DrCloud;

public sealed class QuestionReaderTests
{
    [Theory]
    [InlineData("""{"type":"Binary"}""", "type", "cannot be searched, only read")]
    [InlineData("""{"type":"Observatoin"}""", "type", "Did you mean Observation?")]
    [InlineData("""{"type":"Medicine"}""", "type", "MedicationRequest")]
    [InlineData("""{"type":"Practitioner","patient":"p"}""", "patient", "does not belong to one patient")]
    [InlineData("""{"type":"Observation","patient":"Jane Doe"}""", "patient", "handles")]
    [InlineData("""{"type":"Observation","ids":["a","b c"]}""", "ids", "handles")]
    [InlineData("""{"type":"Observation","parameters":[{"name":"cod","value":"a"}]}""", "parameters[0].name", "Did you mean code")]
    [InlineData("""{"type":"Observation","parameters":[{"name":"code","value":"a"},{"name":"diagnosis","value":"a"}]}""", "parameters[1].name", "It takes")]
    [InlineData("""{"type":"Observation","parameters":[{"name":"code"}]}""", "parameters[0]", "exactly one of")]
    [InlineData("""{"type":"Observation","parameters":[{"name":"code","value":"a","values":["b"]}]}""", "parameters[0]", "exactly one of")]
    [InlineData("""{"type":"Observation","parameters":[{"name":"code","value":"a,b"}]}""", "parameters[0]", "alternatives in values")]
    [InlineData("""{"type":"Observation","parameters":[{"name":"code","value":"a|b|c"}]}""", "parameters[0]", "code or system|code")]
    [InlineData("""{"type":"Observation","parameters":[{"name":"code","value":"|"}]}""", "parameters[0]", "code or system|code")]
    [InlineData("""{"type":"Observation","parameters":[{"name":"code","value":"a","prefix":"ge"}]}""", "parameters[0]", "takes no prefix")]
    [InlineData("""{"type":"Observation","parameters":[{"name":"code","value":"a","modifier":"exact"}]}""", "parameters[0]", "does not take this modifier")]
    [InlineData("""{"type":"Observation","parameters":[{"name":"code:not","value":"a","modifier":"not"}]}""", "parameters[0].modifier", "given twice")]
    [InlineData("""{"type":"Observation","parameters":[{"name":"date","value":"last week"}]}""", "parameters[0]", "takes a date")]
    [InlineData("""{"type":"Observation","parameters":[{"name":"date","value":"2024-02-30"}]}""", "parameters[0]", "takes a date")]
    [InlineData("""{"type":"Observation","parameters":[{"name":"code","modifier":"missing","value":"yes"}]}""", "parameters[0]", "true or false")]
    [InlineData("""{"type":"Observation","parameters":[{"name":"encounter","value":"Jane Doe"}]}""", "parameters[0]", "give a handle")]
    [InlineData("""{"type":"Observation","parameters":[{"name":"encounter","value":"pt_abcdef"}]}""", "parameters[0]", "give a handle")]
    [InlineData("""{"type":"Observation","parameters":[{"name":"code","handle":"x1"}]}""", "parameters[0].handle", "does not point")]
    [InlineData("""{"type":"Observation","parameters":[{"name":"code","from":"2024-01-01"}]}""", "parameters[0]", "from and to are for date")]
    [InlineData("""{"type":"Observation","parameters":[{"name":"date","from":"2024-02-01","to":"2024-01-01"}]}""", "parameters[0].to", "lies before")]
    [InlineData("""{"type":"Observation","parameters":[{"name":"value-quantity","value":"high"}]}""", "parameters[0]", "takes a number")]
    [InlineData("""{"type":"Observation","parameters":[{"name":"encounter.class","value":"AMB"}]}""", "parameters[0].name", "chaining")]
    [InlineData("""{"type":"Observation","parameters":[{"name":"patient.nam","value":"Jane"}]}""", "parameters[0].name", "Did you mean name")]
    [InlineData("""{"type":"Observation","parameters":[{"name":"patient.organization.name","value":"Jane"}]}""", "parameters[0].name", "chaining")]
    [InlineData("""{"type":"Group","query":"patient.family=Jane&patient.given=Jane"}""", "query", "two chained conditions")]
    [InlineData("""{"type":"Appointment","query":"patient.family=Jane&actor:Patient.given=Jane"}""", "query", "one reference only")]
    [InlineData("""{"type":"Observation","query":"_has:Provenance:target:agent=x"}""", "query", "chaining")]
    [InlineData("""{"type":"Observation","query":"subject.name=Jane"}""", "query", "chaining")]
    [InlineData("""{"type":"Observation","query":"code"}""", "query", "name=value")]
    [InlineData("""{"type":"Observation","query":"=x"}""", "query", "name=value")]
    [InlineData("""{"type":"Observation","query":"_include=Observation:code"}""", "query", "is no reference")]
    [InlineData("""{"type":"Observation","query":"_include=*"}""", "query", "one by one")]
    [InlineData("""{"type":"Observation","include":["subject:Practitioner"]}""", "include", "points at")]
    [InlineData("""{"type":"Observation","include":["focus"]}""", "include", "say which")]
    [InlineData("""{"type":"Observation","include":["specimen"]}""", "include", "cannot be searched here")]
    [InlineData("""{"type":"Observation","include":["a:b:c"]}""", "include", "Type:parameter")]
    [InlineData("""{"type":"Observation","elements":["code.text"]}""", "elements", "without dots")]
    [InlineData("""{"type":"Patient","query":"gender=urn:wrong|female"}""", "query", "takes the code alone")]
    [InlineData("""{"type":"Patient","query":"phone=home|555"}""", "query", "takes the code alone")]
    [InlineData("""{"type":"Patient","query":"active=yes"}""", "query", "true or false")]
    [InlineData("""{"type":"Patient","query":"deceased:missing=true"}""", "query", "does not take this modifier")]
    [InlineData("""{"type":"Observation","query":"value-quantity=1e2"}""", "query", "exponent")]
    [InlineData("""{"type":"Patient","ids":["Observation/x"]}""", "ids", "of the type Patient")]
    [InlineData("""{"type":"Observation","query":"_revinclude=AuditEvent:entity"}""", "query", "Provenance:target only")]
    [InlineData("""{"type":"Observation","query":"_summary=true"}""", "query", "count only")]
    [InlineData("""{"type":"Observation","query":"_count=500"}""", "query", "1 to 200")]
    [InlineData("""{"type":"Observation","query":"_sort=date&_sort=code"}""", "query", "given twice")]
    [InlineData("""{"type":"Observation","query":"_sort=date","sort":"code"}""", "sort", "given twice")]
    [InlineData("""{"type":"Observation","query":"code=%00"}""", "query", "control characters")]
    [InlineData("""{"type":"Observation","query":"code="}""", "query", "needs a value")]
    [InlineData("""{"type":"Observation","query":"_text=x"}""", "query", "no search parameter")]
    [InlineData("""{"type":"Observation","sort":"dat"}""", "sort", "Did you mean date")]
    [InlineData("""{"type":"Observation","sort":"date,code,status,category"}""", "sort", "one to three")]
    [InlineData("""{"type":"Observation","sort":"code-value-quantity"}""", "sort", "cannot be sorted by")]
    [InlineData("""{"type":"Coverage","date_from":"2024-01-01"}""", "date_from", "no main date")]
    [InlineData("""{"type":"Observation","date_from":"2024-01-02","date_to":"2024-01-01"}""", "date_to", "lies before")]
    public void What_cannot_be_asked_is_refused_in_one_sentence(string arguments, string argument, string says)
    {
        var failure = Should.Throw<CallFailureException>(() => QuestionReader.Read(Input(arguments)));
        failure.Code.ShouldBe(FailureCodes.InvalidArgument);
        failure.Argument.ShouldBe(argument);
        failure.Message.ShouldContain(says);
        failure.Message.ShouldNotContain("Jane");
        failure.Message.ShouldNotContain("Observatoin");
    }

    [Fact]
    public void Both_ways_to_ask_mean_the_same()
    {
        var structured = Input("""
            {"type":"Observation","patient":"p1","parameters":[{"name":"code","values":["http://loinc.org|4548-4","1-8"]},{"name":"date","prefix":"ge","value":"2024"},{"name":"status","modifier":"not","value":"cancelled"}],
            "sort":"-date","count":10,"include_provenance":true}
            """);
        var query = Input(
            """{"type":"Observation","query":"?patient=p1&code=http%3A%2F%2Floinc.org|4548-4,1-8&date=ge2024&status:not=cancelled&_sort=-date&_count=10&_revinclude=Provenance:target"}""");
        Say(QuestionReader.Read(structured)).ShouldBe(Say(QuestionReader.Read(query)));
    }

    [Fact]
    public void A_comma_in_a_structured_name_is_part_of_the_name()
    {
        var question = QuestionReader.Read(Input("""{"type":"Patient","parameters":[{"name":"family","value":"Smith, Jr|x"}]}"""));
        FhirEscape.Plain(question.Conditions.Single().Values.Single().Text).ShouldBe("Smith, Jr|x");
    }

    [Fact]
    public void A_patient_is_found_among_patients_by_id() =>
        QuestionReader.Read(Input("""{"type":"Patient","patient":"p1"}""")).Conditions.Single().Parameter.Name.ShouldBe("_id");

    [Fact]
    public void Every_type_has_its_table_paths_and_dates()
    {
        FhirTypes.All.Count.ShouldBe(24);
        foreach (var type in FhirTypes.All)
        {
            ParameterTable.Of(type.Name).Count.ShouldBeGreaterThan(5);
            type.Dates.ShouldAllBe(name => ParameterTable.Find(type.Name, name)!.Kind == ParameterKind.Date);
            QuestionReader.Read(new FhirSearchInput { Type = type.Name }).Sort.ShouldNotBeEmpty();
            foreach (var parameter in ParameterTable.Of(type.Name).SelectMany(p => p.Paths)) parameter.Steps.ShouldAllBe(step => step.Name.Length > 0);
        }
    }

    [Fact]
    public void The_schema_takes_what_the_descriptions_show()
    {
        var schema = InputSchema.Of(DrCloudJson.Default.FhirSearchInput);
        ArgumentValidator.Check(
            schema,
            JsonDocument.Parse(
                """{"type":"Observation","patient":"pt_x","parameters":[{"name":"date","prefix":"ge","value":"2024"}],"date_from":"2024-01-01","count":5,"fields":["id"]}""").RootElement)
            .ShouldBeEmpty();
        ArgumentValidator.Check(schema, JsonDocument.Parse("""{"type":"Binary"}""").RootElement).ShouldNotBeEmpty();
        ArgumentValidator.Check(schema, JsonDocument.Parse("""{"type":"Patient","parameters":[{"name":"family","values":"x"}]}""").RootElement)
            .ShouldNotBeEmpty();
        schema.GetProperty("properties")
            .GetProperty("type")
            .GetProperty("enum")
            .EnumerateArray()
            .Select(e => e.GetString())
            .ShouldBe(FhirTypes.All.Select(t => t.Name));
    }

    private static string Say(SearchQuestion question) => string.Join(
        '\n',
        question.Conditions.Select(c => $"{c.Parameter.Name}:{c.Modifier}={string.Join(',', c.Values.Select(v => v.Wire))}"))
        + $"\n{question.Count} {question.Provenance} {string.Join(',', question.Sort.Select(s => s.Parameters[0].Name + s.Descending))}";

    private static FhirSearchInput Input(string json) => JsonSerializer.Deserialize(json, DrCloudJson.Default.FhirSearchInput)!;
}
