using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace HealthMcp.EndToEndTests.ManyMachines;

/// <summary>What the configuration in src/deploy does to a call on its way to an instance, which here does as the test wants.</summary>
[Trait("Needs", "PostgreSQL")]
public sealed class NginxTests
{
    private const string Key = "hmk_0123456789abcdef";

    [DatabaseFact(Balanced = true)]
    public async Task A_stream_arrives_while_it_is_written_and_headers_are_the_clients_but_for_who_it_is()
    {
        var (heard, goOn) = (new ConcurrentDictionary<string, string>(StringComparer.OrdinalIgnoreCase), new TaskCompletionSource());
        await using var instance = await ServeAsync(async context =>
        {
            foreach (var (name, value) in context.Request.Headers) heard[name] = value.ToString();
            await context.Response.WriteAsync("data: first\n\n");
            await context.Response.Body.FlushAsync();
            await goOn.Task;
            await context.Response.WriteAsync("data: last\n\n");
        });
        using var nginx = await Nginx.StartAsync(Address(instance));
        using var client = new HttpClient();
        (string Name, string Value)[] sent =
        [
            ("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "tools/call"), ("Mcp-Param-Name", "x"), ("Mcp-Session-Id", "s"),
            ("Authorization", "Bearer t"), ("Origin", "https://a.example"), ("Last-Event-ID", "7"),
        ];
        using var request = Post(nginx, "/mcp", "{}", [.. sent, ("X-Forwarded-For", "203.0.113.9"), ("X-Forwarded-Proto", "https")]);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        (await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60))).ShouldBe("data: first");
        goOn.SetResult();
        (await reader.ReadToEndAsync()).ShouldContain("data: last");
        foreach (var (name, value) in sent) heard[name].ShouldBe(value);
        heard["Host"].ShouldBe(nginx.Address.Authority);
        heard["X-Forwarded-For"].ShouldBe("127.0.0.1");
        heard["X-Forwarded-Proto"].ShouldBe("http");
    }

    [DatabaseFact(Balanced = true)]
    public async Task A_POST_that_an_instance_began_goes_to_no_other_and_its_key_is_not_written_down()
    {
        var (begun, gone) = (0, await ServeAsync(_ => Task.CompletedTask));
        var nobody = Address(gone);
        await gone.DisposeAsync();
        RequestDelegate dying = context =>
        {
            Interlocked.Increment(ref begun);
            context.Abort();
            return Task.CompletedTask;
        };
        await using var one = await ServeAsync(dying);
        await using var two = await ServeAsync(dying);
        using var nginx = await Nginx.StartAsync(nobody, Address(one), Address(two));
        using var client = new HttpClient();

        // The one that is not there is passed over, the one that died is not replaced.
        foreach (var path in new[] { $"/mcp/r/{Key}", $"/MCP//R/{Key}", $"/approve/{Key}" })
        {
            var before = begun;
            using var response = await client.SendAsync(Post(nginx, path, "{}"));
            response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
            (begun - before).ShouldBeLessThanOrEqualTo(1);
        }

        begun.ShouldBeGreaterThan(0);
        nginx.Log.ShouldNotContain(Key);
        nginx.Log.ShouldNotContain(Key.ToUpperInvariant());
    }

    [DatabaseFact(Balanced = true)]
    public async Task What_is_large_for_a_call_is_still_the_instances_to_answer()
    {
        var length = 0L;
        await using var instance = await ServeAsync(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            length = body.Length;
        });
        using var nginx = await Nginx.StartAsync(Address(instance));
        using var client = new HttpClient();

        // 4 MiB and a byte: more than an instance takes.
        using var response = await client.SendAsync(Post(nginx, "/mcp", new string(' ', (4 * 1024 * 1024) + 1)));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        length.ShouldBe((4 * 1024 * 1024) + 1);
    }

    private static HttpRequestMessage Post(Nginx nginx, string path, string body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(nginx.Address, path)) { Content = new StringContent(body) };
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return request;
    }

    private static Uri Address(WebApplication instance) => new(instance.Urls.Single());

    private static async Task<WebApplication> ServeAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var instance = builder.Build();
        instance.Run(answer);
        await instance.StartAsync();
        return instance;
    }
}
