using System.Globalization;
using System.Net;
using System.Threading.Channels;
using HealthMcp.Upstreams.DrCloud.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace HealthMcp.Cli;

/// <summary>
/// Waits on 127.0.0.1 for the browser to come back (RFC 8252, 7.3). Any page and any program of this machine can call it, so it takes one answer,
/// which must carry this sign-in's state; everything else is told nothing and changes nothing.
/// </summary>
internal sealed class LoopbackRedirect : IAsyncDisposable
{
    private const string Path = "/callback";
    private const string Page = """
        <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>HealthMcp</title></head>
        <body><p>You can close this window and go back to the terminal.</p></body></html>
        """;

    private readonly Channel<AuthorizationAnswer> _answers = Channel.CreateBounded<AuthorizationAnswer>(1);
    private readonly WebApplication _app;
    private AuthorizationRequest? _asked;
    private int _taken;

    private LoopbackRedirect(WebApplication app) => _app = app;

    /// <summary>The address to register and to send along.</summary>
    public Uri Address { get; private set; } = null!;

    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<LoopbackRedirect> StartAsync(int port, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        var redirect = new LoopbackRedirect(builder.Build());
        ((IApplicationBuilder)redirect._app).Run(redirect.HandleAsync);
        await redirect._app.StartAsync(cancellation);
        redirect.Address = new Uri(redirect._app.Urls.Single().TrimEnd('/') + Path);
        return redirect;
    }

    /// <summary>The answer to <paramref name="asked"/>, whenever the person is done.</summary>
    public async Task<AuthorizationAnswer> AnswerAsync(AuthorizationRequest asked, CancellationToken cancellation)
    {
        Volatile.Write(ref _asked, asked);
        return await _answers.Reader.ReadAsync(cancellation);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task HandleAsync(HttpContext context)
    {
        var request = context.Request;

        // A name that was rebound to this address brings another Host.
        var host = $"127.0.0.1:{Address.Port.ToString(CultureInfo.InvariantCulture)}";
        if (request.Host.Value != host || request.Path != Path || !HttpMethods.IsGet(request.Method)) return SayAsync(context, StatusCodes.Status404NotFound);
        if (Volatile.Read(ref _asked) is not { } asked) return SayAsync(context, StatusCodes.Status404NotFound);
        var answer = AuthorizationAnswer.Read(request.QueryString.Value ?? "", asked);
        if (answer.Kind == AnswerKind.NotOurs) return SayAsync(context, StatusCodes.Status400BadRequest);

        // The state is good once, like the code.
        if (Interlocked.Exchange(ref _taken, 1) != 0) return SayAsync(context, StatusCodes.Status410Gone);
        _answers.Writer.TryWrite(answer);
        return SayAsync(context, StatusCodes.Status200OK, Page);
    }

    private static Task SayAsync(HttpContext context, int status, string page = "")
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        return response.WriteAsync(page);
    }
}
