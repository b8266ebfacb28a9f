using System.Text.Json.Nodes;
using static HealthMcp.Upstreams.DrCloud.Saving.ResourceList;

namespace HealthMcp.Upstreams.DrCloud.Saving;

/// <summary>The address at work in a practitioner's record.</summary>
internal static class PractitionerPlace
{
    /// <param name="resource">The record; other addresses of it stay.</param>
    /// <param name="address">Parts to set; null takes the address out.</param>
    public static void Put(JsonObject resource, PractitionerAddress? address)
    {
        var list = new ResourceList(resource, "address");
        var entry = list.Find(one => IsUse(one, "work"), one => IsUse(one, null));
        if (address is null)
        {
            if (entry is not null) list.Remove(entry);
            return;
        }

        entry ??= list.Add(new JsonObject { ["use"] = "work" });
        if (address.Line is { } lines) Set(entry, "line", new JsonArray([.. lines.Select(line => (JsonNode)PractitionerMerge.Plain("address", line))]));
        foreach (var (name, value) in new[]
        {
            ("city", address.City), ("state", address.State), ("postalCode", address.PostalCode), ("country", address.Country),
        })
        {
            if (value is not null) Set(entry, name, PractitionerMerge.Plain("address", value));
        }

        // The address in one piece is the old one.
        Set(entry, "text", null);
    }
}
