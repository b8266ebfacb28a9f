using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.Patients.People;

/// <summary>By what a duplicate is looked for.</summary>
internal sealed record DuplicateSignals(string LastName, string? DateOfBirth, string? Email, string? MobilePhone, string? SocialSecurityNumber)
{
    /// <summary>
    /// Below the identified level an e-mail address, a phone number or an SSN would be confirmed by a hit, one guess after the other; last name
    /// and birth date are a complete look-up.
    /// </summary>
    /// <exception cref="CallFailureException">A signal is given that is withheld, or none at all.</exception>
    public static DuplicateSignals Screen(CheckDuplicatePatientsInput input, CallContext call)
    {
        var asked = new DuplicateSignals(input.LastName, input.DateOfBirth, input.Email, input.MobilePhone, input.SocialSecurityNumber);
        if (!call.IdentifiersVisible && asked.Further.FirstOrDefault() is { } withheld)
            throw new CallFailureException(
                FailureCodes.QuestionWithheld,
                $"{withheld} is withheld at this privacy level and cannot be looked for: leave it out and give last_name and date_of_birth.")
            {
                Argument = withheld,
            };
        return asked is { DateOfBirth: null } && !asked.Further.Any()
            ? throw CallFailureException.Invalid("date_of_birth", "last_name alone is no sign of a duplicate: give date_of_birth with it.")
            : asked;
    }

    /// <summary>What may be asked of these at the caller's level, for a check that the server makes on its own.</summary>
    public DuplicateSignals At(CallContext call) => call.IdentifiersVisible
        ? this
        : this with { Email = null, MobilePhone = null, SocialSecurityNumber = null };

    /// <summary>Nothing is left that could match.</summary>
    public bool IsEmpty => DateOfBirth is null && !Further.Any();

    private IEnumerable<string> Further => new[]
    {
        ("email", Email), ("mobile_phone", MobilePhone), ("social_security_number", SocialSecurityNumber),
    }.Where(one => one.Item2 is not null).Select(one => one.Item1);

    public byte[] Body()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("last_name", LastName);
            if (DateOfBirth is not null) json.WriteString("date_of_birth", DateOfBirth);
            if (Email is not null) json.WriteString("email", Email);
            if (MobilePhone is not null) json.WriteString("mobile_phone", MobilePhone);
            if (SocialSecurityNumber is not null) json.WriteString("social_security_number", SocialSecurityNumber);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(DuplicateSignals);
}

/// <summary>Asks the API who may be the same person.</summary>
internal sealed class DuplicateCheck(PatientsApi api, LookupGuesses guesses)
{
    /// <summary>Below the limited level wrong birth dates are counted, as in every look-up, and only whole matches are answered.</summary>
    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> FindAsync(DuplicateSignals signals, CallContext call, CancellationToken cancellation)
    {
        Task<IReadOnlyList<ReadOnlyMemory<byte>>> Ask() => AskAsync(signals, call, cancellation);
        return call.DatesVisible || signals.DateOfBirth is null
            ? Ask()
            : guesses.AskAsync(LookupGuesses.Who(null, signals.LastName), signals.DateOfBirth, Ask, found => found.Count > 0);
    }

    private async Task<IReadOnlyList<ReadOnlyMemory<byte>>> AskAsync(DuplicateSignals signals, CallContext call, CancellationToken cancellation)
    {
        var request = await api.RequestAsync(PeopleEndpoints.CheckDuplicates, null, cancellation) with { Body = signals.Body() };
        var rows = (await api.SendAsync(request, call, cancellation)).Read(body => Rows.At(body, PeopleEndpoints.CheckDuplicates.Rows!));
        return call.IdentifiersVisible ? rows : [.. rows.Where(row => Same(signals, row))];
    }

    private static bool Same(DuplicateSignals signals, ReadOnlyMemory<byte> row)
    {
        using var json = JsonDocument.Parse(row);
        return WholeMatch.Same(signals.LastName, json.RootElement.Text("last_name")) && json.RootElement.Text("date_of_birth") == signals.DateOfBirth;
    }
}
