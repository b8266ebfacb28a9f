using System.Globalization;

namespace HealthMcp.Benchmarks;

/// <summary>The resources of made-up charts, patient after patient, in the proportions that a chart has.</summary>
internal sealed class ChartResources(Random random)
{
    private const int PerPatient = 150;
    private readonly ChartText _text = new(random);
    private readonly List<string> _results = [];
    private string _patient = "";
    private string _name = "";
    private string _encounter = "";
    private int _count;

    public int TextBytes => _text.Bytes;

    public (string Type, string Id, string Resource) Next()
    {
        var id = $"{random.Next(0x1000, 0xFFFF):x4}{random.Next():x8}-{_count:x}";
        var (type, members) = _count++ % PerPatient == 0 ? ("Patient", Patient(id)) : Of(random.Next(100), id);
        var resource = string.Create(CultureInfo.InvariantCulture,
            $$"""
            {"resourceType":"{{type}}","id":"{{id}}","meta":{"versionId":"{{random.Next(1, 9)}}","lastUpdated":"{{Instant()}}",
            "profile":["http://hl7.org/fhir/us/core/StructureDefinition/us-core-{{type.ToLowerInvariant()}}"]},
            {{_text.Narrative(type, _name, Day())}}{{members}}{{_text.Note(type, _name, Day())}}
            }
            """);

        // The lines below are for the reader of this file; servers send one.
        return (type, id, resource.Replace("\n", "", StringComparison.Ordinal));
    }

    private (string Type, string Members) Of(int kind, string id) => kind switch
    {
        < 8 => ("Encounter", Encounter(id)),
        < 14 => ("Condition", Condition()),
        < 54 => ("Observation", Lab(id)),
        < 66 => ("Observation", Vital()),
        < 73 => ("Observation", Pressure()),
        < 82 => ("MedicationRequest", Medication()),
        < 88 => ("DiagnosticReport", Report()),
        < 92 => ("Immunization", Immunization()),
        < 97 => ("Procedure", Procedure()),
        _ => ("DocumentReference", Document()),
    };

    private string Patient(string id)
    {
        var (given, family) = (Pick(ChartWords.Given), Pick(ChartWords.Family));
        (_patient, _name) = (id, $"{given} {family}");
        return $$"""
            "identifier":[{"use":"usual","type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MR",
            "display":"Medical Record Number"}]},"system":"http://hospital.example.org/mrn","value":"{{random.Next(1_000_000, 9_999_999)}}"}],
            "active":true,"name":[{"use":"official","text":"{{_name}}","family":"{{family}}","given":["{{given}}","{{Pick(ChartWords.Given)[0]}}"]}],
            "telecom":[{"system":"phone","value":"603-555-{{random.Next(1000, 9999)}}","use":"home"}],
            "gender":"{{(random.Next(2) == 0 ? "female" : "male")}}",
            "birthDate":"{{random.Next(1930, 2015)}}-{{random.Next(1, 13):00}}-{{random.Next(1, 29):00}}",
            "address":[{"line":["{{random.Next(1, 400)}} Maple Street"],"city":"{{Pick(ChartWords.Towns)}}","state":"NH","postalCode":"03431",
            "country":"US"}]
            """;
    }

    private string Encounter(string id)
    {
        _encounter = id;
        return $$"""
            "status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB","display":"ambulatory"},
            "type":[{{Concept("http://snomed.info/sct", "185349003", "Encounter for check up (procedure)")}}],{{Subject()}},
            "participant":[{"individual":{{Practitioner()}}
            }],"period":{"start":"{{Instant()}}","end":"{{Instant()}}"},"location":[{"location":{"reference":"Location/loc-{{random.Next(8)}}",
            "display":"{{Pick(ChartWords.Places)}}"} }]
            """;
    }

    private string Condition()
    {
        var (code, display) = Pick(ChartWords.Problems);
        return $$"""
            "clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]},
            "verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-ver-status","code":"confirmed"}]},
            "category":[{{Concept("http://terminology.hl7.org/CodeSystem/condition-category", "problem-list-item", "Problem List Item")}}],
            "code":{{Concept("http://snomed.info/sct", code, display)}},{{Subject()}},"onsetDateTime":"{{Day()}}","recordedDate":"{{Instant()}}"
            """;
    }

    private string Lab(string id)
    {
        var (code, display, word, unit, low, high) = Pick(ChartWords.Labs);
        _results.Add(id);
        return $$"""
            {{Observed("laboratory", "Laboratory", code, display, word)}},"valueQuantity":{{Quantity(low, high, unit)}},
            "interpretation":[{{Concept("http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", "N", "Normal")}}],
            "referenceRange":[{"low":{{Bound(low, unit)}},"high":{{Bound(high, unit)}}
            }]
            """;
    }

    private string Vital()
    {
        var (code, display, unit, low, high) = Pick(ChartWords.Vitals);
        return $$"""{{Observed("vital-signs", "Vital Signs", code, display, display)}},"valueQuantity":{{Quantity(low, high, unit)}}""";
    }

