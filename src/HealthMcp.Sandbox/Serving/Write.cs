using Microsoft.AspNetCore.Http;

namespace HealthMcp.Sandbox.Serving;

internal static class Write
{
    public static async Task AnswerAsync(HttpContext http, Answer answer)
    {
        Head(http, answer);
        if (answer.Stream is { } stream)
        {
            await stream(http.Response.Body, http.RequestAborted);
            return;
        }

        http.Response.ContentLength = answer.Status == StatusCodes.Status204NoContent ? null : answer.Body.Length;
        if (answer.Body.Length > 0)
        {
            await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
        }
    }

    public static void Head(HttpContext http, Answer answer)
    {
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers)
        {
            http.Response.Headers[name] = value;
        }
    }
}
