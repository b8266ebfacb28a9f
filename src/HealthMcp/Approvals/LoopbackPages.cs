using System.Collections.Concurrent;
using System.Net;
using HealthMcp.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace HealthMcp.Approvals;

/// <summary>The pages of a server over standard input and output: on 127.0.0.1, on a free port, and only once a write first needs them.</summary>
internal sealed class LoopbackPages(ApprovalPages pages) : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1, 1);
    private WebApplication? _server;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _awaited = new(StringComparer.Ordinal);
    private Uri? _address;

    /// <summary>Address of the pages; starts to listen when asked first.</summary>
    public async ValueTask<Uri> AddressAsync(CancellationToken cancellation)
    {
        await _starting.WaitAsync(cancellation);
        try
        {
            return _address ??= await StartAsync(cancellation);
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Ends when a browser asks for this page for the first time from now on.</summary>
    public Task AskedForAsync(Uri page) =>
        _awaited.GetOrAdd(page.Segments[^1], _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Nobody waits for this page any more.</summary>
    public void Forget(Uri page) => _awaited.TryRemove(page.Segments[^1], out _);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        _starting.Dispose();
    }

    private async Task<Uri> StartAsync(CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var server = builder.Build();
        ((IApplicationBuilder)server).Run(HandleAsync);
        try
        {
            await server.StartAsync(cancellation);
        }
        catch (IOException e)
        {
            await server.DisposeAsync();
            throw new StorageException("No port of 127.0.0.1 can be listened on, so no approval page can be shown.", e);
        }

        _server = server;
        return new Uri(new Uri(server.Urls.Single()), ApprovalPages.Path);
    }

    private Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        var link = path.StartsWith(ApprovalPages.Path, StringComparison.Ordinal) ? path[ApprovalPages.Path.Length..] : "";
        if (_awaited.TryRemove(link, out var waiting)) waiting.TrySetResult();
        if (_address is { } address) return pages.HandleAsync(context, link, address);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
