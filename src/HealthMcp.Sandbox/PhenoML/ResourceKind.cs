namespace HealthMcp.Sandbox.PhenoML;

/// <summary>What kind of resource a text is about, when the caller leaves it open.</summary>
internal static class ResourceKind
{
    private static readonly (string Kind, string[] Cues)[] Cues =
    [
        ("appointment", ["appointment", "scheduled for", "follow-up on"]),
        ("questionnaire", ["questionnaire:", "survey form"]),
        ("coverage", ["insurance", "insured", "subscriber", "member id", "policy"]),
        ("patient", ["born on", "date of birth", "dob "]),
        ("careplan", ["care plan", "plan of care"]),
        ("servicerequest", ["refer to", "referral", "order ", "ordered "]),
        ("procedure", ["underwent", "was performed", "surgery", "biopsy", "lumpectomy", "appendectomy"]),
        ("encounter", ["was admitted", "office visit", "emergency visit"]),
    ];

    public static string Detect(string text)
    {
        var cue = Cues.FirstOrDefault(row => Array.Exists(row.Cues, word => text.Contains(word, StringComparison.OrdinalIgnoreCase)));
        return cue.Kind is { } kind ? kind
            : VitalText.Read(text).Count > 0 ? "vital-signs"
            : Finding.In(text, 0, text.Length, "RXNORM").Count > 0 ? "medicationrequest"
            : Finding.In(text, 0, text.Length, "LOINC").Count > 0 ? "observation-lab"
            : "condition-problems-health-concerns";
    }
}
