namespace HealthMcp.FhirR4.Summaries;

/// <summary>What of a resource its one line says. Paths run through arrays; <c>[x]</c> is whichever type of a choice is there.</summary>
/// <param name="When">Of these the first that is there.</param>
/// <param name="What">Of these the first that is there, with its code.</param>
/// <param name="Rest">All that are there; the word before a colon stands before the value.</param>
internal sealed record SummaryRow(string[] When, string[] What, string[] Rest);

/// <summary>One row for each type that the EHR's tools answer; a type without a row has one for all.</summary>
internal static class SummaryTable
{
    private static readonly SummaryRow Other = Row(
        "effective[x] performed[x] occurrence[x] onset[x] authoredOn period date recorded created issued",
        "code type name title description category",
        "status value[x]");

    private static readonly Dictionary<string, SummaryRow> Rows = new(StringComparer.Ordinal)
    {
        ["AllergyIntolerance"] = Row("onset[x] recordedDate", "code", "clinicalStatus verificationStatus criticality reaction:reaction.manifestation"),
        ["Appointment"] = Row("start", "appointmentType serviceType description", "status reason:reasonCode with:participant.actor"),
        ["Binary"] = Row("", "contentType", ""),
        ["CarePlan"] = Row("period created", "title category", "status intent for:addresses activity:activity.detail.code"),
        ["CareTeam"] = Row("period", "name category", "status role:participant.role member:participant.member"),
        ["Condition"] = Row("onset[x] recordedDate", "code", "clinicalStatus verificationStatus severity ended:abatement[x] category"),
        ["Coverage"] = Row("period", "type", "status relationship payor:payor"),
        ["Device"] = Row("manufactureDate", "type deviceName.name", "status"),
        ["DiagnosticReport"] = Row("effective[x] issued", "code", "status conclusion result:result category"),
        ["DocumentReference"] = Row("date", "type", "status category content:content.attachment.contentType"),
        ["Encounter"] = Row("period", "type class", "status class reason:reasonCode at:location.location with:participant.individual"),
        ["Goal"] = Row("start[x]", "description", "lifecycleStatus achievementStatus target:target.detail[x] due:target.due[x]"),
        ["Group"] = Row("", "name code type", "type members:quantity"),
        ["Immunization"] = Row("occurrence[x]", "vaccineCode", "status dose:doseQuantity"),
        ["Location"] = Row("", "name type", "status type address"),
        ["Medication"] = Row("", "code", "status form"),
        ["MedicationRequest"] = Row("authoredOn", "medication[x]", "status intent take:dosageInstruction.text dispense:dispenseRequest.quantity"),
        ["Observation"] = Row(
            "effective[x] issued",
            "code",
            "value[x] component interpretation reference:referenceRange absent:dataAbsentReason status category"),
        ["Organization"] = Row("", "name type", "type active:active"),
        ["Patient"] = Row("", "name", "gender born:birthDate died:deceased[x] marital:maritalStatus address"),
        ["Person"] = Row("", "name", "gender born:birthDate"),
        ["Practitioner"] = Row("", "name", "qualification:qualification.code active:active"),
        ["PractitionerRole"] = Row("period", "code specialty", "specialty practitioner:practitioner organization:organization"),
        ["Procedure"] = Row("performed[x]", "code", "status site:bodySite outcome:outcome reason:reasonCode"),
        ["Provenance"] = Row("recorded", "activity agent.type", "about:target who:agent.who"),
    };

    public static SummaryRow Of(string type) => Rows.GetValueOrDefault(type, Other);

    private static SummaryRow Row(string when, string what, string rest) => new(Words(when), Words(what), Words(rest));

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
