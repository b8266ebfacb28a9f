using System.Text.Json;
using System.Text.Json.Nodes;

namespace HealthMcp.Tests.Contracts;

public sealed class ContractTests
{
    [Theory]
    [InlineData("xcures", 69)]
    [InlineData("patients", 67)]
    [InlineData("phenoml", 73)]
    public void Every_operation_is_read(string system, int count) => Contract.Of(system).Operations.Count.ShouldBe(count);

    [Fact]
    public void A_sample_has_every_leaf_once()
    {
        foreach (var operation in Contract.All)
        {
            var met = new List<string>();
            operation.Sample(leaf =>
            {
                met.Add(leaf.Path);
                return leaf.Plain();
            });

            // Where a scalar or a list of it may stand, a sample has the list.
            var leaves = operation.Leaves().Select(leaf => leaf.Path).Distinct().ToList();
            met.ShouldBeUnique(operation.ToString());
            leaves.Where(path => !leaves.Contains(path + "[]")).ShouldBe(met, ignoreOrder: true, operation.ToString());
        }
    }

    [Fact]
    public void A_sample_is_what_the_callback_made()
    {
        var node = Contract.Of("xcures")["GET /api/v1/patient-registry/subject"].Sample(leaf => JsonValue.Create("at " + leaf.Path))!;
        node["totalCount"]!.GetValue<string>().ShouldBe("at totalCount");
        node["results"]![0]!["additionalNames"]![0]!["first"]!.GetValue<string>().ShouldBe("at results[].additionalNames[].first");
    }

    [Fact]
    public void Alternatives_parts_and_maps_are_walked()
    {
        var provider = Contract.Of("phenoml")["GET /fhir-provider/{fhir_provider_id}"].Leaves().Select(leaf => leaf.Path).ToList();
        provider.ShouldContain("data.base_url");
        provider.ShouldContain("data.auth_configs{}.json_web_key.kid");
        var agent = Contract.Of("phenoml")["GET /agent/{id}"].Leaves().Select(leaf => leaf.Path).ToList();
        agent.ShouldContain("data.provider");
        agent.ShouldContain("data.provider[]");
        var document = Contract.Of("phenoml")["POST /lang2fhir/document/multi"].Leaves().Select(leaf => leaf.Path).ToList();
        document.ShouldContain("bundle.entry[].fullUrl");
        document.ShouldContain("page_classifications[].reason");
    }

    [Fact]
    public void Open_places_bodies_and_streams_are_said()
    {
        Contract.Of("xcures")["GET /api/v1/patient-registry/fhir/patient"].IsOpen.ShouldBeTrue();
        Contract.Of("xcures")["POST /api/v1/patient-registry/application/{id}/resend-verification"].Answer.ShouldBeNull();
        Contract.Of("phenoml")["POST /agent/stream-chat"].IsEvents.ShouldBeTrue();
        Contract.All.Count(operation => operation.IsEvents).ShouldBe(1);
        Contract.Of("patients")["GET /api/v1/{org_id}/patients"].Leaves().ShouldContain(leaf => leaf.Path == "items[].*" && leaf.IsOpen);
    }

    [Fact]
    public void A_schema_that_names_itself_ends()
    {
        var own = new ContractSchema(Contract.Of("xcures"), JsonElement.Parse("""
            {"type":"object","properties":{"id":{"type":"string"},"list":{"type":"array","items":{"ref":"Subject"}},"any":{}}}
            """));
        own.Leaves().ShouldContain(leaf => leaf.Path == "list[].firstName");
        own.Leaves().ShouldContain(leaf => leaf.Path == "any.*" && leaf.IsOpen);
    }

    [Fact]
    public void Parameters_have_their_place_and_type()
    {
        var list = Contract.Of("patients")["GET /api/v1/{org_id}/patients"];
        list.Parameters.ShouldContain(parameter => parameter.Name == "org_id" && parameter.In == "path" && parameter.Required);
        list.Parameters.Single(parameter => parameter.Name == "sort_dir").Enum.ShouldBe(["asc", "desc"]);
        list.Status.ShouldBe(200);
    }
}
