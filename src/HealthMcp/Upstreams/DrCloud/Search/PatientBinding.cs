using HealthMcp.Catalog;
using HealthMcp.Upstreams.DrCloud.SignIn;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>
/// Holds a question to the one patient that a <c>patient/</c> grant is for. The EHR answers from that patient's chart whatever it is asked, so a
/// question about somebody else would come back empty, or with the wrong person's data, and look like an answer.
/// </summary>
internal static class PatientBinding
{
    private const string Again = "the operator can sign in for another with `healthmcp login drcloud --patient`.";

    /// <exception cref="CallFailureException">The sign-in is for another patient, or names none.</exception>
    public static SearchQuestion Bind(SearchQuestion question, IReadOnlyList<string>? granted, string? patient)
    {
        if (granted is null || SignInScopes.RoleFor(question.Type.Name, granted) != "patient") return question;
        if (patient is null)
        {
            throw new CallFailureException(
                FailureCodes.UpstreamForbidden,
                $"This server's sign-in at the EHR is for one patient but names none, so it opens nothing: {Again}");
        }

        var name = question.Type.Name == "Patient" ? "_id" : "patient";
        if (ParameterTable.Find(question.Type.Name, name) is not { } parameter) return question;
        if (question.Conditions.FirstOrDefault(c => c.Parameter.Name == name && c.Modifier is null && !Names(c, patient)) is { } other)
        {
            throw new CallFailureException(
                FailureCodes.UpstreamForbidden,
                $"This server's sign-in at the EHR is for one patient, and the question is about another: leave {name} out to ask about the one, or {Again}")
            {
                Argument = other.Argument,
            };
        }

        return question with { Conditions = [.. question.Conditions, new SearchCondition(parameter, null, [new SearchValue(null, patient)], name)] };
    }

    private static bool Names(SearchCondition condition, string patient) =>
        condition.Values is [var only] && (ReferenceTarget.Parse(FhirEscape.Plain(only.Text))?.Id ?? only.Text) is var id
            && string.Equals(id, patient, StringComparison.OrdinalIgnoreCase);
}
