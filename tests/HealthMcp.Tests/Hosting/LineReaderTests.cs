using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using HealthMcp.Hosting;

namespace HealthMcp.Tests.Hosting;

public sealed class LineReaderTests
{
    [Fact]
    public void Lines_come_out_the_same_however_the_stream_is_cut()
    {
        var pieces = Gen.Elements("", "a", "bb", "ccc", "dddddddddddd", "\r").ListOf();
        Prop.ForAll(Arb.From(pieces), Arb.From(Gen.Choose(1, 7)), (lines, chunk) =>
        {
            var read = ReadAsync(string.Join('\n', lines), chunk, 10).GetAwaiter().GetResult();
            var expected = string.Join('\n', lines).Split('\n').Select(line => line.Length > 10 ? "<long>" : line).ToList();
            if (expected[^1].Length == 0)
            {
                expected.RemoveAt(expected.Count - 1);
            }

            return read.SequenceEqual(expected);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task A_line_without_end_is_not_kept()
    {
        var endless = new Endless(64 * 1024 * 1024);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var lines = await ReadAsync(endless, 1024);

        lines.ShouldBe(["<long>"]);
        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(48L * 1024 * 1024);
    }

    private static Task<List<string>> ReadAsync(string text, int chunk, int max) => ReadAsync(new Chunked(Encoding.UTF8.GetBytes(text), chunk), max);

    private static async Task<List<string>> ReadAsync(Stream stream, int max)
    {
        var lines = new List<string>();
        await foreach (var line in new LineReader(stream, max).ReadAsync(CancellationToken.None))
        {
            lines.Add(line.TooLong ? "<long>" : Encoding.UTF8.GetString(line.Bytes));
        }

        return lines;
    }

    private sealed class Chunked(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(chunk, buffer.Length)], cancellationToken);
    }

    private sealed class Endless(long length) : MemoryStream
    {
        private long left = length;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var now = (int)Math.Min(left, buffer.Length);
            buffer.Span[..now].Fill((byte)'x');
            left -= now;
            return ValueTask.FromResult(now);
        }
    }
}
