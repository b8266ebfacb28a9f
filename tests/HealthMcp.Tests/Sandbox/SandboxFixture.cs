namespace HealthMcp.Tests.Sandbox;

/// <summary>One server for the tests that only read.</summary>
public sealed class SandboxFixture : IAsyncLifetime
{
    internal SandboxClient Client { get; private set; } = null!;

    public async Task InitializeAsync() => Client = await SandboxClient.StartAsync();

    public async Task DisposeAsync() => await Client.DisposeAsync();
}
