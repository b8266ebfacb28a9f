namespace HealthMcp.Privacy;

/// <summary>Every rule of the free-text scrubber with the Safe Harbor category, 45 CFR 164.514(b)(2)(i)(A) to (R), that it serves.</summary>
internal static class TextRules
{
    private const string SafeHarbor = "164.514(b)(2)(i)";

    public static IReadOnlyList<TextRule> All { get; } =
    [
        Rule("known-values", "", KnownValues.Find),
        Rule("street", "(B)", AddressPatterns.Streets),
        Rule("street-lower-case", "(B)", AddressPatterns.SmallStreets),
        Rule("po-box", "(B)", AddressPatterns.Boxes),
        Rule("zip", "(B)", AddressPatterns.Zips),
        Rule("town-state", "(B)", AddressPatterns.Towns),
        Rule("town-dwelling", "(B)", AddressPatterns.Dwellings),
        Rule("town-listed", "(B)", static (note, found) => TownFinder.Find(note.Words, found)),
        Rule("date-iso", "(C)", DatePatterns.IsoDates),
        Rule("date-slashed", "(C)", DatePatterns.SlashedDates),
        Rule("date-day-month", "(C)", DatePatterns.DaysAndMonths),
        Rule("date-old-year", "(C)", DatePatterns.OldYears),
        Rule("date-named", "(C)", DatePatterns.NamedDates),
        Rule("date-words", "(C)", DatePatterns.WordedDates),
        Rule("date-holiday", "(C)", DatePatterns.Holidays),
        Rule("age-digits", "(C)", AgePatterns.InDigits),
        Rule("age-words", "(C)", AgePatterns.InWords),
        Rule("email", "(F)", ContactPatterns.Emails),
        Rule("handle", "(R)", ContactPatterns.Handles),
        Rule("url", "(N)", ContactPatterns.Urls),
        Rule("phone", "(D)", ContactPatterns.Phones),
        Rule("phone-announced", "(D)", ContactPatterns.AnnouncedPhones),
        Rule("ip", "(O)", ContactPatterns.Addresses),
        Rule("ssn", "(G)", NumberPatterns.Ssns),
        Rule("number-announced", "(R)", NumberPatterns.AnnouncedNumbers),
        Rule("number-marked", "(R)", NumberPatterns.MarkedNumbers),
        Rule("number-hashed", "(R)", NumberPatterns.HashedNumbers),
        Rule("number-prefixed", "(R)", NumberPatterns.PrefixedNumbers),
        Rule("number-grouped", "(R)", NumberPatterns.GroupedNumbers),
        Rule("number-run", "(R)", NumberPatterns.Runs),
        Rule("name-initials", "(A)", InitialPatterns.Find),
        Rule("organisation", "(B)", static (note, found) => new OrganisationFinder(note.Words).Find(found)),
        Rule("name", "(A)", static (note, found) => new NameFinder(note.Words).Find(found)),
    ];

    private static TextRule Rule(string id, string category, TextFinder find) => new(id, SafeHarbor + category, find);
}
