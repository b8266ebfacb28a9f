namespace HealthMcp.Benchmarks;

/// <summary>Notes of about 1 KB, all of our own writing.</summary>
internal static class NoteTexts
{
    /// <summary>A usual visit: a head with identifiers, then prose with doses and results.</summary>
    public const string Visit = """
        OUTPATIENT VISIT NOTE
        Patient: Marissa Jones (MRN: MRN-4471902) | DOB: 1961-07-14
        Visit Date: 2024-03-05T08:30:00Z | Provider: Dr. Alan Whitcombe, NPI 1234567893
        Phone: (617) 555-0142   Address: 48 Birch Lane, Keene, NH 03431

        HPI: Ms. Jones is a 62-year-old woman with type 2 diabetes, hypertension and stage 3a chronic kidney disease who comes for
        follow-up. She reports better sleep, no chest pain, and occasional ankle swelling since her last visit on 12/04/2023.
        Home glucose 110-165 mg/dL. Metformin 1000 mg twice daily, lisinopril 20 mg daily, atorvastatin 40 mg at bedtime.
        Exam: BP 128/76, pulse 72, temp 98.4 F, weight 84.5 kg. Lungs clear. Trace edema. Monofilament 9/10 on both feet.
        Labs: HbA1c 7.1%, creatinine 1.32 mg/dL, eGFR 46, potassium 4.4 mmol/L, LDL 71 mg/dL.
        Plan: continue current doses, repeat basic panel in 3 months, refer to nutrition. Call with questions. RTC in 12 weeks.
        """;

    /// <summary>Hardly a word that is not one.</summary>
    public const string Dense = """
        Name: Harold B. Winterbourne  DOB 03/14/1958  SSN 123-45-6789  MRN 00482913
        Address: 2210 Old Mill Road Apt 4B, Springfield, IL 62704  PO Box 991, Keene NH 03431
        Tel (217) 555-0142 ext 12, fax 217-555-0143, cell +1 217 555 0144, pager 4455
        Mail h.winterbourne@example.org, portal https://portal.example.org/p/88231, login hwint58
        Insurance: INS-574198406, member ID XK12-998-221, group no. 77120, Medicare 1EG4-TE5-MK72
        DEA AW1234563, NPI 1234567893, driver's license D123-4567-8901, VIN 1HGBH41JXMN109186, plate KXR 4471
        Pacemaker serial no. SN-99812A implanted April 3, 2019; lot 77A-2210; host 10.2.3.4; card 4000-0000-0031-1170
        Admitted 2024-02-11 14:05, discharged Feb 14th 2024, seen by Dr. Priya Natarajan and Tom O'Neill, RN.
        Wife Eleanor Winterbourne, 555-0199; son Marcus in Portland, OR. Employer: Hollis Freight Company, id 47-1192204.
        Born in Dayton, Ohio; lived in Toledo since 1994. Aged 94 grandfather. Seen at St. Bartholomew Medical Center, room 412.
        """;

    /// <summary>Numbers of every kind and nobody.</summary>
    public const string Plain = """
        Assessment: community acquired pneumonia, right lower lobe, improving. Day 3 of ceftriaxone 1 g daily and azithromycin 500 mg.
        Oxygen weaned from 4 L to 2 L nasal cannula, saturation 95% at rest and 91% with walking. Respiratory rate 18, pulse 84, blood
        pressure 122/70, temperature 37.1. White cells 11.2 down from 17.8, hemoglobin 12.4, platelets 288, sodium 137, potassium 3.9,
        creatinine 0.9, lactate 1.1. Blood cultures without growth at 48 hours. Chest film shows less consolidation and no effusion.
        Pain 2/10. Strength 5/5 in all limbs. Walked 150 feet with the therapist, two rests. Eats 75% of meals, 1500 ml intake.
        Plan: change to amoxicillin 875 mg by mouth twice daily for 5 more days, incentive spirometry 10 breaths every hour, vaccine
        before discharge, repeat film in 6 weeks. Wound care: change the dressing every 12 to 24 hours, and keep the leg raised.
        The patient understands the plan, agrees with it, and has no further questions at this time. Code status is full.
        """;

    public static readonly (string Name, string Text)[] Usual = [("visit", Visit), ("dense", Dense), ("plain", Plain)];

    /// <summary>Pieces that, repeated, make a pattern start everywhere and end nowhere.</summary>
    public static readonly string[] Hostile =
    [
        "1", "1-", "12 ", "1.", "12/", "(1) ", "+1 ", "a.", "@a.", "a", "A", "Aa ", "Aa-", "A ", "mrn ", "mrn:", "#", "# 1", "&#",
        "%41", "Jan ", "x", "xxx-",
        "9 St ", "9 Aa ", "call ", "lives in ", "Aa, MA ", "a:", "ab:", "::", "ab-", "A1-",
        "in ", "Dr. A", "\n", " ", "ninety ", "\u00e9", "<", "id=", "social ", "1 1 ", "(01)", "a dot b at ",
        "Dr. ", "http://", "http://a.", "http://loinc.org/A", "(", "1/", "1/1/", "A, ", "Aa, ", "Aa, Aa ", "QUJD", "QUJD ", "SGFyb2xk",
        "48617", "=41", "\\u0041", "&amp;", "&lt;", "+1-", "a@",
        "Mr Aa ", "Dr. Aa, ", "Ivor Lewis ", "Koch 1 ", "Koch II ", "Aa denies ", "M a r ", "Aa-\n", "Aa and ", "wife Aa ", "Patient: ",
        "of the ", "a-b-", "a b ", "van der ",
        "the first of ", "twenty ", "http://hl7.org/a", "ab\u0301", "1\u200b", "+a+", "%25", "\t", "...", "--", "\"", "'", "O'", "| ",
        "PID|", "^", "~", "5 Main St ", "P.O. ", "A1B 2C3 ", "Marissa ", "4471902",
        "ID 1:", "1:", "1.", "1,1234567,", "Monti, ", "Malone ", "Malone, Monti ", "Thomas -, ", "aa_bb_", "AaBb",
        "kim min-", "\u738B ", "\u738B\u4F1Fa ", "larnl",
        "gonzalez_maria ", "a . b @ ", "(dot)a", "Lot 1, ", "Apt A-1, Aa ", "1 de mayo ", "DOB 1 1 ", "of the sign of Aa ",
        "Quinton placed ", "FHx Lynch (aunt), ",
    ];

    /// <summary>The same for what takes markup apart.</summary>
    public static readonly string[] HostileMarkup =
    [
        "<", "<a ", "<a \"", "<a '\"'", "<a b='", "</", "<name>", "<name ", "<name a='", "<name/>", "<x:name>", "<name></name",
        "</name ", "<!--", "<!-", "<?", "<!DOCTYPE", "<script>", "<script ", "<style></script>",
        "<p>", "<p></p>", "&lt;", "<name><p></name>",
    ];
}
