using HealthMcp.Sandbox.Serving;
namespace HealthMcp.Sandbox.DrCloud;
internal sealed class DrCloudSystem(SandboxOptions options, RegisteredKeys keys) : IHealthSystem
{
    public const string Site = "default";
    public const string ClientId = "x";
    public string Name => "drcloud";
    public IReadOnlyList<Operation> Operations { get; } = [];
    public TokenStore Tokens { get; } = new(options.Time);
    public Answer? Refuse(Exchange exchange) => keys.Verify("", []) ? null : Answer.Empty(401);
    public Answer Error(int status, string message) => Answer.Empty(status);
    public Answer NoSuchRoute() => Answer.Empty(404);
}
