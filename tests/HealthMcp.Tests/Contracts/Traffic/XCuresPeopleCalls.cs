namespace HealthMcp.Tests.Contracts.Traffic;

/// <summary>Calls about persons: subjects, requests for their records, their own applications.</summary>
internal static class XCuresPeopleCalls
{
    private const string Full = """
        {"firstName":"Ann","middleName":"B","lastName":"Example","email":"ann@example.org","birthDate":"1980-01-02","gender":"F",
        "addressLine1":"1 Main St","addressLine2":"Apt 2","addressCity":"Hamilton","addressState":"oh","addressPostalCode":"45011","phoneNumber":"555-123-4567",
        "externalIdentifiers":[{"externalIdentifier":"X-1","externalSystem":"ehr"}],"labels":["consented"],"additionalNames":[{"last":"Sample"}],
        "additionalAddresses":[{"addressCity":"Dayton","addressState":"OH"}],
        "tags":[{"projectTagId":"7d0c2a50-3f7e-4b19-9d57-6a1f0c3e8b21","valueNumber":3}]}
        """;

    private const string Application = """
        {"firstName":"Cleo","lastName":"Example","birthDate":"1990-05-06","addressPostalCode":"45011","addressState":"OH","sexAtBirth":"female",
        "emailAddress":"cleo@example.org","phoneNumber":"555-123-4567","onConsentWebhookUrl":"https://hooks.example.org/consent"}
        """;

    public static readonly IReadOnlyList<CallStep> All =
    [
        new("list_projects", "{}"),
        new("get_subject", """{"subject":"<subject>"}"""),
        new("get_subject_summary", """{"subject":"<subject>"}"""),
        new("create_subjects", $$"""{"subjects":[{{Full}}]}""")
        {
            LosesAnswerOf = "POST /api/v2/patient-registry/subject", Keep = [("ann", "data.subjects.0.id"), ("tag", "data.subjects.0.tags.0.id")],
        },
        new("create_subjects", """{"subjects":[{"firstName":"Ben","lastName":"Example"},{"firstName":"Dan","lastName":"Example","deathDate":"2020-01-02"}]}"""),
        new("create_subjects", """{"subjects":[{"firstName":"Eve","lastName":"Example"},{"firstName":"Fay","lastName":"Example"}],"initiateEhrQueries":true}""")
        {
            LosesAnswerOf = "POST /api/v1/patient-registry/subject",
        },
        new("update_subject", """
            {"subject":"<ann>","changes":{"addressCity":"Dayton","tags":[{"id":"<tag>","projectTagId":"7d0c2a50-3f7e-4b19-9d57-6a1f0c3e8b21","valueText":"x"}]},
            "clear":["middleName"]}
            """) { LosesAnswerOf = "PUT /api/v1/patient-registry/subject/{id}" },
        new("create_subjects", """{"subjects":[{"firstName":"Gus","lastName":"Example"}]}"""),
        new("update_subject", """{"subject":"<ann>","changes":{"labels":[]}}"""),
        new("request_records", """{"subject":"<ann>","organizationIds":["2.16.840.1.113883.3.1"]}""") { Keep = [("request", "data.id")] },
        new("request_records", """{"subject":"<ann>"}""") { Fails = "conflict" },
        new("request_records", """{"subject":"<subject>"}""") { Fails = "in_doubt", LosesAnswerOf = "POST /api/v1/patient-registry/query" },
        new("get_record_requests", """{"id":"<request>"}"""),
        new("get_record_requests", """{"subject":"<ann>","createdFrom":"2020-01-01","createdTo":"2100-01-01","status":"completed","sortField":"ccdaStatus"}"""),
        new("create_application", Application)
        {
            LosesAnswerOf = "POST /api/v1/patient-registry/application", Keep = [("application", "data.id")],
        },
        new("create_application", Application),
        new("get_application", """{"id":"<application>"}"""),
        new("resend_application_invite", """{"id":"<application>","onQueryResultWebhookUrl":"https://hooks.example.org/records"}"""),
        new("resend_application_invite", """{"id":"<application>"}"""),
    ];
}
