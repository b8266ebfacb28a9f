using System.Text;
using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Tests.Support;
using HealthMcp.Upstreams.DrCloud;
using HealthMcp.Upstreams.DrCloud.Search;

namespace HealthMcp.Tests.Upstreams.DrCloud;

public sealed class FhirSearchToolsTests
{
    private readonly FhirStub _stub = new();

    [Theory]
    [InlineData("Observation", "patient=p1&code=http://loinc.org|4548-4", "Observation?patient=p1")]
    [InlineData("Observation", "code=http://loinc.org|4548-4&date=ge2024", "Observation?category=vital-signs&code=4548-4&date=ge2023-12-31")]
    [InlineData("Observation", "code=a,b&category=laboratory", "Observation?category=laboratory&code=a,b")]
    [InlineData("Observation", "subject=Patient/p1&subject:Patient=p1", "Observation?patient=p1")]
    [InlineData("Observation", "subject=p1&category=laboratory,vital-signs", "Observation")]
    [InlineData("DiagnosticReport", "code=a", "DiagnosticReport")]
    [InlineData("DiagnosticReport", "category=LAB&code=a", "DiagnosticReport?category=LAB&code=a")]
    [InlineData("Observation", "patient=p1&code=a&category=laboratory&status=final", "Observation?patient=p1")]
    [InlineData("Observation", "patient=p1&code=a,b", "Observation?patient=p1")]
    [InlineData("Observation", "patient=p1&date=ge2024-01-01&date=le2024-12-31", "Observation?patient=p1&date=ge2023-12-31")]
    [InlineData("Observation", "patient=p1&date=le2024-12-31", "Observation?patient=p1&date=le2025-01-02")]
    [InlineData("Observation", "patient=p1&date:missing=true", "Observation?patient=p1")]
    [InlineData("Encounter", "patient=Patient/p1&date=ge2024", "Encounter?patient=p1")]
    [InlineData("Condition", "patient=p1&code=x&_sort=code&_count=3", "Condition?patient=p1")]
    [InlineData("MedicationRequest", "patient=p1&status:not=stopped&intent=order", "MedicationRequest?patient=p1")]
    [InlineData("MedicationRequest", "status=active,completed&intent=order", "MedicationRequest?status=active,completed&intent=order")]
    [InlineData("Patient", "family:exact=Doe&birthdate=1950-01-02", "Patient?birthdate=1950-01-02&family=Doe")]
    [InlineData("Patient", "_id=a,b", "Patient?_id=a,b")]
    [InlineData("Coverage", "patient=p1&payor=Organization/o", "Coverage?patient=p1")]
    [InlineData("Observation", "patient=p1&_revinclude=Provenance:target", "Observation?patient=p1&_revinclude=Provenance:target")]
    public async Task The_vendors_server_is_asked_for_what_it_does_well(string type, string query, string sent)
    {
        await _stub.RunAsync(new FhirSearchInput { Type = type, Query = query });
        Sorted(_stub.Searches[0]).ShouldBe(Sorted(sent));
        _stub.Came[0].AbsolutePath.ShouldBe("/apis/default/fhir/metadata");
        _stub.Accepts.ShouldAllBe(a => a.StartsWith("application/fhir+json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_rest_is_finished_here_and_said()
    {
        _stub.Answers(
            Observation("1", "2024-01-10"), Observation("2", "2024-06-10"), Observation("3", "2025-01-10"),
            Observation("4", "2024-06-11", "other"), Observation("5", "2024-06-12", patient: "p2"));
        var result = await _stub.RunAsync(new FhirSearchInput
        {
            Type = "Observation", Patient = "p1", Query = "code=http://loinc.org|4548-4", DateFrom = "2024-01-01",
            DateTo = "2024-12-31",
        });
        Ids(result).ShouldBe(["2", "1"]);
        result.Sections[0].Total.ShouldBe(2);
        result.Notices[0].ShouldBe("Asked of the EHR: patient, date. Checked and finished here: patient, code, date, order, paging.");
        result.Searched.ShouldBe("Observation of one patient in DrCloudEHR, by code, date from 2024-01-01 and date until 2024-12-31");
    }

    [Fact]
    public async Task An_empty_narrow_answer_is_asked_again_wider()
    {
        _stub.Answer = (request, _) => Task.FromResult(StubAnswer.Json(request.RequestUri!.Query.Contains("date", StringComparison.Ordinal)
            ? FhirStub.Bundle()
            : FhirStub.Bundle(Observation("1", "2024-01-10"))));
        var result = await _stub.RunAsync(new FhirSearchInput { Type = "Observation", Patient = "p1", Query = "date=ge2024" });
        Ids(result).ShouldBe(["1"]);
        _stub.Searches.ShouldBe(["Observation?patient=p1&date=ge2023-12-31", "Observation?patient=p1"]);
    }

    [Fact]
    public async Task An_empty_answer_is_not_passed_off_as_none() =>
        (await _stub.RunAsync(new FhirSearchInput { Type = "Observation", Patient = "p1" })).Notices
            .ShouldContain(n => n.Contains("proves nothing", StringComparison.Ordinal));

    [Fact]
    public async Task Pages_cover_everything_once_in_order()
    {
        _stub.Answers([.. Enumerable.Range(0, 25).Select(i => Observation($"o{i:00}", "2024-01-10"))]);
        var seen = new List<string>();
        string? page = null;
        do
        {
            var result = await _stub.RunAsync(new FhirSearchInput { Type = "Observation", Patient = "p1", Count = 10 }, page: page);
            seen.AddRange(Ids(result));
            result.Sections[0].Total.ShouldBe(25);
            page = result.NextPage;
        }
        while (page is not null);
        seen.ShouldBe(Enumerable.Range(0, 25).Select(i => $"o{i:00}"), ignoreOrder: true);
        (await Should.ThrowAsync<CallFailureException>(() => _stub.RunAsync(new FhirSearchInput { Type = "Observation" }, page: "-1"))).Code
            .ShouldBe(FailureCodes.InvalidCursor);
    }

    [Theory]
    [InlineData("date", "b,a,c")]
    [InlineData("-date", "a,b,c")]
    [InlineData("status,-date", "c,a,b")]
    [InlineData("-value-quantity", "b,a,c")]
    public async Task Order_is_done_here_with_missing_values_last(string sort, string ids)
    {
        _stub.Answers(
            """{"resourceType":"Observation","id":"a","status":"final","effectiveDateTime":"2024","valueQuantity":{"value":1}}""",
            """{"resourceType":"Observation","id":"b","status":"final","effectiveDateTime":"2023","valueQuantity":{"value":20}}""",
            """{"resourceType":"Observation","id":"c","status":"amended"}""");
        Ids(await _stub.RunAsync(new FhirSearchInput { Type = "Observation", Sort = sort })).ShouldBe(ids.Split(','));
    }

    [Fact]
    public async Task Provenance_is_kept_apart_and_to_the_page()
    {
        _stub.Answers(Observation("1", "2024-01-10"), Provenance("x", "1"), Provenance("y", "2"), Observation("2", "2023-01-10"));
        var result = await _stub.RunAsync(new FhirSearchInput { Type = "Observation", Patient = "p1", Count = 1, IncludeProvenance = true });
        Ids(result).ShouldBe(["1"]);
        result.Sections.Select(s => s.Name).ShouldBe(["resources", "provenance"]);
        Encoding.UTF8.GetString(result.Sections[1].Rows.Single().Span).ShouldBe(Provenance("x", "1"));
    }

    [Fact]
    public async Task A_conformant_server_is_asked_for_all_it_takes_and_followed()
    {
        _stub.FhirBase = new Uri("https://ehr.test/baseR4");
        _stub.Metadata = FhirStub.Conformant("Observation", "patient", "code", "date", "code-value-quantity");
        _stub.Answer = (request, _) => Task.FromResult(StubAnswer.Json(
            request.RequestUri!.Query.Contains("page=2", StringComparison.Ordinal)
                ? FhirStub.Bundle("searchset", null, Observation("2", "2024-01-11"))
                : FhirStub.Bundle("searchset", "https://ehr.test/baseR4?page=2", Observation("1", "2024-01-10")),
            type: "application/fhir+json"));
        var result = await _stub.RunAsync(new FhirSearchInput
        {
            Type = "Observation",
            Query = "patient=p1&code=http://loinc.org|4548-4&date=ge2024&date=lt2025&status:not=cancelled&code-value-quantity=4548-4$gt5",
        });
        Ids(result).ShouldBe(["2", "1"]);
        _stub.Came[1].AbsolutePath.ShouldBe("/baseR4/Observation");
        _stub.Searches[0].ShouldBe(
            "Observation?patient=Patient/p1&code=http://loinc.org|4548-4&code-value-quantity=4548-4$gt5&date=ge2023-12-31&date=le2026-01-02&_count=200");
    }

    [Theory]
    [InlineData("https://evil.test/fhir?page=2", FailureCodes.UpstreamError)]
    [InlineData("http://ehr.test/apis/default/fhir?page=2", FailureCodes.UpstreamError)]
    [InlineData("https://ehr.test:8443/fhir?page=2", FailureCodes.UpstreamError)]
    [InlineData("file:///etc/passwd", FailureCodes.UpstreamNotJson)]
    [InlineData("https://ehr.test/apis/default/fhir/Observation?again", FailureCodes.UpstreamNotJson)]
    public async Task A_next_link_never_leads_elsewhere_or_round_in_circles(string next, string code)
    {
        _stub.Answer = (_, _) => Task.FromResult(StubAnswer.Json(FhirStub.Bundle("searchset", next, Observation("1", "2024-01-10"))));
        (await Should.ThrowAsync<CallFailureException>(() => _stub.RunAsync(new FhirSearchInput { Type = "Observation" }))).Code.ShouldBe(code);
        _stub.Came.ShouldAllBe(u => u.Host == "ehr.test" && u.Port == 443);
    }

    [Fact]
    public async Task Too_much_to_finish_here_is_refused_unless_it_is_one_patients()
    {
        _stub.Answers([.. Enumerable.Range(0, 5001).Select(i => Observation($"o{i}", "2024-01-10"))]);
        (await Should.ThrowAsync<CallFailureException>(() => _stub.RunAsync(new FhirSearchInput { Type = "Observation" }))).Code
            .ShouldBe(FailureCodes.TooLarge);
        (await _stub.RunAsync(new FhirSearchInput { Type = "Observation", Patient = "p1" })).Sections[0].Total.ShouldBe(5001);
    }

    [Theory]
    [InlineData("code-value-quantity=4548-4$gt5")]
    [InlineData("code:in=http://example.test/vs")]
    public async Task What_nobody_can_answer_right_is_refused(string query)
    {
        (await Should.ThrowAsync<CallFailureException>(() => _stub.RunAsync(new FhirSearchInput { Type = "Observation", Query = query }))).Code
            .ShouldBe(FailureCodes.InvalidArgument);
        _stub.Searches.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("400", FailureCodes.UpstreamUnauthorized)]
    [InlineData("401", FailureCodes.UpstreamUnauthorized)]
    [InlineData("401 empty", FailureCodes.UpstreamForbidden)]
    [InlineData("403", FailureCodes.UpstreamForbidden)]
    [InlineData("404", FailureCodes.NotFound)]
    [InlineData("404 list", FailureCodes.NotFound)]
    [InlineData("409", FailureCodes.Conflict)]
    [InlineData("422", FailureCodes.UpstreamUnauthorized)]
    [InlineData("429", FailureCodes.UpstreamRateLimited)]
    [InlineData("500", FailureCodes.UpstreamError)]
    [InlineData("501", FailureCodes.UpstreamForbidden)]
    [InlineData("302", FailureCodes.UpstreamError)]
    [InlineData("html", FailureCodes.UpstreamNotJson)]
    [InlineData("truncated", FailureCodes.UpstreamNotJson)]
    [InlineData("array", FailureCodes.UpstreamNotJson)]
    [InlineData("reset", FailureCodes.UpstreamUnreachable)]
    public async Task Every_failure_becomes_a_sentence_without_the_answers_text(string how, string code)
    {
        _stub.Answer = StubAnswer.Bad(how);
        var failure = await Should.ThrowAsync<CallFailureException>(() => _stub.RunAsync(new FhirSearchInput { Type = "Patient", Query = "family=Jane" }));
        failure.Code.ShouldBe(code);
        failure.Message.ShouldNotContain("CANARY");
        failure.Message.ShouldNotContain("Jane");
    }

    [Theory]
    [InlineData("""{"validationErrors":{"date":"CANARY","CANARY":"x"}}""", 400, "refused date of")]
    [InlineData("""{"resourceType":"OperationOutcome","issue":[{"diagnostics":"CANARY"}]}""", 400, "refused a search parameter")]
    [InlineData("""{"resourceType":"OperationOutcome","issue":[{"diagnostics":"CANARY"}]}""", 200, "error report instead of results")]
    public async Task The_vendors_error_shapes_are_told_apart(string body, int status, string says)
    {
        _stub.Answer = (_, _) => Task.FromResult(StubAnswer.Json(body, status));
        var failure = await Should.ThrowAsync<CallFailureException>(() => _stub.RunAsync(new FhirSearchInput { Type = "Observation" }));
        failure.Code.ShouldBe(FailureCodes.UpstreamRejected);
        failure.Message.ShouldContain(says);
        failure.Message.ShouldNotContain("CANARY");
    }

    [Theory]
    [InlineData("system/Patient.read", "not granted system/Observation.read")]
    [InlineData("system/Observation.read", "not granted system/Provenance.read")]
    public async Task What_was_not_granted_is_not_asked_for(string granted, string says)
    {
        _stub.Scope = granted;
        var failure = await Should.ThrowAsync<CallFailureException>(
            () => _stub.RunAsync(new FhirSearchInput { Type = "Observation", IncludeProvenance = true }));
        (failure.Code, failure.Message.Contains(says, StringComparison.Ordinal)).ShouldBe((FailureCodes.UpstreamForbidden, true));
        _stub.Came.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("system/Patient.read", "not granted system/Observation.read")]
    [InlineData("system/Observation.read", "although the scope was granted")]
    [InlineData(null, "most likely for want of a scope")]
    public async Task A_bare_401_is_explained_by_the_granted_scopes(string? granted, string says)
    {
        _stub.Scope = granted;
        _stub.Answer = StubAnswer.Bad("401 empty");
        (await Should.ThrowAsync<CallFailureException>(() => _stub.RunAsync(new FhirSearchInput { Type = "Observation" }))).Message.ShouldContain(says);
    }

    [Fact]
    public async Task The_server_is_probed_once_and_a_bad_statement_does_no_harm()
    {
        _stub.Metadata = "[]";
        var tool = _stub.Tool();
        for (var i = 0; i < 3; i++) await tool.Method(new FhirSearchInput { Type = "Patient" }, FhirStub.Call(tool), CancellationToken.None);
        _stub.Came.Count(u => u.AbsolutePath.EndsWith("metadata", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"type":"Observation"}""", "user/Observation.rs")]
    [InlineData("""{"type":"Observation","include_provenance":true}""", "user/Observation.rs user/Provenance.rs")]
    [InlineData("""{"type":"Observation","query":"_revinclude=Provenance:target"}""", "user/Observation.rs user/Provenance.rs")]
    [InlineData("""{"type":"Observation","query":"%5Frevinclude=Provenance:target"}""", "user/Observation.rs user/Provenance.rs")]
    [InlineData("""{"type":"Observation","query":"patient.gender=female"}""", "user/Observation.rs user/Patient.rs")]
    [InlineData("""{"type":"Observation","parameters":[{"name":"subject:Patient.gender","value":"female"}]}""", "user/Observation.rs user/Patient.rs")]
    [InlineData(
        """{"type":"Encounter","include":["location"],"query":"%5Finclude=Encounter:practitioner"}""",
        "user/Encounter.rs user/Location.rs user/Practitioner.rs")]
    [InlineData("""{"type":"Observation","include":["subject:Patient","no-such"]}""", "user/Observation.rs user/Patient.rs")]
    [InlineData("""{"type":"Nothing"}""", "")]
    [InlineData("""{"type":7}""", "")]
    [InlineData("[]", "")]
    public void The_SMART_scope_follows_the_type(string arguments, string scopes) =>
        string.Join(' ', _stub.Tool().Definition.ScopesOf(JsonDocument.Parse(arguments).RootElement)).ShouldBe(scopes);

    private static string Observation(string id, string date, string code = "4548-4", string patient = "p1") =>
        $$$"""{"resourceType":"Observation","id":"{{{id}}}","code":{"coding":[{"system":"http://loinc.org","code":"{{{code}}}"}]}"""
        + $$""","subject":{"reference":"Patient/{{patient}}"},"effectiveDateTime":"{{date}}"}""";

    private static string Provenance(string id, string target) =>
        $$"""{"resourceType":"Provenance","id":"{{id}}","target":[{"reference":"Observation/{{target}}"}]}""";

    private static IEnumerable<string> Ids(UpstreamResult result) =>
        result.Sections[0].Rows.Select(r => JsonDocument.Parse(r).RootElement.GetProperty("id").GetString()!);

    private static string Sorted(string search) =>
        search.Split('?') is [var type, var query] ? $"{type}?{string.Join('&', query.Split('&').Order(StringComparer.Ordinal))}" : search;
}
