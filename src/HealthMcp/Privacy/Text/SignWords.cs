using System.Collections.Frozen;

namespace HealthMcp.Privacy;

/// <summary>
/// The words at which the patterns start or which they look back to. A superset of what the patterns name: the pattern itself decides.
/// One look-up a word is a small part of what it costs to start every pattern at every character.
/// </summary>
internal static class SignWords
{
    private static readonly FrozenDictionary<string, SignKinds>.AlternateLookup<ReadOnlySpan<char>> Lookup = Read()
        .GroupBy(pair => pair.Word, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(group => group.Key, group => group.Aggregate(SignKinds.None, (all, pair) => all | pair.Kind), StringComparer.OrdinalIgnoreCase)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    private static (SignKinds Kind, string Words)[] Sources =>
    [
        (SignKinds.Street, "st street str ave avenue av rd road blvd boulevard ln lane dr drive ct court pl place way ter terrace cir circle pkwy parkway hwy"),
        (SignKinds.Street, "highway sq square trl trail loop alley row run pike plaza crescent close mews gardens path ridge hollow crossing turnpike expressway"),
        (SignKinds.Street, "cove causeway commons bluff esplanade route rte rt broadway fm us sr cr"),
        (SignKinds.Box, "p po post rr rural hc apt apartment suite ste psc cmr unit lot pob rfd general route rt"),
        (SignKinds.StateCode, "al ak ar az ca co ct de dc fl ga hi id il in ia ks ky la ma md me mi mn mo ms mt ne nv nh nj nm ny nc nd oh ok or pa pr ri sc sd tn"),
        (SignKinds.StateCode, "tx ut vt va vi wa wv wi wy ad mc nn nt dt"),
        (SignKinds.StateName, "alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana iowa kansas"),
        (SignKinds.StateName, "kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada new hampshire jersey"),
        (SignKinds.StateName, "mexico york north south carolina dakota ohio oklahoma oregon pennsylvania rhode island tennessee texas utah vermont west virginia"),
        (SignKinds.StateName, "washington wisconsin wyoming"),
        (SignKinds.Zip, "zip zipcode postal postalcode code"),
        (SignKinds.Dwelling, "live lives living reside resides residing resident moved born raised grew relocated traveled travelled native hometown addr"),
        (SignKinds.Dwelling, "address city works worked working"),
        (SignKinds.Month, "jan january feb february mar march apr april may jun june jul july aug august sep sept september oct october nov november dec december"),
        (SignKinds.Ordinal, "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth"),
        (SignKinds.Ordinal, "seventeenth eighteenth nineteenth twentieth twenty thirtieth thirty"),
        (SignKinds.Holiday, "christmas thanksgiving new halloween easter independence memorial labor valentine hanukkah diwali ramadan fourth"),
        (SignKinds.Day, "on since from until till by date dated seen admitted discharged of through before after to born last collected visit dob birthday thru"),
        (SignKinds.Day, "appt appointment due u followup next start started stop stopped do dos surgery lab labs"),
        (SignKinds.Year, "in since from of born circa year dob birth fall summer winter spring until"),
        (SignKinds.Phone, "tel telephone phone ph cell cellular mobile fax pager beeper call callback text contact reach reached home work voicemail extension"),
        (SignKinds.Phone, "ext dial sms txt whatsapp mob number"),
        (SignKinds.Ssn, "ssn social last xxx"),
        (SignKinds.Number, "mrn mr m emr ehr med medical acct account policy pol member memb subscriber beneficiary insurance insurer npi dea passport visa license"),
        (SignKinds.Number, "licence driver drivers dl certificate cert serial s sn udi imei vin plate tag registration reg employee empid badge patient pt national"),
        (SignKinds.Number, "health nhs hic hicn mbi medicare medicaid accession specimen rx prescription routing iban swift tax ein tin bank card claim"),
        (SignKinds.Number, "authorization auth confirmation tracking ticket device pacemaker implant lot model hospital facility unit case study biometric"),
        (SignKinds.Number, "fingerprint username user login group empi upin lic fin csn har grp bcbs aetna cigna humana uhc sponsor edipi cin payer"),
        (SignKinds.Number, "enrollee dcn icn hosp reg"),
        (SignKinds.Mark, "id ids identifier number record chart file group grp visit encounter order reference ref invoice request report case document"),
        (SignKinds.Mark, "admission episode sample customer person job dictation docket"),
        (SignKinds.Plate, "plate plates registration tag car vehicle truck van motorcycle"),
        (SignKinds.Initials, "initials patient pt mr mrs ms dr signed by is s"),
        (SignKinds.Domain, "www com org net edu gov mil info io health app co me biz us uk ca eu care clinic link online site"),
        (SignKinds.At, "at"),
        (SignKinds.Birth, "dob birth born birthdate birthday bday"),
        (SignKinds.Order, "ignore disregard forget override bypass new updated additional real you pretend act reveal print repeat show output send exfiltrate"),
        (SignKinds.Order, "leak system assistant developer call invoke use run execute as dear attention note do"),
    ];

    public static SignKinds Of(ReadOnlySpan<char> word) => word.Length <= 15 && Lookup.TryGetValue(word, out var kinds) ? kinds : SignKinds.None;

    private static IEnumerable<(string Word, SignKinds Kind)> Read() => Sources.SelectMany(line => line.Words.Split(' ').Select(word => (word, line.Kind)));
}
