using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Writing;

/// <summary>Where the records of one kind are found again after a write, and what a write must know of their fields.</summary>
/// <param name="Kind">What a person calls one of them, for sentences: "allergy".</param>
/// <param name="List">Lists them.</param>
/// <param name="IdName">How paths call the id of one: "allergy_uuid".</param>
internal sealed record RecordPlace(string Kind, Endpoint List, string IdName)
{
    /// <summary>Reads one; null where the contract has lists only, and the list is searched for the id.</summary>
    public Endpoint? Get { get; init; }

    /// <summary>How a caller finds out what became of a write: "call get_vitals for this patient".</summary>
    public required string FindOut { get; init; }

    /// <summary>
    /// Fields in the caller's own words. Below the identified level they are not given back: with the patient's own values taken out, they would
    /// tell which of many guesses is one of them.
    /// </summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>
    /// Fields of free text that people read and no program compares: where such a text is written, it says who wrote it (<see cref="Authorship"/>).
    /// </summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>The one of them that speaks of the record as a whole: a new record says there who made it, also where nothing else is written in it.</summary>
    public string? Note { get; init; }

    /// <summary>Fields that are sent as numbers and answered as strings.</summary>
    public IReadOnlyList<string> DecimalTexts { get; init; } = [];

    /// <summary>Fields that are sent and never answered, so that nothing can be compared.</summary>
    public IReadOnlyList<string> NotAnswered { get; init; } = [];

    /// <summary>Fields that only the answer to the create has, such as warnings of interactions.</summary>
    public IReadOnlyList<string> OnlyOnCreate { get; init; } = [];

    /// <summary>What the API judges of the other fields. It will judge anew, so the old judgement is not shown of values that are not stored yet.</summary>
    public IReadOnlyList<string> Judged { get; init; } = [];

    public string Shape => List.Shape;

    /// <summary>Shape of an update as it is shown: the record before, after, and as somebody else left it.</summary>
    public string ChangeShape => $"{List.Shape}.change";
}
