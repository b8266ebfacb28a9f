using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Upstreams.PhenoML;

/// <summary>Files that are not what they should be: each is refused with a sentence of its own before anything leaves.</summary>
public sealed class WrongFilesTests
{
    private const string Csv = """,'name':'X','version':'1','format':'csv','code_col':'code','desc_col':'name'""";
    private const string Json = """,'name':'X','version':'1','format':'json'""";

    private readonly PhenoStub _stub = new();

    public static TheoryData<string, string, string> CodeSystems => new()
    {
        { $"'text':'code,name\\na,\\\"open'{Csv}", "text", "quote is not closed" },
        { $"'text':'code,name\\na,b\\\"c\\\"'{Csv}", "text", "inside of a cell" },
        { $"'text':'code,name\\na,b\\nc'{Csv}", "text", "Row 3 has 1 cells where the first has 2" },
        { $"'text':'code,name\\n,b'{Csv}", "text", "row number 2 has no code" },
        { $"'text':'code,name\\na, '{Csv}", "text", "row number 2 has no description" },
        { $"'text':'code,name\\na,b\\na,c'{Csv}", "text", "row number 3 repeats a code" },
        { $"'text':'code,name'{Csv}", "text", "has no codes" },
        { $"'text':'Code,name\\na,b'{Csv}", "code_col", "names no column" },
        { $"'text':'code,name,name\\na,b,c'{Csv}", "desc_col", "names several columns" },
        { $"'file':'{Base64([0xFF, 0xFE, 0x61, 0])}'{Csv}", "file", "no UTF-8 text" },
        { $"'file':'{Base64([0x63, 0xE9, 0x2C])}'{Csv}", "file", "no UTF-8 text" },
        { $"'file':'{Base64("%PDF-1.7 x"u8)}'{Csv}", "file", "application/pdf, not csv" },
        { $"'file':'{Base64(Zip())}'{Csv}", "file", "application/zip, not csv" },
        { $"'file':'not base64!'{Csv}", "file", "must be base64" },
        { $"'file':'YWJj\\nZGVm'{Csv}", "file", "line breaks" },
        { $"'file':''{Csv}", "file", "is empty" },
        { $"'text':' \\n '{Csv}", "text", "is empty" },
        { $"'text':'a','file':'YQ=='{Csv}", "codes", "Give the codes once" },
        { "'name':'X','version':'1','format':'csv','desc_col':'b','text':'code,name\\na,b'", "code_col", "code_col is needed" },
        { $"'codes':[{{'code':'a','description':'b'}}]{Csv}", "codes", "belong to format json" },
        { $"'text':'{{\\\"code\\\":1}}'{Json}", "text", "no well-formed JSON array" },
        { $"'text':'[{{\\\"code\\\":\\\"a\\\",\\\"descr'{Json}", "text", "no well-formed JSON array" },
        { $"'text':'[{{\\\"code\\\":\\\"a\\\"}}]'{Json}", "text", "no well-formed JSON array" },
        { $"'text':'[]'{Json}", "text", "has no codes" },
        { $"'text':'[null]'{Json}", "text", "has no code" },
        { $"'code_col':'code','codes':[{{'code':'a','description':'b'}}]{Json}", "code_col", "name columns of a CSV" },
        { "'name':'loinc','version':'1','format':'json','codes':[{'code':'a','description':'b'}]", "name", "built-in" },
        { "'name':'systems','version':'1','format':'json','codes':[{'code':'a','description':'b'}]", "name", "names no code system" },
        { "'name':'X','version':' ','format':'json','codes':[{'code':'a','description':'b'}]", "version", "version is empty" },
    };

