using System.Net;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.DrCloud.Authorization;

/// <summary>The page on which somebody agrees. There is no password: everyone in the sandbox is made up.</summary>
internal static class ConsentPage
{
    public static string Of(Query query)
    {
        var scopes = (query.First("scope") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var hidden = query.Pairs.Where(pair => pair.Key is not ("decision" or "patient"))
            .Select(pair => $"<input type=\"hidden\" name=\"{Html(pair.Key)}\" value=\"{Html(pair.Value)}\">");
        return $"""
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Sandbox sign-in</title></head><body>
            <h1>DrCloudEHR (sandbox)</h1><p>An application asks for:</p><ul>{string.Concat(scopes.Select(scope => $"<li>{Html(scope)}</li>"))}</ul>
            <form method="post">{string.Concat(hidden)}{(scopes.Contains("launch/patient") ? Patients() : "")}
            <button name="decision" value="allow">Allow</button><button name="decision" value="deny">Deny</button></form></body></html>
            """;
    }

    private static string Patients()
    {
        var offered = Person.All.Select(person => $"<option value=\"{person.FhirId}\">{Html(person.FullName)}</option>");
        return $"<label>Patient <select name=\"patient\">{string.Concat(offered)}</select></label>";
    }

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
