using HealthMcp.Access;

namespace HealthMcp.Tests.Access;

public sealed class ScopeSetTests
{
    [Theory]
    [InlineData("xcures/subjects.read", "xcures/subjects.read", true)]
    [InlineData("xcures/subjects.read", "xcures/subjects.write", false)]
    [InlineData("xcures/subjects.write", "xcures/subjects.read", false)]
    [InlineData("xcures/*.read", "xcures/subjects.read", false)]
    [InlineData("XCURES/subjects.read", "xcures/subjects.read", false)]
    [InlineData("*", "xcures/subjects.read", false)]
    [InlineData("user/Observation.read", "user/Observation.rs", true)]
    [InlineData("user/Observation.rs", "user/Observation.rs", true)]
    [InlineData("user/Observation.cruds", "user/Observation.rs", true)]
    [InlineData("user/Observation.r", "user/Observation.rs", false)]
    [InlineData("user/Observation.write", "user/Observation.rs", false)]
    [InlineData("user/*.rs", "user/Observation.rs", true)]
    [InlineData("user/*.*", "user/Observation.rs", true)]
    [InlineData("system/*.rs", "user/Observation.rs", true)]
    [InlineData("user/Condition.rs", "user/Observation.rs", false)]
    [InlineData("patient/Observation.rs", "user/Observation.rs", false)]
    [InlineData("patient/*.rs", "user/Observation.rs", false)]
    [InlineData("user/Observation.rs?category=laboratory", "user/Observation.rs", false)]
    [InlineData("user/Observation.sr", "user/Observation.rs", false)]
    [InlineData("user/Observation.", "user/Observation.rs", false)]
    [InlineData("", "user/Observation.rs", false)]
    public void A_scope_grants_what_it_says_and_no_more(string held, string required, bool granted) => ScopeSet.Parse(held).Holds(required).ShouldBe(granted);

    [Fact]
    public void All_missing_scopes_are_named_at_once() =>
        ScopeSet.Parse("drcloud/fhir.read")
            .MissingOf(["drcloud/fhir.read", "user/Observation.rs", "patients/vitals.write"])
            .ShouldBe(["user/Observation.rs", "patients/vitals.write"]);

    [Fact]
    public void Lists_are_split_at_spaces_and_commas() =>
        ScopeSet.Parse(" a/b.read,c/d.read  e/f.read ").All.ShouldBe(["a/b.read", "c/d.read", "e/f.read"], ignoreOrder: true);
}
