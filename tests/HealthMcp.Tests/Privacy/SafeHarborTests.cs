using HealthMcp.Privacy;

namespace HealthMcp.Tests.Privacy;

public sealed class SafeHarborTests
{
    private static readonly DateOnly Today = Redaction.Today;

    [Theory]
    [InlineData("1998", "1998")]
    [InlineData("1998-05", "1998")]
    [InlineData("1998-05-04", "1998")]
    [InlineData("1998-05-04T10:11:12.123Z", "1998")]
    [InlineData("19980504", "1998")]
    [InlineData("5/4/1998", "1998")]
    [InlineData("04.05.1998", "1998")]
    [InlineData("1936-12-31", null)] // whoever was alive then is over 89 now
    [InlineData("1937-01-01", "1937")]
    [InlineData("5/4/98", null)]
    [InlineData("May 1998", null)]
    [InlineData("1998 with John", null)]
    [InlineData("0000-05-04", null)]
    [InlineData("", null)]
    public void A_date_becomes_its_year_when_that_is_certain(string date, string? year) => SafeHarbor.Year(date, Today).ShouldBe(year);

    [Theory]
    [InlineData("1936-11-22", "90+")]
    [InlineData("1900-01-01", "90+")]
    [InlineData("1937-01-01", "1937")]
    [InlineData("2020-02-29", "2020")]
    [InlineData("unknown", null)]
    public void A_birth_year_that_tells_an_age_over_89_is_not_told(string date, string? year) => SafeHarbor.BirthYear(date, Today).ShouldBe(year);

    [Theory]
    [InlineData("02139", "021")]
    [InlineData("02139-4307", "021")]
    [InlineData("021394307", "021")]
    [InlineData("03601", "000")]
    [InlineData("05901", "000")]
    [InlineData("06390", "000")]
    [InlineData("10201", "000")]
    [InlineData("20301", "000")]
    [InlineData("55601", "000")]
    [InlineData("69201", "000")]
    [InlineData("79001", "000")]
    [InlineData("82101", "000")]
    [InlineData("82301", "000")]
    [InlineData("83001", "000")]
    [InlineData("83101", "000")]
    [InlineData("87801", "000")]
    [InlineData("87901", "000")]
    [InlineData("88401", "000")]
    [InlineData("89001", "000")]
    [InlineData("89301", "000")]
    [InlineData("2139", null)]
    [InlineData("SW1A 1AA", null)]
    [InlineData("O2139", null)]
    public void A_zip_code_keeps_three_digits_where_many_people_live(string zip, string? area) => SafeHarbor.Zip3(zip).ShouldBe(area);

    [Theory]
    [InlineData(89, null, false)]
    [InlineData(90, null, true)]
    [InlineData(90, "a", true)]
    [InlineData(100, "mo", false)]
    [InlineData(1080, "mo", true)]
    [InlineData(32484, "d", false)]
    [InlineData(33000, "d", true)]
    public void An_age_is_over_89_by_its_unit(int age, string? unit, bool over) => SafeHarbor.IsOver89(age, unit).ShouldBe(over);

    [Theory]
    [InlineData("NH", true)]
    [InlineData("New Hampshire", true)]
    [InlineData("NSW", true)]
    [InlineData("District of Columbia", true)]
    [InlineData("LEE", false)]
    [InlineData("XY", false)]
    [InlineData("Keene, NH", false)]
    [InlineData("Keene", false)]
    [InlineData("", false)]
    public void A_state_is_told_only_when_it_is_one(string value, bool told) => SafeHarbor.IsState(value).ShouldBe(told);
}
