using System.Text;
using System.Text.Json.Nodes;
using HealthMcp.Upstreams.XCures.Writing;

namespace HealthMcp.Upstreams.XCures.Subjects;

/// <summary>
/// A subject that is to be created, in the contract's own fields. Its id comes with the key of the approved write, unless the caller gave one.
/// </summary>
/// <param name="Fields">What is sent, without ids of the server's making.</param>
/// <param name="Index">Place among those of the same call.</param>
internal sealed record SubjectDraft(JsonObject Fields, int Index)
{
    public bool IdGiven => Fields.ContainsKey("id");

    public static SubjectDraft Of(NewSubject subject, int index) => new(SubjectJson.Of(subject), index);

    /// <summary>As it will be stored, for the person or model that approves it. Without an id, which would look like a record that is there.</summary>
    public JsonObject Preview(bool texts)
    {
        var shown = Fields.DeepClone().AsObject();
        shown.Remove("id");
        return texts ? shown : SubjectRow.WithoutTexts(shown);
    }

    /// <summary>With every id that the contract wants from the caller.</summary>
    public JsonObject Body(Guid key)
    {
        var body = Fields.DeepClone().AsObject();
        if (!IdGiven) body["id"] = DerivedId.Of(key, $"subject/{Index}");
        TagIds(body, key, Index);
        return body;
    }

    public static void TagIds(JsonObject subject, Guid key, int index)
    {
        var tags = (subject["tags"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        for (var i = 0; i < tags.Count; i++)
            if (!tags[i].ContainsKey("id")) tags[i]["id"] = DerivedId.Of(key, $"subject/{index}/tag/{i}");
    }

    public static byte[] Bytes(JsonNode body) => Encoding.UTF8.GetBytes(body.ToJsonString());

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(SubjectDraft);
}
