using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.DrCloud.Search;

namespace HealthMcp.Upstreams.DrCloud.Reading;

/// <summary>What the EHR offers and what its grant opens, so that nobody has to find out by failing.</summary>
internal sealed class CapabilityTools(UpstreamClient client, ServerProbe probe) : IToolSet
{
    private const string Shape = "drcloud.capability";

    private static readonly ToolDefinition Capabilities = new()
    {
        Name = "drcloud_capabilities",
        Title = "What DrCloudEHR offers here",
        Description = """
            Says for each FHIR type what the connected EHR offers (search, read, former versions) and whether this server was granted it: yes, no, for one patient
            only, or unknown. With a type, also which search parameters the EHR is asked and which are finished here. Use it when a call was refused, or before you
            ask for versions. It reads no patient's data.
            """,
        Toolset = DrCloudEndpoints.System,
        Scopes = ["drcloud/fhir.read"],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: true),
        Endpoints = [DrCloudEndpoints.Metadata],
        Input = DrCloudJson.Default.CapabilityInput,
        DataSchema = """
            {"type":"array","items":{"type":"object","properties":{"type":{"type":"string"},"search":{"type":"boolean"},"read":{"type":"boolean"},"version":{"type":"boolean"},
            "history":{"type":"boolean"},"granted":{"enum":["yes","no","one patient","unknown"]},"askedOfTheServer":{"type":"array","items":{"type":"string"}},
            "finishedHere":{"type":"array","items":{"type":"string"}}},"required":["type","granted"]}}
            """,
    };

    public IEnumerable<Tool> Tools => [Tool.Reading<CapabilityInput>(Capabilities, SayAsync)];

    private async Task<UpstreamResult> SayAsync(CapabilityInput input, CallContext call, CancellationToken cancellation)
    {
        var profile = await probe.GetAsync(call, cancellation);
        await client.SignInAsync(cancellation);
        var types = FhirTypes.Readable.Where(type => input.Type is null || type.Name == input.Type)
            .Select(type => CapabilityReport.Write(type, profile, client.Granted, withParameters: input.Type is not null));
        return UpstreamResult.Of(DrCloudEndpoints.System, new Section(null, Shape, [.. types])) with { Notices = Notices(profile) };
    }

    private static IReadOnlyList<string> Notices(ServerProfile profile) =>
    [
        profile.Conformant
            ? "The EHR says that it answers searches as FHIR R4 wants, so it is trusted with more of them."
            : "The EHR is treated as OpenEMR's family: every search is checked and finished here, whatever it answers.",
        .. profile.Interactions is null ? ["It does not say what it offers; what is said here is what such servers usually do."] : Array.Empty<string>(),
    ];
}
