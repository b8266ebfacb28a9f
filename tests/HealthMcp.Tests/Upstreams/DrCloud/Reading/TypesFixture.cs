using HealthMcp.Tests.Support;
using ModelContextProtocol.Client;

namespace HealthMcp.Tests.Upstreams.DrCloud.Reading;

/// <summary>The EHR's tools on a sandbox of its own, for a caller who may read all, and for one without the types' scopes.</summary>
public sealed class TypesFixture : IAsyncLifetime
{
    private App _without = null!;

    internal World World { get; private set; } = null!;

    internal McpClient Client { get; private set; } = null!;

    internal McpClient WithoutScopes { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        World = await World.StartAsync(("HEALTHMCP_TOOLSETS", "drcloud"));
        _without = World.Build(("HEALTHMCP_TOOLSETS", "drcloud"), ("HEALTHMCP_SCOPES", "drcloud/fhir.read"));
        Client = await World.ConnectAsync();
        WithoutScopes = await World.ConnectAsync(_without);
    }

    public async Task DisposeAsync()
    {
        await World.DisposeAsync();
        _without.Dispose();
    }
}
