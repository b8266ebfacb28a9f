using HealthMcp.Privacy;

namespace HealthMcp.Tests.Privacy;

/// <summary>For every rule of the scrubber: texts with the passage that it must find in brackets, and texts in which it must find nothing.</summary>
internal static class TextRuleTable
{
    public static IReadOnlyList<Row> Rows { get; } =
    [
        new("known-values", ["seen with ⟦Quillfeather⟧ today", "in the ⟦quillfeather⟧ file"], ["seen with a quill and a feather"]),
        new("street",
            ["at ⟦721 Elm Dr, Fairview, AZ 12221⟧ since", "at ⟦48B-2 North Birch Lane Apt 4⟧.", "⟦221 42nd Street⟧"],
            ["20 MG Tablet daily", "2 Days after Dr Visit"]),
        new("street-lower-case", ["at ⟦12 main street apt 4⟧ now"], ["walked 150 feet on the road", "10 mg by mouth"]),
        new("street-foreign", ["at ⟦14 rue des Lilas, Lyon⟧."], ["14 runs", "2 rue"]),
        new("street-number-last", ["at ⟦Hauptstrasse 17, 80331 Munich⟧.", "⟦Calle Mayor 5⟧"], ["Via 12", "Colles 3"]),
        new("street-announced", ["Address ⟦2200 NW Lovejoy⟧", "lives at ⟦418 Brackenhurst⟧."], ["address 12 mg Asthma", "lives at home, 20 Tabs"]),
        new("street-no-number",
            ["resides on ⟦Kensington Terrace⟧ with", "the corner of ⟦Fifth and Elm⟧"],
            ["on the road", "the CVS on Main Street", "of the corner and side"]),
        new("po-box", ["⟦PO Box 991⟧ here", "⟦P.O. Box 12⟧", "⟦RR 2 Box 30⟧", "⟦Apt 4B⟧"], ["a box of 12 gloves", "P 92, RR 18"]),
        new("zip", ["IL ⟦62704⟧", "Illinois, ⟦62704-1234⟧", "ZIP code: ⟦02139⟧", "⟦02139-4307⟧"], ["platelets 62704", "count 12345-67"]),
        new("zip-after-town", ["Springfield ⟦62704⟧"], ["Springfield 627", "platelets 62704"]),
        new("postal-code", ["London ⟦SW1A 1AA⟧", "Toronto ⟦M5V 2T6⟧"], ["B12 500 mcg", "T2 N0 M0"]),
        new("town-state",
            ["from ⟦Springfield⟧, IL", "⟦Keene⟧, NH 03431", "⟦Winston-Salem⟧, North Carolina"],
            ["Ultrasound, CT of the head", "Labs ordered, OR booked"]),
        new("town-dwelling", ["lives in ⟦Boston⟧.", "lives in ⟦Zarnville⟧.", "born at ⟦Little Rock⟧,"], ["lives in her own home", "Moved From Medical Surgical Floor"]),
        new("town-listed", ["flew via ⟦Boston⟧"], ["Boston criteria"]),
        new("date-iso", ["on ⟦2019-04-03T10:11:12Z⟧.", "⟦20190403⟧", "⟦2019-04⟧ to"], ["lot 19045 in 2019", "2019 mL"]),
        new("date-slashed", ["on ⟦4/3/19⟧ at", "⟦03-14-1958⟧", "⟦14.03.1958⟧", "⟦03/1958⟧"], ["BP 120/80/60", "ratio 1/2 and 3/4", "v1.2.3"]),
        new("date-day-month", ["seen ⟦3/5⟧ again", "⟦03/15⟧ and"], ["strength 5/5", "pain 3/10", "since 3/5 strength", "BP 120/80"]),
        new("date-old-year", ["born in ⟦1931⟧"], ["born in 1961", "took 1900 mg"]),
        new("date-named",
            ["⟦April 3, 2019⟧", "⟦3rd of April 2019⟧", "⟦March 5th⟧ at", "⟦12-Jan-2020⟧", "⟦May 2021⟧"],
            ["may 10 mg be given", "may take 2 daily", "3 months"]),
        new("date-compact", ["stamped ⟦05MAR2020⟧", "⟦5mar20⟧"], ["05MARKER2020", "500mcg"]),
        new("date-words", ["the ⟦third of April⟧", "⟦March the third, two thousand twenty⟧", "in ⟦April⟧"], ["the third dose", "may march in place"]),
        new("date-holiday", ["last ⟦Christmas⟧", "⟦New Year's Eve⟧"], ["new years of pain", "a fourth dose"]),
        new("age-digits", ["a ⟦97⟧-year-old man", "Age: ⟦97⟧", "a ⟦98⟧-y-o lady", "She is ⟦92⟧.", "lived to ⟦97⟧", "⟦92⟧F with cough"], ["an 89-year-old man", "fever of 101 F", "pulse 92", "aged 97 days", "He is 92% on air", "She is 95 kg."]),
        new("age-words",
            ["a ⟦ninety-four⟧-year-old", "in her ⟦nineties⟧", "in his early ⟦90s⟧", "a ⟦centenarian⟧"],
            ["an eighty-nine-year-old", "in the 90s", "ninety percent"]),
        new("email", ["⟦a.b+c@d-e.org⟧", "⟦john.doe [at] example [dot] com⟧"], ["seen at example hospital", "b.i.d @ home"]),
        new("email-spoken", ["⟦jane dot doe at example dot com⟧", "write ⟦jdoe at example . org⟧"], ["pain at the red dot", "seen at home. com"]),
        new("handle", ["follow ⟦@cosmic_wolf⟧"], ["2 tabs @ night", "a@b"]),
        new("url", ["see ⟦https://portal.example.org/p/1⟧.", "⟦http://portal:8080/x⟧", "⟦http://loinc.org/?patient=jones⟧", "⟦http://loinc.org.example.com/x⟧", "⟦http://hl7.org/fhir/Patient/4471902⟧"], ["ratio 3://", "see www below", "system http://loinc.org, code 4548-4", "https://terminology.hl7.org/CodeSystem/v3-ActCode|2.0"]),
        new("url-host", ["see ⟦portal.example.org/p⟧,", "⟦www.example.de⟧", "⟦example.care/jane⟧"], ["no pain. Me too", "e.g. us/ca", "net.intake", "coded in loinc.org"]),
        new("phone",
            ["⟦(617) 555-0188 x12⟧", "⟦+44 20 8852 2852⟧", "⟦217.555.0142⟧ ext", "⟦020 7946 0123⟧"],
            ["120 mg 500 ml", "BP 120/80 110/70", "100 200 300 mg"]),
        new("phone-announced", ["tel ⟦555-0142⟧", "reach him at ⟦5550142⟧."], ["call if glucose over 400", "fax the 3 pages"]),
        new("phone-extension", ["ext. ⟦4455⟧", "pager ⟦4455⟧"], ["extends 4455", "extra 4455"]),
        new("ip-v4", ["from ⟦10.2.3.4⟧ today"], ["1.2.3", "999.2.3.4", "0.5-1.5"]),
        new("ip-v6", ["host ⟦2001:db8:0:0:0:0:0:1⟧", "⟦fe80::1⟧"], ["at 10:30:15", "ratio 1:2"]),
        new("ip-hardware", ["⟦00:1A:2B:3C:4D:5E⟧", "⟦001a.2b3c.4d5e⟧"], ["10:30:15", "12-14-16"]),
        new("ssn", ["SSN ⟦123-45-6789⟧", "⟦123 45 6789⟧"], ["123-456", "120 mg 45 ml"]),
        new("ssn-masked", ["⟦***-**-6789⟧", "⟦XXX-XX-6789⟧"], ["*** see below", "xxx"]),
        new("ssn-announced",
            ["social security number: ⟦123456789⟧", "SSN ending ⟦6789⟧", "last 4 of ssn: ⟦6789⟧"],
            ["last visit 2019", "socially 4500 steps"]),
        new("ssn-broken", ["SSN: ⟦151-8 9-7834⟧", "ssn ⟦472-6-\n6-3290⟧"], ["SSN 12 34", "socially 1 2 3 4 5 6 7 8 9"]),
        new("number-lettered", ["hospital no ⟦RXH 220 871⟧", "member ⟦YPZ 8821 77341⟧"], ["unit ICU 12", "member takes ASA 325 mg"]),
        new("number-ending", ["Visa ending ⟦4242⟧", "account ends in ⟦1234⟧"], ["visit ending 2019", "nerve ending 4242"]),
        new("digits-spoken",
            ["call ⟦four one five, five five five, zero one seven two⟧"],
            ["counts one two three four five six seven eight", "one or two, three times"]),
        new("date-spaced", ["DOB ⟦0 7 / 2 5 / 1 9 7 9⟧"], ["scores 1 / 2 / 3", "0 1 2 3"]),
        new("number-announced",
            ["MRN ⟦00482913⟧", "M R N: ⟦00482913⟧", "device serial no. ⟦SN-99812A⟧", "policy: ⟦XYZ123456⟧", "group ⟦77120⟧", "policy no ⟦XK12 998⟧", "driver's license: ⟦D1234567⟧"],
            ["unit dose: 5 mg", "patient is 62", "case: 12"]),
        new("number-marked", ["ID: ⟦A-4711⟧", "group no. ⟦77120⟧"], ["order: 3 units", "number of days 12"]),
        new("number-hashed", ["see #⟦47110⟧"], ["#1 hypertension", "&#1234"]),
        new("number-prefixed", ["⟦INS-574198406⟧", "⟦DL-Z21985⟧"], ["ICD-10012", "COVID-19", "T-1234"]),
        new("licence", ["⟦D123-4567-8901⟧", "⟦GB29NWBK60161331926819⟧", "⟦GB29 NWBK 6016 1331 9268 19⟧"], ["B12-4567", "T123-45"]),
        new("plate",
            ["plate: ⟦KXR 4471⟧", "plate no. ⟦AB12 CDE⟧", "drives a car with tag ⟦7ABC123⟧", "vehicle (blue) ⟦KXR 447⟧"],
            ["BNP 1450 today", "dental plate removed", "in a car accident"]),
        new("number-grouped", ["⟦4000-0000-0031-1170⟧", "⟦47-1192204⟧"], ["100, 200, 300 mg", "12-14", "1 000 000"]),
        new("uuid", ["⟦123e4567-e89b-12d3-a456-426614174000⟧", "⟦deadbeef-cafe-4bad-8ace-facefeedbeef⟧"], ["ABCDEFGH-1234-"]),
        new("coordinates", ["at ⟦42.3601, -71.0589⟧"], ["1.32 mg, 4.45 mmol", "7.401 and pain"]),
        new("number-run", ["seen ⟦00482913⟧ again", "⟦AB12CD34EF⟧", "user ⟦hwint58⟧."], ["follow-up in 2019", "500mg", "rs1234567", "1500000 copies"]),
        new("vin", ["⟦1HGBH41JXMN109186⟧", "⟦1M8GDM9AXKP042788⟧", "blue,⟦1M8GDM9AXKP042788⟧,sold"], ["1HGBH41JXMN109187", "12345678901234567890"]),
        new("device-udi", ["⟦(01)00844588003288(17)141120(21)10987654d321⟧"], ["(01) first", "(02)00844588003288"]),
        new("damaged-phone", ["Phone: ⟦6l7-555-O142⟧", "cell ⟦S55-0142⟧", "cell ⟦6l7 555 Ol42⟧", "cell ⟦SZ5-0I42⟧", "cell ⟦Z17 5Z5 O142⟧", "cell ⟦6|7 5Z5 0142⟧"], ["call SOS-BOIL", "phone 12"]),
        new("damaged-ssn", ["SSN: ⟦l23-45-678O⟧", "SSN ⟦l23 45 678O⟧", "SSN ⟦Z2B 4Z 6780⟧"], ["SSN: OIL-IS-SOLO", "SSN pending"]),
        new("damaged-date", ["DOB: ⟦O3/l4/1958⟧", "seen ⟦0S/14/2O19⟧"], ["seen for l/r pain", "due to I/O"]),
        new("misread",
            ["on ⟦2O19-0S-14⟧ at", "on ⟦2O19-05-14⟧ at", "⟦(6I7) 5S5-O142⟧ then", "at ⟦72l E1m Dr⟧ since"],
            ["B12 500 mcg", "S1-S2 and L5-S1", "I131 uptake 24", "2019-05-14"]),
         new("digits-apart",
             ["call ⟦5 5 5 - 0 1 4 2⟧", "phone ⟦5 5 5 0 1 4 2⟧", "on the pad ⟦5 5 5 - 0 1 4 2⟧"],
             ["5 5 5 5 4 5 5", "0 1 2 3 4 5 6 7", "number 0 1 2 3 4 5 6 7"]),
        new("name-initials", ["Initials ⟦J.S.⟧ noted", "initials: ⟦JS⟧"], ["vitamin B. continued", "pt in MRI"]),
        new("hl7", ["PID|1||⟦88213405⟧|", "PID|1||||⟦ZZORK^VEXIL⟧|"], ["FHX|1||88213405|", "A|B"]),
        new("institution", ["followed by ⟦Kaiser⟧ now", "sent to ⟦St. Mary's ED⟧ then", "the ⟦VA in Reno⟧"], ["St. John's wort", "VA 20/40 right"]),
        new("place-announced", ["attends ⟦Bright Horizons⟧", "retired from ⟦Wexcombe Steel⟧", "works at ⟦Wexcombe\nTrucking Company⟧", "retired from ⟦Wexcombe\nSchool District⟧"], ["transferred from Intensive Care", "works at night"]),
        new("affiliation", ["Analyst - ⟦Aperture Science⟧ (2021)"], ["Dr. Ann Lee on call", "Dose - Morning"]),
        new("organisation-small",
            ["transferred from ⟦st. agatha medical center⟧", "follows at ⟦lakeview dermatology associates⟧."],
            ["seen at the dermatology clinic", "referred to urgent care center", "at bedside"]),
        new("organisation", ["seen at ⟦St. Elsewhere Hospital⟧", "brought by ⟦Umbrella Corp⟧ van"], ["seen at the hospital"]),
        new("name", ["called ⟦Xiomara Garcia⟧ today", "paged ⟦Dr. Bone⟧ today", "called ⟦van der Garcia⟧ today", "pt ⟦rob stevens⟧ here",
            "⟦Hughes⟧ 3, stable", "⟦Smith II⟧", "⟦Smith⟧ I slept", "⟦Ivor Lewis⟧ reports pain", "seen by ⟦Dr. Ivor Lewis⟧", "Patient: ⟦Ivor Lewis⟧", "⟦Ivor Lewis⟧, RN called",
            "⟦Wagner⟧ denies pain", "Today ⟦Koch⟧ says no", "Per RN, ⟦Koch⟧ says no", "⟦White⟧ denies fever", "⟦Hamilton⟧ was admitted"],
            ["called the nurse today", "Crawford II aneurysm", "Cohen d 0.4", "Smith II fracture", "Fracture, Smith II, healed", "Meningioma, Simpson I", "Medina 1,1,1",
            "Thomas 15 degrees", "Stanford B dissection", "Ivor Lewis esophagectomy", "Wagner 2 ulcer", "Type II with Crohn denies pain", "Lab called", "Study reports pain"]),
    ];

    /// <summary>What the record of these texts says of its person.</summary>
    public static RecordDictionary Known()
    {
        var known = new RecordDictionary();
        known.Add(FieldClass.Name, "Arn Quillfeather");
        return known;
    }

    internal sealed record Row(string Id, IReadOnlyList<string> Marked, IReadOnlyList<string> Left)
    {
        public IEnumerable<(string Text, string Passage)> Found => Marked.Select(text =>
            (text.Replace("⟦", "", StringComparison.Ordinal).Replace("⟧", "", StringComparison.Ordinal), text[(text.IndexOf('⟦') + 1)..text.IndexOf('⟧')]));
    }
}
