namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>JSON Schemas of <c>data</c> about vital signs. They require nothing: each field may be withheld, or left out by <c>fields</c>.</summary>
internal static class VitalsSchemas
{
    private const string Fields = """
        "id":{"type":"string","description":"Handle (vit_…) of the stored reading."},
        "date_taken":{"type":"string"},"time_taken":{"type":"string"},
        "bp_systolic":{"type":"integer"},"bp_diastolic":{"type":"integer"},"pulse":{"type":"integer"},
        "respiration_rate":{"type":"integer"},"oxygen_saturation":{"type":"integer"},
        "temperature_f":{"type":"string"},"weight_lbs":{"type":"string"},"height_inches":{"type":"string"},"bmi":{"type":"string"},
        "abnormal_flags":{"type":"array","items":{"type":"object"},"description":"What the practice's API finds abnormal."},
        "is_procedure_blocking":{"type":"boolean","description":"true: no procedure until a provider has reviewed."}
        """;

    private const string Point = """
        "date_taken":{"type":"string"},"value":{"type":"string","description":"In unit."},"metric_value":{"type":"string","description":"In metric_unit."}
        """;

    private const string Code = """
        "vital":{"type":"string","description":"Field of the reading."},"loinc":{"type":"string"},
        "unit":{"type":"string","description":"UCUM."},"metric_unit":{"type":"string","description":"UCUM."}
        """;

    public const string Record = $$"""{"type":"object","properties":{ {{Fields}} } }""";

    /// <summary>An update: the record before and after; with a conflict, before and now.</summary>
    public const string Change = $$"""
        {"type":"object","properties":{"before":{{Record}},"after":{{Record}},
        "now":{"type":"object","description":"Only when somebody else was faster: the record as it stands; nothing was written."} } }
        """;

    public const string Readings = $$"""
        {"type":"object","properties":{
        "critical":{"type":"array","description":"Every critical value, the latest first.","items":{"type":"object","properties":{ {{Code}},
        "severity":{"type":"string"},"id":{"type":"string","description":"Handle (vit_…) of its reading."},{{Point}} } } },
        "codes":{"type":"array","items":{"type":"object","properties":{ {{Code}} } } },
        "readings":{"type":"array","description":"Newest first.","items":{"type":"object","properties":{ {{Fields}},
        "temperature_c":{"type":"string"},"weight_kg":{"type":"string"},"height_cm":{"type":"string"} } } },
        "trend":{"type":"array","description":"With view=trend, instead of codes and readings.","items":{"type":"object","properties":{ {{Code}},
        "severity":{"type":"string","description":"critical: one of the values is."},"count":{"type":"integer"},
        "latest":{"type":"string"},"change":{"type":"string","description":"Latest less first."},"lowest":{"type":"string"},"highest":{"type":"string"},
        "points":{"type":"array","description":"Oldest first.","items":{"type":"object","properties":{ {{Point}} } } } } } } } }
        """;
}
