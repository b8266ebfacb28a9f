namespace HealthMcp.Sandbox.Faults;

/// <summary>Passes on so many bytes and then breaks, in the middle of whatever is being written.</summary>
internal sealed class CutStream(Stream inner, long most) : Stream
{
    private long _left = most;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var passed = (int)Math.Min(_left, buffer.Length);
        await inner.WriteAsync(buffer[..passed], cancellationToken);
        await inner.FlushAsync(cancellationToken);
        _left -= passed;
        if (_left == 0) throw new IOException("cut");
    }

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
