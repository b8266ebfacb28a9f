using HealthMcp.Sandbox.Data;

namespace HealthMcp.Sandbox.PhenoML.Cohorts;

/// <summary>Whether a person of the sandbox meets a criterion.</summary>
internal static class CohortMatch
{
    public static bool Holds(Person person, Criterion criterion) => criterion.Type == "Patient"
        ? Array.TrueForAll(criterion.Search.Split('&'), part => IsSo(person, part))
        : Has(person, criterion.Search["code=".Length..]) != criterion.Exclude;

    private static bool IsSo(Person person, string part)
    {
        var (name, value) = (part.Split('=')[0], part.Split('=')[1]);
        if (name == "gender")
        {
            return person.IsFemale == (value == "female");
        }

        // ISO dates compare like text.
        var order = string.CompareOrdinal(person.BirthDate, value[2..]);
        return value[..2] switch
        {
            "le" => order <= 0,
            "ge" => order >= 0,
            _ => order > 0,
        };
    }

    private static bool Has(Person person, string code) =>
        Chart.Of(person).Any(line => line.Codes.Any(known => known.Code == code || Lexicon.Of("SNOMED_CT_US_LITE").Any(
            entry => entry.Code == known.Code && entry.AncestorCode == code)));
}
