using System.CommandLine;
using HealthMcp.Audit;
using HealthMcp.Storage;

namespace HealthMcp.Cli;

/// <summary><c>audit verify</c>: with the master key where the log is, or anywhere with its files and public keys alone.</summary>
internal sealed class AuditVerifyCommand(Terminal terminal, TimeProvider time)
{
    private const int MostOfFile = 1 << 20;

    private readonly Option<string?> _folder = new("--folder")
    {
        Description = "Folder of a log, or of a copy of one (audit copy), to verify with --public-keys: without the master key or any configuration.",
    };

    private readonly Option<string?> _keys = new("--public-keys") { Description = "File with the public keys, as audit keys printed them." };
    private readonly Option<string?> _expect = new("--expect")
    {
        Description = "File with a head that audit head printed earlier: the log must hold its line still. "
            + "Without it, an earlier state put back as a whole looks sound.",
    };

    /// <param name="withMasterKey">Verifies the configured log.</param>
    public Command Build(Func<ParseResult, HeadState?, Task<AuditVerdict?>> withMasterKey)
    {
        var command = new Command("verify", "Find any change, cut or gap, and say where.") { _folder, _keys, _expect };
        command.SetAction((parsed, _) => RunAsync(parsed, withMasterKey));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, Func<ParseResult, HeadState?, Task<AuditVerdict?>> withMasterKey)
    {
        var (folder, keys, expect) = (parsed.GetValue(_folder), parsed.GetValue(_keys), parsed.GetValue(_expect));
        if (folder is null != keys is null) return await RefusedAsync("Give --folder and --public-keys together: the files and the keys that prove them.");
        HeadState? expected = null;
        if (expect is not null && (expected = ReadHead(expect)) is null)
            return await RefusedAsync("--expect is not a head: give a file that holds one line which `healthmcp audit head` printed.");
        if (folder is null) return await SayAsync(await withMasterKey(parsed, expected));
        if (PublicKeys.Read(Text(keys!)) is not { Count: > 0 } trusted)
            return await RefusedAsync("--public-keys holds no keys, or something else: give a file that `healthmcp audit keys` printed.");
        return await SayAsync(new PublicVerifier(DataDirectory.OpenToRead(folder, time), trusted).Verify(expected));
    }

    private async Task<int> SayAsync(AuditVerdict? verdict)
    {
        if (verdict is null) return Exit.CannotStart;
        await (verdict.IsIntact ? terminal.Out : terminal.Error).WriteLineAsync(verdict.IsIntact ? AuditWords.Intact(verdict) : AuditWords.Broken(verdict));
        return verdict.IsIntact ? Exit.Done : Exit.ToolError;
    }

    private async Task<int> RefusedAsync(string problem)
    {
        await terminal.Error.WriteLineAsync(problem);
        return Exit.BadUsage;
    }

    private static HeadState? ReadHead(string path) => HeadText.Of(System.Text.Encoding.ASCII.GetBytes(Text(path).Trim() + "\n"))?.State;

    // What cannot be read is neither head nor key, and is said to be none.
    private static string Text(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: <= MostOfFile } ? File.ReadAllText(path) : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return "";
        }
    }
}
