namespace HealthMcp.Benchmarks;

/// <summary>What the made-up charts are made of.</summary>
internal static class ChartWords
{
    public static readonly string[] Given =
    [
        "Marissa", "Owen", "Beatriz", "Tobias", "Ingrid", "Rahul", "Celeste", "Dmitri",
        "Fatima", "Gordon", "Hana", "Ismael", "Judith", "Kenji", "Lorena", "Miles",
    ];

    public static readonly string[] Family =
    [
        "Quigley", "Hollander", "Vasquez", "Okafor", "Lindqvist", "Banerjee", "Moreau", "Petrov",
        "Haddad", "Whitlock", "Tanaka", "Ferreira", "Abrams", "Novak",
    ];

    public static readonly string[] Towns = ["Keene", "Brattleboro", "Claremont", "Rutland", "Nashua", "Bellows Falls"];

    public static readonly string[] Places = ["Keene General Hospital", "Valley Family Practice", "Monadnock Imaging Center", "Riverside Laboratory"];

    /// <summary>LOINC code, its display, the word a system shows, unit, low, high.</summary>
    public static readonly (string Code, string Display, string Word, string Unit, double Low, double High)[] Labs =
    [
        ("718-7", "Hemoglobin [Mass/volume] in Blood", "Hemoglobin", "g/dL", 12, 16),
        ("4548-4", "Hemoglobin A1c/Hemoglobin.total in Blood", "HbA1c", "%", 4, 5.6),
        ("2345-7", "Glucose [Mass/volume] in Serum or Plasma", "Glucose", "mg/dL", 70, 99),
        ("2160-0", "Creatinine [Mass/volume] in Serum or Plasma", "Creatinine", "mg/dL", 0.6, 1.2),
        ("2951-2", "Sodium [Moles/volume] in Serum or Plasma", "Sodium", "mmol/L", 136, 145),
        ("2823-3", "Potassium [Moles/volume] in Serum or Plasma", "Potassium", "mmol/L", 3.5, 5.1),
        ("6690-2", "Leukocytes [#/volume] in Blood by Automated count", "WBC", "10*3/uL", 4, 11),
        ("777-3", "Platelets [#/volume] in Blood by Automated count", "Platelets", "10*3/uL", 150, 400),
        ("1742-6", "Alanine aminotransferase [Enzymatic activity/volume] in Serum or Plasma", "ALT", "U/L", 7, 56),
        ("2093-3", "Cholesterol [Mass/volume] in Serum or Plasma", "Cholesterol", "mg/dL", 100, 200),
    ];

    public static readonly (string Code, string Display, string Unit, double Low, double High)[] Vitals =
    [
        ("8867-4", "Heart rate", "/min", 60, 100),
        ("9279-1", "Respiratory rate", "/min", 12, 20),
        ("8310-5", "Body temperature", "Cel", 36.1, 37.2),
        ("29463-7", "Body weight", "kg", 50, 110),
        ("39156-5", "Body mass index (BMI) [Ratio]", "kg/m2", 18.5, 32),
    ];

    public static readonly (string Code, string Display)[] Problems =
    [
        ("44054006", "Type 2 diabetes mellitus"), ("38341003", "Hypertensive disorder"),
        ("195967001", "Asthma"), ("13645005", "Chronic obstructive lung disease"),
        ("55822004", "Hyperlipidemia"), ("35489007", "Depressive disorder"), ("396275006", "Osteoarthritis"), ("40930008", "Hypothyroidism"),
    ];

    public static readonly (string Code, string Display, string Sig)[] Drugs =
    [
        ("860975", "metformin hydrochloride 500 MG Oral Tablet", "Take 1 tablet by mouth twice daily with meals"),
        ("314076", "lisinopril 10 MG Oral Tablet", "Take 1 tablet by mouth once daily"),
        ("617312", "atorvastatin 20 MG Oral Tablet", "Take 1 tablet by mouth at bedtime"),
        ("745679", "200 ACTUAT albuterol 0.09 MG/ACTUAT Metered Dose Inhaler", "Inhale 2 puffs every 4 hours as needed"),
    ];

    public static readonly (string Code, string Display)[] Vaccines =
        [("140", "Influenza, seasonal, injectable, preservative free"), ("115", "Tdap"), ("208", "COVID-19, mRNA, LNP-S, PF, 30 mcg/0.3 mL dose")];

    public static readonly (string Code, string Display)[] Procedures =
        [("73761001", "Colonoscopy"), ("80146002", "Appendectomy"), ("268425006", "Pelvis X-ray"), ("104091002", "Hemogram, automated")];

    public static readonly string[] Sentences =
    [
        "Reports improved energy and no chest pain since the last visit.", "Denies fever, cough, or shortness of breath.",
        "Blood pressure at home has been averaging 128/78.", "Tolerating medications well without side effects.",
        "Discussed diet and exercise; will recheck labs in three months.", "Mild bilateral ankle edema, otherwise exam is unremarkable.",
        "Wound is clean and dry with no signs of infection.", "Counselled on smoking cessation and given resources.",
    ];
}
