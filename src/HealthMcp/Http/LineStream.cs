using System.Buffers;
using HealthMcp.Catalog;

namespace HealthMcp.Http;

/// <summary>
/// A body of lines (NDJSON), read as it comes: one line is in memory, never the file. Lines end in LF or CR LF; empty ones are passed over.
/// </summary>
/// <param name="system">Whose body it is, for the sentence of a failure.</param>
/// <param name="response">Its headers have come; it is disposed of with the stream.</param>
/// <param name="longest">Longest wait for the next piece.</param>
/// <param name="time">Clock of that wait.</param>
internal sealed class LineStream(string system, HttpResponseMessage response, TimeSpan longest, TimeProvider time) : IDisposable
{
    /// <summary>Longest line in bytes; what is longer is no resource.</summary>
    public const int LongestLine = 16 * 1024 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private Stream? _body;
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>The next line without its end, good until the next call; null at the end of the body.</summary>
    /// <exception cref="CallFailureException">The body broke off or stood still; its <see cref="CallFailureException.Retryable"/> is true then.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> NextAsync(CancellationToken cancellation)
    {
        var looked = 0;
        while (true)
        {
            var at = _buffer.AsSpan(_start + looked, _end - _start - looked).IndexOf((byte)'\n');
            if (at < 0 && !_ended)
            {
                looked = _end - _start;
                await FillAsync(cancellation);
                continue;
            }

            var length = at < 0 ? _end - _start : looked + at;
            var line = _buffer.AsMemory(_start, length).TrimEnd((byte)'\r');
            _start += at < 0 ? length : length + 1;
            looked = 0;
            if (!line.Span.Trim(" \t"u8).IsEmpty) return line;
            if (at < 0) return null;
        }
    }

    public void Dispose()
    {
        _body?.Dispose();
        response.Dispose();
        var buffer = _buffer;
        _buffer = [];
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
    }

    private async Task FillAsync(CancellationToken cancellation)
    {
        MakeRoom();
        using var limit = new CancellationTokenSource(longest, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            _body ??= await response.Content.ReadAsStreamAsync(both.Token);
            var read = await _body.ReadAsync(_buffer.AsMemory(_end), both.Token);
            _ended = read == 0;
            _end += read;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw UpstreamFailures.Timeout(system);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw UpstreamFailures.Unreachable(system);
        }
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end < _buffer.Length) return;
        if (_buffer.Length >= LongestLine) throw UpstreamFailures.TooLarge(system);
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
        _buffer = larger;
    }
}