    [Theory]
    [MemberData(nameof(CodeSystems))]
    public async Task A_wrong_code_system_is_refused(string arguments, string argument, string says) =>
        await RefusedAsync("upload_code_system", $"{{{arguments.Replace('\'', '"')}}}", argument, says);

    public static TheoryData<byte[], string> Recordings => new()
    {
        { [], "is empty" },
        { "%PDF-1.7"u8.ToArray(), "application/pdf, not audio" },
        { "just some words"u8.ToArray(), "no audio that PhenoML takes" },
        { Zip(), "application/zip, not audio" },
        { [0xFF, 0xF1, 0x50, 0x80, 0, 0], "no audio that PhenoML takes" },
        { [.. "RIFF"u8, 0, 0, 0, 0, .. "AVI LIST"u8], "no audio that PhenoML takes" },
        { [.. "RIFF"u8, 0, 0, 0, 0, .. "WAVE"u8], "no audio that PhenoML takes" },
        { Wave(bytesPerSecond: 0, data: 10), "no audio that PhenoML takes" },
        { Wave(bytesPerSecond: 1000, data: 301_000), "longer than five minutes" },
        { [.. "fLaC"u8, 0, 0], "no audio that PhenoML takes" },
        { Flac(seconds: 301), "longer than five minutes" },
        { Ogg("vorbis ", 1), "no audio that PhenoML takes" },
        { Ogg("OpusHead", 301), "longer than five minutes" },
        { [0x1A, 0x45, 0xDF, 0xA3, .. "\u0042\u0082matroska"u8, .. new byte[40]], "no audio that PhenoML takes" },
        { new byte[719_999 + 2], "larger than 720 KB" },
    };

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task A_wrong_recording_is_refused(byte[] content, string says) =>
        await RefusedAsync("transcribe_audio", new JsonObject { ["audio"] = Base64(content) }.ToJsonString(), "audio", says);

    public static TheoryData<byte[]> GoodRecordings =>
    [
        Wave(bytesPerSecond: 8000, data: 16_000), Flac(seconds: 299), Ogg("OpusHead", 299), [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 0, 0xFF, 0xFB, 0x90, 0],
        [0xFF, 0xFB, 0x90, 0, 0, 0], [0x1A, 0x45, 0xDF, 0xA3, 0x9F, 0x42, 0x82, 0x84, .. "webm"u8, .. new byte[40]],
    ];

    [Theory]
    [MemberData(nameof(GoodRecordings))]
    public async Task A_good_recording_is_sent_as_it_is(byte[] content)
    {
        _stub.Answer = async (request, cancellation) =>
        {
            request.Content!.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
            request.RequestUri!.Query.ShouldBe("?language=de&language=en-US");
            (await request.Content.ReadAsByteArrayAsync(cancellation)).ShouldBe(content);
            return StubAnswer.Json("""{"transcript":"Well."}""");
        };
        var arguments = new JsonObject { ["audio"] = Base64(content), ["language"] = new JsonArray("de", "en-US", "DE") };
        (await ToolCalls.RunAsync<UpstreamResult>(_stub.Tool("transcribe_audio"), arguments.ToJsonString())).Sections.ShouldHaveSingleItem();
    }

    private async Task RefusedAsync(string tool, string arguments, string argument, string says)
    {
        var failure = await ToolCalls.FailAsync(_stub.Tool(tool), arguments);
        failure.Code.ShouldBeOneOf(FailureCodes.InvalidArgument, FailureCodes.TooLarge);
        failure.Argument.ShouldBe(argument);
        failure.Message.ShouldContain(says);
        failure.Message.ShouldEndWith(".");
        _stub.Came.ShouldBeEmpty();
    }

    private static string Base64(ReadOnlySpan<byte> content) => Convert.ToBase64String(content);

    private static byte[] Zip()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        using (var entry = zip.CreateEntry("a.csv").Open()) entry.Write("code,name"u8);
        return stream.ToArray();
    }

    private static byte[] Wave(int bytesPerSecond, int data) =>
    [
        .. "RIFF"u8, .. BitConverter.GetBytes(36 + data), .. "WAVEfmt "u8, 16, 0, 0, 0, 1, 0, 1, 0, .. BitConverter.GetBytes(bytesPerSecond),
        .. BitConverter.GetBytes(bytesPerSecond), 1, 0, 8, 0, .. "data"u8, .. BitConverter.GetBytes(data), .. new byte[data],
    ];

    private static byte[] Flac(int seconds)
    {
        var packed = (16_000UL << 44) | (15UL << 36) | ((ulong)seconds * 16_000);
        return [.. "fLaC"u8, 0, 0, 0, 34, .. new byte[10], .. BitConverter.GetBytes(packed).Reverse(), .. new byte[16]];
    }

    private static byte[] Ogg(string codec, int seconds) =>
    [
        .. "OggS"u8, 0, 2, .. new byte[8], .. new byte[12], 1, 19, .. Encoding.ASCII.GetBytes(codec), .. new byte[11],
        .. "OggS"u8, 0, 4, .. BitConverter.GetBytes(seconds * 48_000L), .. new byte[13],
    ];
}
