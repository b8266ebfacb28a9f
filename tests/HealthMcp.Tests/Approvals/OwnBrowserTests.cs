using System.Text.RegularExpressions;
using HealthMcp.Approvals;
using HealthMcp.Storage;
using HealthMcp.Tests.Support;
using ModelContextProtocol.Client;

namespace HealthMcp.Tests.Approvals;

/// <summary>A screen, on a machine whose other users may read the arguments of every program that is started.</summary>
public sealed class OwnBrowserTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly List<Uri> _arguments = [];
    private World _world = null!;
    private LoopbackPages _pages = null!;
    private Func<Uri, bool> _starts = _ => true;

    public async Task InitializeAsync()
    {
        _world = await World.StartAsync(("HEALTHMCP_WRITES", "approve"), ("HEALTHMCP_TOOLSETS", "patients"));
        _pages = new LoopbackPages(new ApprovalPages(() => _world.App.Approvals));
    }

    public async Task DisposeAsync()
    {
        await _pages.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task The_browser_comes_to_the_page_and_its_arguments_hold_no_link()
    {
        using var browser = new PageBrowser();
        var (link, mode) = (new TaskCompletionSource<Uri>(), UnixFileMode.None);
        _starts = file =>
        {
            if (!OperatingSystem.IsWindows()) mode = File.GetUnixFileMode(file.LocalPath);
            var page = LedTo(file);
            _ = browser.GetAsync(page).ContinueWith(_ => link.SetResult(page), TaskScheduler.Default);
            return true;
        };
        var client = await ConnectAsync();
        var asked = await client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71));
        var page = await link.Task;
        var again = await client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71));

        var argument = _arguments.ShouldHaveSingleItem();
        argument.IsFile.ShouldBeTrue();
        argument.AbsoluteUri.ShouldNotContain(page.Segments[^1]);
        argument.AbsoluteUri.ShouldNotContain("127.0.0.1");
        if (!OperatingSystem.IsWindows()) mode.ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        foreach (var reply in new[] { asked, again }) reply.Content.GetProperty("write").TryGetProperty("link", out _).ShouldBeFalse();
        Files().ShouldBeEmpty();
        await browser.ApproveAsync(page);
        (await client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71))).Write("status").ShouldBe("done");
    }

    [Fact]
    public async Task A_browser_that_does_not_come_has_shown_nothing_so_the_answer_has_the_link()
    {
        _starts = _ =>
        {
            ThreadPool.QueueUserWorkItem(_ => _time.Advance(OwnBrowser.Patience));
            return true;
        };
        var client = await ConnectAsync();
        var first = await client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71));
        var second = await client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71));

        first.Write("link").ShouldContain("/approve/");
        second.Write("link").ShouldBe(first.Write("link"));
        _arguments.Count.ShouldBe(1);
        Files().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_machine_without_a_browser_has_shown_nothing()
    {
        _starts = _ => false;
        var client = await ConnectAsync();

        (await client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71))).Write("link").ShouldContain("/approve/");
        Files().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_call_that_comes_while_the_browser_starts_does_not_get_the_link()
    {
        var client = await ConnectAsync();
        var (started, page) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), default(Uri));
        _starts = file =>
        {
            page = LedTo(file);
            started.SetResult();
            return true;
        };
        var first = client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71));
        await started.Task;
        var second = await client.ReplyAsync("record_vitals", ApprovalWorld.Vitals(71));
        using var browser = new PageBrowser();
        await browser.GetAsync(page!);

        foreach (var reply in new[] { second, await first }) reply.Content.GetProperty("write").TryGetProperty("link", out _).ShouldBeFalse(reply.Text);
    }

    [Fact]
    public async Task What_a_process_left_behind_is_removed_by_the_next_that_shows_a_page()
    {
        _starts = _ => false;
        var left = Path.Combine(_world.DataDirectory, "show-00.html");
        await File.WriteAllTextAsync(left, "x");
        File.SetLastWriteTimeUtc(left, _time.GetUtcNow().UtcDateTime - TimeSpan.FromHours(1));

        await (await ConnectAsync()).ReplyAsync("record_vitals", ApprovalWorld.Vitals(71));

        Files().ShouldBeEmpty();
    }

    private Task<McpClient> ConnectAsync()
    {
        var own = new OwnBrowser(_pages, () => DataDirectory.Open(_world.DataDirectory), Start, _time, Entropy.System);
        return _world.ConnectAsync(_world.App, new HealthMcp.Pipeline.ApprovalPlace(_pages.AddressAsync, own.ShowAsync), null, "local");
    }

    private bool Start(Uri file)
    {
        _arguments.Add(file);
        return _starts(file);
    }

    private string[] Files() => Directory.GetFiles(_world.DataDirectory, "*.html");

    private static Uri LedTo(Uri file) => new(Regex.Match(File.ReadAllText(file.LocalPath), "content=\"0;url=([^\"]+)\"").Groups[1].Value);
}