    private string Pressure() => $$"""
        {{Observed("vital-signs", "Vital Signs", "85354-9", "Blood pressure panel with all children optional", "Blood pressure")}},
        "component":[{"code":{{Concept("http://loinc.org", "8480-6", "Systolic blood pressure")}},"valueQuantity":{{Quantity(100, 150, "mm[Hg]")}}
        },{"code":{{Concept("http://loinc.org", "8462-4", "Diastolic blood pressure")}},"valueQuantity":{{Quantity(60, 95, "mm[Hg]")}}
        }]
        """;

    private string Medication()
    {
        var (code, display, sig) = Pick(ChartWords.Drugs);
        return $$"""
            "status":"active","intent":"order",
            "medicationCodeableConcept":{{Concept("http://www.nlm.nih.gov/research/umls/rxnorm", code, display)}},{{Subject()}},
            "encounter":{"reference":"Encounter/{{_encounter}}"},"authoredOn":"{{Instant()}}","requester":{{Practitioner()}},
            "dosageInstruction":[{"text":"{{sig}}","timing":{"repeat":{"frequency":{{random.Next(1, 4)}},"period":1.0,"periodUnit":"d"} },
            "doseAndRate":[{"doseQuantity":{"value":{{random.Next(1, 3)}},"unit":"tablet"} }]}],
            "dispenseRequest":{"numberOfRepeatsAllowed":{{random.Next(5)}},"quantity":{"value":{{random.Next(30, 90)}},"unit":"tablet"} }
            """;
    }

    private string Report()
    {
        var results = string.Join(',', _results.TakeLast(6).Select(result => $$"""{"reference":"Observation/{{result}}"}"""));
        return $$"""
            "status":"final","category":[{{Concept("http://terminology.hl7.org/CodeSystem/v2-0074", "LAB", "Laboratory")}}],
            "code":{{Concept("http://loinc.org", "58410-2", "CBC panel - Blood by Automated count")}},{{Subject()}},
            "effectiveDateTime":"{{Instant()}}","issued":"{{Instant()}}","performer":[{"reference":"Organization/org-{{random.Next(4)}}",
            "display":"{{Pick(ChartWords.Places)}}"}],"result":[{{results}}]
            """;
    }

    private string Immunization()
    {
        var (code, display) = Pick(ChartWords.Vaccines);
        return $$"""
            "status":"completed","vaccineCode":{{Concept("http://hl7.org/fhir/sid/cvx", code, display)}},
            "patient":{"reference":"Patient/{{_patient}}","display":"{{_name}}"},"occurrenceDateTime":"{{Day()}}","primarySource":true,
            "lotNumber":"L{{random.Next(10000, 99999)}}","doseQuantity":{"value":0.5,"unit":"mL","system":"http://unitsofmeasure.org","code":"mL"}
            """;
    }

    private string Procedure()
    {
        var (code, display) = Pick(ChartWords.Procedures);
        return $$"""
            "status":"completed","code":{{Concept("http://snomed.info/sct", code, display)}},{{Subject()}},"performedPeriod":{"start":"{{Instant()}}",
            "end":"{{Instant()}}"},"performer":[{"actor":{{Practitioner()}}
            }]
            """;
    }

    private string Document() => $$"""
        "status":"current","type":{{Concept("http://loinc.org", "11506-3", "Progress note")}},
        "category":[{{Concept("http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category", "clinical-note", "Clinical Note")}}],{{Subject()}},
        "date":"{{Instant()}}","author":[{{Practitioner()}}],"content":[{"attachment":{"contentType":"text/plain",
        "data":"{{_text.File(_name, Day())}}"} }]
        """;

    private string Observed(string category, string word, string code, string display, string text) => $$"""
        "status":"final","category":[{{Concept("http://terminology.hl7.org/CodeSystem/observation-category", category, word)}}],
        "code":{"coding":[{"system":"http://loinc.org","code":"{{code}}","display":"{{display}}"}],"text":"{{text}}"},{{Subject()}},
        "encounter":{"reference":"Encounter/{{_encounter}}"},"effectiveDateTime":"{{Instant()}}","issued":"{{Instant()}}",
        "performer":[{{Practitioner()}}]
        """;

    private string Subject() => $$""" "subject":{"reference":"Patient/{{_patient}}","display":"{{_name}}"}""".TrimStart();

    private string Practitioner()
    {
        var number = random.Next(25);
        var name = $"{ChartWords.Given[number % ChartWords.Given.Length]} {ChartWords.Family[number * 5 % ChartWords.Family.Length]}";
        return $$"""{"reference":"Practitioner/prac-{{number}}","display":"{{name}}, MD"}""";
    }

    private static string Concept(string system, string code, string display) =>
        $$"""{"coding":[{"system":"{{system}}","code":"{{code}}","display":"{{display}}"}],"text":"{{display}}"}""";

    private string Quantity(double low, double high, string unit) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"value":{{low + (random.NextDouble() * (high - low)):0.0}},"unit":"{{unit}}","system":"http://unitsofmeasure.org","code":"{{unit}}"}""");

    private static string Bound(double value, string unit) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"value":{{value}},"unit":"{{unit}}","system":"http://unitsofmeasure.org","code":"{{unit}}"}""");

    private string Day() => $"{random.Next(2012, 2026)}-{random.Next(1, 13):00}-{random.Next(1, 29):00}";

    private string Instant() => $"{Day()}T{random.Next(24):00}:{random.Next(60):00}:{random.Next(60):00}Z";

    private T Pick<T>(T[] among) => among[random.Next(among.Length)];
}
