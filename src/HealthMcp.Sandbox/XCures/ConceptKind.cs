namespace HealthMcp.Sandbox.XCures;

/// <summary>The members of each clinical-concept DTO, beyond id, documentIds and codes: what the single get answers and the searches list.</summary>
internal static class ConceptKind
{
    public static readonly IReadOnlyDictionary<string, string[]> Members = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["condition"] = Words("bodySites[] clinicalStatus conditionName isCancerRelated? "
            + "onsetDate@ stage metastaticSites histologyAndMorphology encounterDate"),
        ["medication"] = Words("startDate@ endDate@ status reason route dose# doseUnit patientInstruction regimen discontinuationReason "
            + "medicationName medicationCode medicationCodingSystem notes[] ingredients{} oncologyClassification"),
        ["allergy"] = Words("allergy onsetDate recordedDate clinicalStatus reaction"),
        ["procedure"] = Words("procedure procedureLocation procedureReason procedureStartDate procedureEndDate cancerRelated? procedureCategory status"),
        ["biomarker"] = Words("biomarker alteration interpretation vaf# results# resultsValue impact method "
            + "diagnosticReport reportDate collectionDate specimenLocation sourceClass"),
        ["coverage"] = Words("coverage coverageStart coverageEnd payor payorType relationship subscriberType subscriberId groupNumber"),
        ["demographic"] = Words("birthdate deathdate gender race ethnicity deceased? addressPostalCode demographic"),
        ["encounter"] = Words("encounterDate encounterType locationType locationName address city state postalcode providerFirstName "
            + "providerMiddleName providerLastName providerSuffix encounterDiagnosis dischargeDisposition encounter npi specialty"),
        ["family_history"] = Words("condition ageAtOnset relationship cancerRelated? isCancerRelated? familyHistory"),
        ["imaging"] = Words("procedure procedureLocation procedureReason procedureStartDate procedureEndDate procedureCategory status "
            + "findings impression impressionSummary description dim1# dim2# dim3# lesionLocation isCancerRelated?"),
        ["lab"] = Words("lab labDate labResult labResultUnit labResultInterpretation rangeHigh rangeLow labResultValue"),
        ["social_history"] = Words("socialHistory socialHistoryDate result"),
        ["survey"] = Words("survey surveyDate surveyResult"),
        ["radiation"] = Words("fractionsPlanned# fractionsCompleted# totalDosePlanned# totalDoseCompleted# "
            + "dosageUnits description startDate endDate bodySite status isCancerRelated? radiation"),
        ["vital"] = Words("vitals vitalsDate vitalsResult vitalsResultUnit vitalsResultValue rangeHigh rangeLow"),
    };

    private static string[] Words(string text) => text.Split(' ');
}
