using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.FhirR4;

namespace HealthMcp.Upstreams.DrCloud.Saving;

/// <summary>What can be seen to be wrong before anything is sent.</summary>
internal static class PractitionerCheck
{
    private const int MostSaid = 3;

    private const string Wanted =
        "EHRs of this family take a new practitioner only with an NPI and with two letters or more of first and family name: this may be refused.";

    /// <exception cref="CallFailureException">Arguments that do not go together, or that cannot be right.</exception>
    public static void Arguments(SavePractitionerInput input)
    {
        var given = Given(input);
        var clear = input.Clear ?? [];
        if (input.Practitioner is null && (input.Family is null || input.Given is null))
            throw CallFailureException.Invalid("practitioner", "Give family and given to make a practitioner, or the handle of the one to change.");
        if (input.Practitioner is null && clear.Count > 0)
            throw CallFailureException.Invalid("clear", "A new practitioner has nothing to clear: leave clear out.");
        if (given.Count + clear.Count == 0) throw CallFailureException.Invalid("practitioner", "Give at least one field to change, or one in clear.");
        if (clear.FirstOrDefault(given.Contains) is { } both)
            throw CallFailureException.Invalid("clear", $"{both} has a new value and stands in clear: give it in one of them.");
        if (input.Npi is { } npi && !IsNpi(npi))
            throw CallFailureException.Invalid("npi", "npi is none: its check digit does not fit, so a digit is wrong or two are exchanged.");
        if (input.Address is { Line: null, City: null, State: null, PostalCode: null, Country: null })
            throw CallFailureException.Invalid("address", "Give at least one part of address, or leave it out.");
    }

    /// <summary>Holds what will be sent to R4's structure.</summary>
    /// <returns>What was wrong with the record before and still is: that is the EHR's own, and is sent back as it was read.</returns>
    /// <exception cref="CallFailureException">A field that was given makes it wrong.</exception>
    public static IReadOnlyList<string> Structure(JsonObject resource, JsonObject? stored)
    {
        var before = stored is null ? [] : Problems(stored);
        var added = Problems(resource).Except(before, StringComparer.Ordinal).ToList();
        if (added.Count > 0)
            throw new CallFailureException(
                FailureCodes.InvalidArgument,
                $"FHIR R4 does not allow what the record would be: {string.Join(' ', added.Take(MostSaid))} Correct the field and call again.");
        return before.Count == 0 ? [] : [$"The EHR's record breaks FHIR R4 in {before.Count} place(s) already, which stay as they are."];
    }

    public static IReadOnlyList<string> Warnings(SavePractitionerInput input, bool conformant) =>
        input.Practitioner is null && !conformant && (input.Npi is null || input.Family!.Trim().Length < 2 || input.Given![0].Trim().Length < 2)
            ? [Wanted]
            : [];

    /// <summary>Names of the fields that were given, as the arguments are called.</summary>
    public static IReadOnlyList<string> Given(SavePractitionerInput input)
    {
        (string Name, object? Value)[] all =
        [
            ("family", input.Family), ("given", input.Given), ("prefix", input.Prefix), ("suffix", input.Suffix), ("npi", input.Npi), ("active", input.Active),
            ("gender", input.Gender), ("phone", input.Phone), ("fax", input.Fax), ("email", input.Email), ("address", input.Address),
        ];
        return [.. all.Where(field => field.Value is not null).Select(field => field.Name)];
    }

    // The Luhn formula over the digits behind the prefix 80840 of US health applications, whose own digits add 24 (45 CFR 162.406; ISO/IEC 7812-1).
    private static bool IsNpi(string npi)
    {
        var sum = 24;
        for (var i = 0; i < npi.Length; i++)
        {
            var digit = npi[^(i + 1)] - '0';
            var weighed = i % 2 == 0 ? digit : digit * 2;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }

        return sum % 10 == 0;
    }

    private static IReadOnlyList<string> Problems(JsonObject resource)
    {
        using var json = JsonDocument.Parse(resource.ToJsonString());
        return [.. StructureCheck.Of(json.RootElement).Select(problem => problem.ToString())];
    }
}
