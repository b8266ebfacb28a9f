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
        Rule("zip-after-town", "(B)", AddressPatterns.ZipsOfTowns),
        Rule("postal-code", "(B)", AddressPatterns.PostalCodes),
        Rule("town-state", "(B)", AddressPatterns.TownsOfStates),
        Rule("town-dwelling", "(B)", AddressPatterns.Dwellings),
        Rule("town-listed", "(B)", static (note, found) => TownFinder.Find(note.Words, found)),
        Rule("date-iso", "(C)", DatePatterns.IsoDates),
        Rule("date-slashed", "(C)", DatePatterns.SlashedDates),
        Rule("date-day-month", "(C)", DatePatterns.DaysAndMonths),
        Rule("date-old-year", "(C)", DatePatterns.OldYears),
        Rule("date-named", "(C)", DatePatterns.NamedDates),
        Rule("date-compact", "(C)", DatePatterns.CompactDates),
        Rule("date-words", "(C)", DatePatterns.WordedDates),
        Rule("date-holiday", "(C)", DatePatterns.Holidays),
        Rule("age-digits", "(C)", AgePatterns.InDigits),
        Rule("age-words", "(C)", AgePatterns.InWords),
        Rule("email", "(F)", LinkPatterns.Emails),
        Rule("email-spoken", "(F)", LinkPatterns.SpokenEmails),
        Rule("handle", "(R)", LinkPatterns.Handles),
        Rule("url", "(N)", LinkPatterns.Urls),
        Rule("url-host", "(N)", LinkPatterns.Hosts),
        Rule("phone", "(D)", ContactPatterns.Phones),
        Rule("phone-announced", "(D)", ContactPatterns.AnnouncedPhones),
        Rule("phone-extension", "(D)", ContactPatterns.Extensions),
        Rule("ip-v4", "(O)", ContactPatterns.Ipv4),
        Rule("ip-v6", "(O)", ContactPatterns.Ipv6),
        Rule("ip-hardware", "(O)", ContactPatterns.Hardware),
        Rule("ssn", "(G)", NumberPatterns.Ssns),
        Rule("ssn-masked", "(G)", NumberPatterns.MaskedSsns),
        Rule("ssn-announced", "(G)", NumberPatterns.AnnouncedSsns),
        Rule("number-announced", "(R)", NumberPatterns.AnnouncedNumbers),
        Rule("number-marked", "(R)", NumberPatterns.MarkedNumbers),
        Rule("number-hashed", "(R)", NumberPatterns.HashedNumbers),
        Rule("number-prefixed", "(R)", FormPatterns.Prefixed),
        Rule("licence", "(K)", FormPatterns.Licences),
        Rule("plate", "(L)", FormPatterns.Plates),
        Rule("number-grouped", "(J)", FormPatterns.Groups),
        Rule("uuid", "(R)", FormPatterns.Uuids),
        Rule("coordinates", "(B)", FormPatterns.Coordinates),
        Rule("number-run", "(R)", FormPatterns.Runs),
        Rule("vin", "(L)", DevicePatterns.Vins),
        Rule("device-udi", "(M)", DevicePatterns.Udis),
        Rule("damaged-phone", "(D)", DamagedPatterns.Phones),
        Rule("damaged-ssn", "(G)", DamagedPatterns.Ssns),
        Rule("damaged-date", "(C)", DamagedPatterns.Dates),
        Rule("digits-apart", "(R)", DamagedPatterns.Spaced),
        Rule("name-initials", "(A)", InitialPatterns.Find),
        Rule("organisation", "(B)", static (note, found) => new OrganisationFinder(note.Words).Find(found)),
        Rule("name", "(A)", static (note, found) => new NameFinder(note.Words).Find(found)),
    ];

    private static TextRule Rule(string id, string category, TextFinder find) => new(id, SafeHarbor + category, find);
}
