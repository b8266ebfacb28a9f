using HealthMcp.Catalog;
using HealthMcp.Upstreams.Patients.Writing;

namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>What a record may refer to by id: a definition of the practice's catalogue, or a provider.</summary>
/// <param name="Kind">allergy, disease, medication or provider.</param>
/// <param name="Argument">The argument that takes its name; with _uuid behind it, the one that takes its id.</param>
/// <param name="Handle">Kind of its handles.</param>
/// <param name="Shown">Tool that shows records which refer to it.</param>
internal sealed record DefinitionKind(string Kind, string Argument, string Handle, string Shown)
{
    public static readonly DefinitionKind Allergy = new("allergy", "allergy_definition", "aldef", List("allergies"));
    public static readonly DefinitionKind Disease = new("disease", "disease_definition", "ddef", List("diseases"));

    public static readonly DefinitionKind Medication = new("medication", "medication_definition", "mdef", List("medications"))
    {
        Otherwise = ", or med_descript for free text",
    };

    /// <summary>A provider's name is withheld where names are, so records do not answer questions for it there.</summary>
    public static readonly DefinitionKind Provider = new("provider", "provider", "prov", "get_patient") { IsPerson = true };

    public string Otherwise { get; init; } = "";

    public bool IsPerson { get; init; }

    private static string List(string kind) => $"list_patient_records with kind {kind}";
}

/// <summary>
/// Finds ids by name: in the configured map, else in the records that were read. The contract has no operation that lists definitions of
/// allergies, diseases and medications, nor providers.
/// </summary>
internal sealed class DefinitionFinder(PatientsApi api, DefinitionMap map)
{
    /// <param name="kind">What is looked for.</param>
    /// <param name="uuid">Its id, where the caller has one.</param>
    /// <param name="name">Its name, where the caller has no id.</param>
    /// <param name="call">The call that asks.</param>
    /// <exception cref="CallFailureException">Both are given, or the name is unknown or not unique.</exception>
    public string? Find(DefinitionKind kind, string? uuid, string? name, CallContext call)
    {
        if (uuid is not null && name is not null)
            throw CallFailureException.Invalid(kind.Argument, $"Give either {kind.Argument}_uuid or {kind.Argument}, not both.");
        if (name is null) return uuid;
        var found = map.Named(kind.Kind, name);
        if (found.Count == 0 && (!kind.IsPerson || call.IdentifiersVisible)) found = api.Seen.Named(kind.Kind, name);
        return found.Count switch
        {
            1 => found[0].Id,
            0 => throw CallFailureException.Invalid(kind.Argument, Unknown(kind)),
            _ => throw new CallFailureException(
                FailureCodes.Conflict,
                $"More than one {kind.Kind} definition has this name: give {kind.Argument}_uuid.") { Argument = kind.Argument },
        };
    }

    /// <summary>Names for ids, for the preview.</summary>
    public IReadOnlyDictionary<string, string> Names(params ReadOnlySpan<(DefinitionKind Kind, string? Id)> ids)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (kind, id) in ids)
            if (id is not null && (map.NameOf(kind.Kind, id) ?? api.Seen.NameOf(kind.Kind, id)) is { } name) names[id] = name;
        return names;
    }

    private static string Unknown(DefinitionKind kind) =>
        $"This {kind.Kind} is not known here by name: the Patients API lists no {(kind.IsPerson ? "providers" : $"{kind.Kind} definitions")}. "
        + $"Call {kind.Shown} for a patient whose chart has it and give its handle ({kind.Handle}_…) as {kind.Argument}_uuid{kind.Otherwise}, "
        + $"or ask the operator to add it to the file of {DefinitionMap.Setting}.";
}
