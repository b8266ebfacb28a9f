namespace HealthMcp.Upstreams.XCures.Subjects;

/// <summary>JSON Schemas of <c>data</c>, and the shapes of previews. No field is required: each may be withheld.</summary>
internal static class SubjectSchemas
{
    /// <summary>Privacy shape of a preview of several subjects.</summary>
    public const string BatchShape = "xcures.subject.batch";

    /// <summary>Privacy shape of a change, before and after.</summary>
    public const string ChangeShape = "xcures.subject.change";

    private const string Fields = """
        "id":{"type":"string","description":"Handle (subj_…) that other xCures tools take."},
        "identifier":{"type":"string"},
        "firstName":{"type":"string"},"middleName":{"type":"string"},"lastName":{"type":"string"},
        "email":{"type":"string"},"phoneNumber":{"type":"string"},
        "birthDate":{"type":"string","description":"YYYY-MM-DD, or the year where days are withheld."},
        "deathDate":{"type":"string"},"gender":{"type":["string","null"]},
        "addressLine1":{"type":"string"},"addressLine2":{"type":"string"},"addressCity":{"type":"string"},
        "addressState":{"type":"string"},"addressPostalCode":{"type":"string"},
        "externalIdentifiers":{"type":"array","items":{"type":"object"}},
        "labels":{"type":"array","items":{"type":"string"}},"cohortNames":{"type":"array","items":{"type":"string"}},
        "additionalNames":{"type":"array","items":{"type":"object"}},"additionalAddresses":{"type":"array","items":{"type":"object"}},
        "tags":{"type":"array","items":{"type":"object"}},
        "created":{"type":"string"},"updated":{"type":"string"}
        """;

    private const string Subject = """{"type":["object","null"],"properties":{""" + Fields + "}}";

    public const string One = """{"type":"object","properties":{"subject":""" + Subject + """
        ,"clinicalConcepts":{"type":["object","null"],"properties":{
        "loaded":{"type":"boolean","description":"true: get_clinical_concepts has all of it."},"timestamp":{"type":"string"}}}}}
        """;

    public const string Created = """{"type":"object","properties":{"subjects":{"type":"array","items":{"type":"object","properties":{""" + Fields + """
        ,"failureReason":{"type":"string","description":"Why this one was not created."}}}}}}
        """;

    public const string Changed =
        """{"type":"object","properties":{"subject":""" + Subject + ",\"before\":" + Subject + ",\"after\":" + Subject + "}}";

    public const string Summary = """
        {"type":"object","properties":{"overview":{"type":"string"},
        "referencedDocuments":{"type":"array","items":{"type":"object","properties":{
        "documentId":{"type":"string","description":"Handle (doc_…) of the source document."},
        "referencedStrings":{"type":"array","items":{"type":"string"}}}}}}}
        """;
}
