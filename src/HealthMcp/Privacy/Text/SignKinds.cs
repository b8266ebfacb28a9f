namespace HealthMcp.Privacy;

/// <summary>What a word announces: where a rule is worth trying at all.</summary>
[Flags]
internal enum SignKinds
{
    None = 0,
    Street = 1,
    Box = 1 << 1,
    StateCode = 1 << 2,
    StateName = 1 << 3,
    Zip = 1 << 4,
    Dwelling = 1 << 5,
    Month = 1 << 6,
    Ordinal = 1 << 7,
    Holiday = 1 << 8,
    Day = 1 << 9,
    Year = 1 << 10,
    Phone = 1 << 11,
    Ssn = 1 << 12,
    Number = 1 << 13,
    Mark = 1 << 14,
    Plate = 1 << 15,
    Initials = 1 << 16,
    Domain = 1 << 17,
    At = 1 << 18,
    Birth = 1 << 19,
    Order = 1 << 20,
}
