using System.Text;

namespace HealthMcp.Sandbox.Faults;

/// <summary>Passes on what is written and keeps a copy of it.</summary>
internal sealed class CopiedStream(Stream to) : MemoryStream
{
    public string Text => Encoding.UTF8.GetString(ToArray());

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await base.WriteAsync(buffer, cancellationToken);
        await to.WriteAsync(buffer, cancellationToken);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => to.FlushAsync(cancellationToken);
}
