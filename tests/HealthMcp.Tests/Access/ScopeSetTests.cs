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
    [InlineData("user/Observation.rs?category=laboratory", "user/Observation.rs?category=laboratory", true)]
    [InlineData("user/Observation.rs?category=http://x/c|laboratory", "user/Observation.rs?category=http%3A%2F%2Fx%2Fc%7Claboratory", true)]
    [InlineData("user/Observation.rs?category=laboratory", "user/Observation.rs?category=vital-signs", false)]
    [InlineData("user/Observation.rs?category=http://x/c|laboratory", "user/Observation.rs?category=laboratory", false)]
    [InlineData("user/Observation.rs?category=laboratory", "user/Condition.rs?category=laboratory", false)]
    [InlineData("user/*.rs?category=laboratory", "user/Observation.rs?category=laboratory", true)]
    [InlineData("user/Observation.rs", "user/Observation.rs?category=laboratory", true)]
    [InlineData("user/Observation.rs?category=a,b", "user/Observation.rs?category=a,b", false)]
    [InlineData("user/Observation.rs?category=a&status=final", "user/Observation.rs?category=a", false)]
    [InlineData("user/Observation.rs?code=4548-4", "user/Observation.rs?code=4548-4", false)]
    [InlineData("user/Observation.rs?category=", "user/Observation.rs?category=", false)]
    [InlineData("patient/Observation.rs?category=laboratory", "user/Observation.rs?category=laboratory", false)]
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
    public void A_narrowed_need_is_named_as_the_scope_to_ask_for() =>
        ScopeSet.None.MissingOf(["user/Observation.rs?category=a", "user/Observation.rs?category=b"]).ShouldBe(["user/Observation.rs"]);

    /// <summary>What DrCloudEHR grants (SMART v1, one type each, no wildcards), as it stands in its tokens.</summary>
    [Theory]
    [InlineData("user/Observation.read", "user/Observation.rs", true)]
    [InlineData("system/Observation.read", "user/Observation.rs", true)]
    [InlineData("patient/Observation.read", "user/Observation.rs", false)]
    [InlineData("user/Practitioner.write", "user/Practitioner.rs", false)]
    [InlineData("system/DocumentReference.$docref", "user/DocumentReference.rs", false)]
    [InlineData("system/Patient.$export", "user/Patient.rs", false)]
    [InlineData("openid fhirUser launch launch/patient api:fhir site:default offline_access", "user/Patient.rs", false)]
    public void What_the_ehr_grants_counts_for_reading_its_types(string granted, string required, bool holds) =>
        ScopeSet.OfToken(granted).Holds(required).ShouldBe(holds);

    [Fact]
    public void A_comma_splits_what_people_write_and_not_what_a_token_carries() =>
        ScopeSet.OfToken("a/b.read,c/d.read e/f.read").All.ShouldBe(["a/b.read,c/d.read", "e/f.read"], ignoreOrder: true);

    [Fact]
    public void Lists_are_split_at_spaces_and_commas() =>
        ScopeSet.Parse(" a/b.read,c/d.read  e/f.read ").All.ShouldBe(["a/b.read", "c/d.read", "e/f.read"], ignoreOrder: true);
}
