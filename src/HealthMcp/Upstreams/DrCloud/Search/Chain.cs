using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>FHIR's chained parameters, as far as they reach from a record to its patient: <c>patient.birthdate</c>, <c>subject:Patient.gender</c>.</summary>
internal static class Chain
{
    /// <summary>The type whose parameter is asked, its name, and the reference on the way; null without a chain.</summary>
    /// <exception cref="CallFailureException">The name reaches into another resource than the patient.</exception>
    public static (FhirType Type, string Name, SearchParameter? Via) Read(FhirType type, string name, string argument)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 && !name.StartsWith("_has", StringComparison.Ordinal)) return (type, name, null);
        var head = dot < 0 ? [] : name[..dot].Split(':');
        if (head is not ([_] or [_, "Patient"]) || name[(dot + 1)..].Contains('.', StringComparison.Ordinal)) throw Refused(argument);
        var parameter = QuestionReader.Parameter(type, head[0], argument);
        var leadsToPatient = parameter.Name == "patient" || parameter.Targets is ["Patient"] || (head.Length == 2 && parameter.Targets.Contains("Patient"));
        if (parameter.Kind != ParameterKind.Reference || !parameter.CanFinishHere || !leadsToPatient) throw Refused(argument);
        return (FhirTypes.ByName["Patient"], name[(dot + 1)..], parameter);
    }

    /// <summary>All chained conditions of a question go through one reference; else it is not clear that they mean one patient.</summary>
    /// <exception cref="CallFailureException">They do not.</exception>
    public static SearchQuestion Gather(SearchQuestion question)
    {
        var chained = question.Conditions.Where(c => c.Via is not null).ToList();
        if (chained.Count == 0) return question;
        var via = chained[0].Via!;
        if (chained.FirstOrDefault(c => c.Via!.Name != via.Name) is { } other)
        {
            throw CallFailureException.Invalid(other.Argument, $"One question can be chained through one reference only: ask through {via.Name} alone.");
        }

        if (chained.Count > 1 && question.Type.Name is "Appointment" or "Group" or "Person" or "Provenance")
        {
            throw CallFailureException.Invalid(
                chained[1].Argument,
                $"{question.Type.Name} may refer to several patients, so two chained conditions might be met by two of them: chain one, or search Patient first.");
        }

        return question with { Conditions = [.. question.Conditions.Where(c => c.Via is null)], OfPatient = chained, Chained = via };
    }

    private static CallFailureException Refused(string argument) => CallFailureException.Invalid(
        argument,
        "Searches across resources (chaining with a dot, _has) reach the patient only, such as patient.birthdate or subject:Patient.gender: "
            + "for anything else search the other type first, then use the handles of its answer.");
}
