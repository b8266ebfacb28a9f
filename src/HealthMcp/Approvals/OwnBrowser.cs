using System.Text;
using HealthMcp.Storage;

namespace HealthMcp.Approvals;

/// <summary>
/// Shows a page in the browser of the person at this machine. The link is a secret and arguments of programs are not, so the browser is started with a private
/// file that leads to the page. The file is gone as soon as the page was asked for, or after a few seconds in which it was not: some browsers may not read
/// this folder, and then the page counts as not shown.
/// </summary>
/// <param name="pages">Where the page is; says when it is asked for.</param>
/// <param name="folder">Private to the user.</param>
/// <param name="open">Opens the file in the browser; false when there is none.</param>
internal sealed class OwnBrowser(LoopbackPages pages, Func<DataDirectory> folder, Func<Uri, bool> open, TimeProvider time, Entropy entropy)
{
    /// <summary>How long a browser may take to start.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private const string Begin = "show-";
    private const string End = ".html";

    /// <returns>Whether a browser has asked for the page.</returns>
    public async ValueTask<bool> ShowAsync(Uri page, CancellationToken cancellation)
    {
        var asked = pages.AskedForAsync(page);
        string? file = null;
        try
        {
            file = Write(page);
            return open(new Uri(file)) && await IsAskedForAsync(asked, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
        finally
        {
            pages.Forget(page);
            if (file is not null) Remove(file);
        }
    }

    private async Task<bool> IsAskedForAsync(Task asked, CancellationToken cancellation)
    {
        try
        {
            await asked.WaitAsync(Patience, time, cancellation);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private string Write(Uri page)
    {
        var directory = folder();
        RemoveOld(directory);
        Span<byte> name = stackalloc byte[16];
        entropy.Fill(name);
        var path = directory.PathOf($"{Begin}{Convert.ToHexStringLower(name)}{End}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = PrivateMode.File;
        using var file = new FileStream(path, options);
        file.Write(Encoding.UTF8.GetBytes(ApprovalHtml.Onward(page)));
        return path;
    }

    // What a process left behind that ended in between.
    private void RemoveOld(DataDirectory directory)
    {
        foreach (var left in directory.WholeNames(Begin, End).Select(directory.PathOf))
        {
            if (time.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(left) > Patience * 4) Remove(left);
        }
    }

    private static void Remove(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The link in it dies by itself.
        }
    }
}
