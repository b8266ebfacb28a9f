namespace HealthMcp.Privacy;

/// <summary>
/// What a field holds, which decides what each level may see of it. Letters are those of 45 CFR 164.514(b)(2)(i).
/// </summary>
internal enum FieldClass
{
    /// <summary>Not a leaf: an object with a shape of its own.</summary>
    Object,

    /// <summary>Measurements, flags and words of a closed list that are none of (A) to (R). Kept as written, unless it turns out to be prose.</summary>
    Clinical,

    /// <summary>A code or the address of a code system. Kept as written, unless it turns out to be prose.</summary>
    Code,

    /// <summary>
    /// A string that should name a coded concept or a unit; each row of the tables gives its reason. Systems let people type there,
    /// so it is scrubbed like text; unlike text it is no sign that an answer carries a stranger's prose.
    /// </summary>
    Term,

    /// <summary>System metadata: versions, flags, counts. Kept as written.</summary>
    Meta,

    /// <summary>Namespace of an identifier: kept when it is a public standard's, else a URL.</summary>
    System,

    /// <summary>(A) Names, initials and titles of persons.</summary>
    Name,

    /// <summary>(B) Name of an organisation or place: tells where. A limited data set may say it.</summary>
    Facility,

    /// <summary>Name of an employer, or of a plan that may be one's: (b)(2)(i) and (e)(2) list employers beside the individual and relatives.</summary>
    Employer,

    /// <summary>(C) A date or time stamp: the year at most.</summary>
    Date,

    /// <summary>(C) A birth date: the year, unless it tells an age over 89.</summary>
    Birth,

    /// <summary>(C) A time of day without a date.</summary>
    Time,

    /// <summary>(C) An age: over 89 it becomes "90+".</summary>
    Age,

    /// <summary>(B) Street, house, free address text, coordinates.</summary>
    Street,

    /// <summary>(B) Town, district, county.</summary>
    City,

    /// <summary>State: the smallest unit that (B) permits. Kept when it is one.</summary>
    State,

    /// <summary>(B) ZIP code: its first three digits where more than 20,000 people live, else 000.</summary>
    Zip,

    /// <summary>Country. Kept.</summary>
    Country,

    /// <summary>(D) telephone, (E) fax, (F) e-mail.</summary>
    Contact,

    /// <summary>(R) A record id: a handle at every level; the argument is the handle's prefix.</summary>
    Id,

    /// <summary>(G) to (M): SSN, record, plan, account, licence, vehicle and device numbers.</summary>
    Number,

    /// <summary>(N) URLs.</summary>
    Url,

    /// <summary>Free text: scrubbed.</summary>
    Text,

    /// <summary>FHIR narrative: attributes dropped, text scrubbed.</summary>
    Xhtml,

    /// <summary>(P), (Q) Files and pictures: scrubbed when they are text, else withheld.</summary>
    File,

    /// <summary>FHIR Reference.reference, Bundle.entry.fullUrl: <c>Type/handle</c>, or a link local to the answer.</summary>
    Reference,

    /// <summary>FHIR Reference.display: a name, a facility or text, by what is referred to.</summary>
    Display,

    /// <summary>FHIR Extension: by its URL.</summary>
    Extension,

    /// <summary>FHIR resource: by its resourceType.</summary>
    Resource,

    /// <summary>Never shown: credentials, hashes, signatures, internal links.</summary>
    Drop,
}
