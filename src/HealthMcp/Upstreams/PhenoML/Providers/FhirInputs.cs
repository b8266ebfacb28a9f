using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.PhenoML.Providers;

internal sealed record ProviderFhirReadInput : ToolInput
{
    [Description("FHIR server: an fprov_… handle of list_fhir_providers, or its name, e.g. medplum.")]
    [Handle("fprov", PhenoMLEndpoints.System), MaxLength(200)]
    public required string Provider { get; init; }

    [Description("FHIR R4 resource type, e.g. Observation.")]
    [MinLength(3), MaxLength(60)]
    public required string Type { get; init; }

    [Description("Handle of an earlier answer from this server, e.g. obs_…, or of a reference without its Type/ (or an id that you already have).")]
    [Handle("*", PhenoMLEndpoints.System), MinLength(1), MaxLength(200)]
    public required string Id { get; init; }

    [Description("All versions of the record, the newest first, where the server keeps them.")]
    [DefaultValue(false)]
    public bool? History { get; init; }
}

internal sealed record ProviderSearchParameter
{
    [Description("Name of a FHIR R4 search parameter, with a modifier behind a colon where one is wanted, e.g. code, date, status:not.")]
    [RegularExpression(@"^[A-Za-z_][A-Za-z0-9_.:-]{0,80}$")]
    public required string Name { get; init; }

    [Description("Its value as FHIR writes it, not percent-encoded, e.g. http://loinc.org|4548-4, ge2024, a,b for either.")]
    [MinLength(1), MaxLength(1000)]
    public required string Value { get; init; }
}

internal sealed record ProviderFhirSearchInput : PagedInput
{
    [Description("FHIR server: an fprov_… handle of list_fhir_providers, or its name, e.g. medplum.")]
    [Handle("fprov", PhenoMLEndpoints.System), MaxLength(200)]
    public required string Provider { get; init; }

    [Description("FHIR R4 resource type to search, e.g. Observation.")]
    [MinLength(3), MaxLength(60)]
    public required string Type { get; init; }

    [Description("Patient whose records are wanted: a pt_… handle of an earlier answer from this server (or an id that you already have).")]
    [Handle("pt", PhenoMLEndpoints.System), MaxLength(200)]
    public string? Patient { get; init; }

    [Description(
        "FHIR R4 search parameters, all of which must hold. The server gets them as they are; one that it does not know it may ignore, so look at what came. "
        + "Below the identified level: clinical parameters and whole years; a person is looked up in Patient by family:exact and given:exact, or by identifier alone.")]
    [MaxLength(30)]
    public IReadOnlyList<ProviderSearchParameter>? Parameters { get; init; }

    [Description("Most resources in one page (_count).")]
    [Range(1, 200), DefaultValue(20)]
    public int? Count { get; init; }
}

internal sealed record PatchOperation
{
    [Description("What to do (RFC 6902).")]
    [AllowedValues("add", "remove", "replace", "move", "copy", "test")]
    public required string Op { get; init; }

    [Description("Where, as a JSON Pointer, e.g. /status, /name/0/family, /note/- for behind the last.")]
    [MinLength(1), MaxLength(500)]
    public required string Path { get; init; }

    [Description("For add, replace and test: any JSON.")]
    public JsonElement? Value { get; init; }

    [Description("For move and copy: from where, as a JSON Pointer.")]
    [MinLength(1), MaxLength(500)]
    public string? From { get; init; }
}

internal sealed record ProviderFhirWriteInput : WriteInput
{
    [Description("FHIR server: an fprov_… handle of list_fhir_providers, or its name, e.g. medplum.")]
    [Handle("fprov", PhenoMLEndpoints.System), MaxLength(200)]
    public required string Provider { get; init; }

    [Description(
        "create: a new record; the server makes its id. upsert: the record of this id as given, whole (below the identified level only where none is there "
        + "yet). patch: change a part. delete: remove it.")]
    [AllowedValues("create", "upsert", "patch", "delete")]
    public required string Action { get; init; }

    [Description("FHIR R4 resource type, e.g. Condition.")]
    [MinLength(3), MaxLength(60)]
    public required string Type { get; init; }

    [Description("For upsert, patch and delete: handle of an earlier answer from this server (or an id that you already have).")]
    [Handle("*", PhenoMLEndpoints.System), MinLength(1), MaxLength(200)]
    public string? Id { get; init; }

    [Description("Patient whom the new record is about: a pt_… handle. It is put into subject (or patient, beneficiary), which the resource then leaves out.")]
    [Handle("pt", PhenoMLEndpoints.System), MaxLength(200)]
    public string? Patient { get; init; }

    [Description(
        "For create and upsert: the FHIR R4 resource as a JSON object. For patch: a part of it that is merged in (RFC 7396; null removes), instead of operations. "
        + "References take no handles.")]
    public IReadOnlyDictionary<string, JsonElement>? Resource { get; init; }

    [Description("For patch: operations of JSON Patch (RFC 6902), e.g. [{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"completed\"}].")]
    [MinLength(1), MaxLength(100)]
    public IReadOnlyList<PatchOperation>? Operations { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(ProviderFhirWriteInput);
}

internal sealed record ProviderFhirBundleInput : WriteInput
{
    [Description("FHIR server: an fprov_… handle of list_fhir_providers, or its name, e.g. medplum.")]
    [Handle("fprov", PhenoMLEndpoints.System), MaxLength(200)]
    public required string Provider { get; init; }

    [Description(
        "A FHIR R4 Bundle of type transaction (all or nothing) or batch, as a JSON object; entries POST, PUT or DELETE, at most 100. Entries refer to each "
        + "other by fullUrl (urn:uuid:…). References take no handles.")]
    public required IReadOnlyDictionary<string, JsonElement> Bundle { get; init; }

    [Description("Patient whom the entries are about: a pt_… handle. It is put into each resource that refers to no patient.")]
    [Handle("pt", PhenoMLEndpoints.System), MaxLength(200)]
    public string? Patient { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(ProviderFhirBundleInput);
}
