using HealthMcp.Privacy;
using HealthMcp.Tests.Privacy;

namespace HealthMcp.Tests.Contracts;

public sealed class CoverageTests
{
    /// <summary>Shapes of rows of which the contract prints no record: their fields are likely ones, and any other is withheld.</summary>
    private static readonly string[] Likely = ["patients.field_value", "patients.social_history", "patients.location_count", "patients.import_row"];

    [Fact]
    public void Every_operation_of_the_contracts_is_in_the_table_and_no_other()
    {
        Contract.All.Count().ShouldBe(209);
        OperationTable.Default.All.Select(row => $"{row.System} {row.Operation}")
            .ShouldBe(Contract.All.Select(operation => operation.ToString()), ignoreOrder: true);
    }

    // Exact, so that a contract or a table that changes is noticed and looked at.
    [Theory]
    [InlineData("xcures", 682, 651, 15, 12, 4)]
    [InlineData("patients", 981, 832, 149, 0, 0)]
    [InlineData("phenoml", 978, 750, 0, 25, 203)]
    public void Every_leaf_of_every_answer_has_a_class(string system, int leaves, int classed, int mapped, int fhir, int withheld)
    {
        var covers = Contract.Of(system).Operations.SelectMany(Covers).ToList();
        covers.Where(found => found.Cover is Cover.None or Cover.OtherType).Select(found => found.Leaf).ShouldBeEmpty();
        (covers.Count, Count(Cover.Class), Count(Cover.Mapped), Count(Cover.Fhir), Count(Cover.Withheld)).ShouldBe((leaves, classed, mapped, fhir, withheld));

        int Count(Cover cover) => covers.Count(found => found.Cover == cover);
    }

    [Fact]
    public void Every_leaf_of_a_declared_error_has_a_class()
    {
        foreach (var operation in Contract.All)
            foreach (var leaves in operation.Errors.Select(error => error.Leaves().ToList()))
            {
                // Some errors are the answer itself with a part of it made.
                var shape = leaves.SequenceEqual(operation.Leaves()) ? Coverage.Shape(operation).Shape : $"{operation.System}.problem";
                var coverage = new Coverage(shape, leaves);
                leaves.Where(leaf => coverage.Covers(leaf) is Cover.None or Cover.OtherType).Select(leaf => $"{operation} {leaf.Path}").ShouldBeEmpty();
            }
    }

    [Fact]
    public void Rows_of_the_table_are_where_the_shape_has_them()
    {
        foreach (var operation in OperationTable.Default.All)
            foreach (var (property, shape) in operation.Rows)
                Redaction.Catalog.Find(operation.Shape)!.Fields.Single(field => field.Name == property).Target.ShouldBe(shape, operation.Operation);
    }

    [Fact]
    public void Rows_that_a_contract_leaves_open_have_the_shape_of_its_single_record()
    {
        var open = Contract.All.SelectMany(OpenRows).ToList();
        open.Count.ShouldBe(41);
        open.Sum(row => Redaction.Catalog.Fields(row.Shape).Count()).ShouldBe(1026);
        foreach (var (operation, shape) in open.Where(row => !Likely.Contains(row.Shape)))
            Contract.Of(operation.System).Operations.ShouldContain(
                single => Coverage.Shape(single).Shape == shape && !single.IsOpen, $"{operation}: no operation of the contract answers one {shape}");
    }

    [Fact]
    public void Endpoints_of_tools_agree_with_the_table()
    {
        foreach (var endpoint in Composition.Catalog.Endpoints.Where(endpoint => Contract.Systems.Contains(endpoint.System)))
        {
            var operation = OperationTable.Default.Find(endpoint.System, $"{endpoint.Method} {endpoint.Path}").ShouldNotBeNull(endpoint.Key);
            Redaction.Catalog.Resolve(endpoint.Shape).ShouldBe(
                Redaction.Catalog.Resolve(endpoint.Rows is null ? operation.Shape : operation.RowShape), endpoint.Key);
            if (endpoint.Rows is not null) operation.Rows.Select(row => row.Property).ShouldBe([endpoint.Rows], endpoint.Key);
        }
    }

    [Fact]
    public void Shapes_that_tools_make_have_these_fields() =>
        MadeShapes.All.Select(made => (made.Shape, Redaction.Catalog.Fields(made.Shape).Count())).ShouldBe(MadeShapes.All);

    [Fact]
    public void Streams_are_marked() =>
        Contract.All.Where(operation => operation.IsEvents).ShouldBe(Contract.All.Where(operation => Coverage.Shape(operation).IsEvents));

    [Theory]
    [InlineData("xcures GET /path")]
    [InlineData("xcures GET /path xcures.query rows=results")]
    [InlineData("xcures GET /path xcures.query results xcures.query")]
    public void A_line_that_is_none_is_refused(string line) => Should.Throw<FormatException>(() => OperationTable.Read([line]));

    private static IEnumerable<(string Leaf, Cover Cover)> Covers(ContractOperation operation)
    {
        var coverage = Coverage.Of(operation);
        return operation.Leaves().Select(leaf => ($"{operation}: {leaf.Path} {leaf.Type}", coverage.Covers(leaf)));
    }

    private static IEnumerable<(ContractOperation Operation, string Shape)> OpenRows(ContractOperation operation)
    {
        var open = operation.Leaves().Where(leaf => leaf.IsOpen).Select(leaf => leaf.Path).ToHashSet(StringComparer.Ordinal);
        return Coverage.Shape(operation).Rows
            .Where(row => open.Contains($"{row.Property}[].*") || open.Contains($"{row.Property}.*"))
            .Select(row => (operation, row.Shape));
    }
}
