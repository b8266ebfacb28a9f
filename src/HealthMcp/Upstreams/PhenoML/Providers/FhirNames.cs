using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.FhirR4;
using HealthMcp.Upstreams.PhenoML.Fhir;

namespace HealthMcp.Upstreams.PhenoML.Providers;

/// <summary>Names of FHIR in arguments and answers.</summary>
internal static class FhirNames
{
    /// <exception cref="CallFailureException">R4 has no such resource type.</exception>
    public static void RequireType(string type)
    {
        if (R4Table.Default.Resource(type) is null)
            throw CallFailureException.Invalid("type", "type is no resource type of FHIR R4: write it as FHIR does, e.g. Observation, MedicationRequest.");
    }

    /// <summary>The resource, if it is of the type.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static ReadOnlyMemory<byte> Checked(ReadOnlyMemory<byte> json, string type) =>
        PhenoMLBody.Object(json).Text("resourceType") == type ? json : throw new JsonException("a resource of the type expected");
}

/// <summary>Handles where only ids may stand.</summary>
internal static class BundleHandles
{
    /// <summary>An id of FHIR has no underscore, and every handle has one; so has no other value that a search takes with a type before it.</summary>
    public static bool IsHandle(string value) =>
        BundleLinks.LooksLikeHandle(value) || (value.Contains('_', StringComparison.Ordinal) && Prefixes.Contains(value.Split('_')[0]));

    private static readonly HashSet<string> Prefixes = new(StringComparer.OrdinalIgnoreCase) { "pt", "subj", "doc", "obs", "cond", "enc", "prac", "org",
        "medreq" };
}
