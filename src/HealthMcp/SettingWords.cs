using System.Globalization;
using HealthMcp.Audit;
using HealthMcp.Pipeline;
using HealthMcp.Privacy;

namespace HealthMcp;

/// <summary>Reads the settings that take one of a few words.</summary>
internal static class SettingWords
{
    /// <summary>Purposes of use, named after 45 CFR 164.506 and 164.512 and HL7's PurposeOfUse.</summary>
    public static readonly IReadOnlyList<string> Purposes = ["treatment", "payment", "operations", "research", "public_health", "patient_request"];

    public static PrivacySettings Privacy(Func<string, string?> get, List<string> problems)
    {
        var purpose = get("HEALTHMCP_PURPOSE");
        if (purpose is not null && !Purposes.Contains(purpose, StringComparer.Ordinal))
        {
            problems.Add($"HEALTHMCP_PURPOSE must be one of {string.Join(", ", Purposes)}.");
        }

        var level = PrivacyLevel.Deidentified;
        if (get("HEALTHMCP_PRIVACY") is { } word && !(word.All(char.IsLetter) && Enum.TryParse(word, ignoreCase: true, out level)))
            problems.Add("HEALTHMCP_PRIVACY must be deidentified, limited or identified.");
        if (level == PrivacyLevel.Identified && purpose is null)
            problems.Add($"HEALTHMCP_PRIVACY=identified needs HEALTHMCP_PURPOSE: say why identified data is used, one of {string.Join(", ", Purposes)}.");
        return new PrivacySettings(level, purpose);
    }

    public static WriteMode? Writes(string? word, List<string> problems)
    {
        if (word is null) return null;
        if (word.All(char.IsLetter) && Enum.TryParse<WriteMode>(word, ignoreCase: true, out var mode)) return mode;
        problems.Add("HEALTHMCP_WRITES (--writes) must be off, approve, confirm or direct.");
        return WriteMode.Off;
    }

    /// <summary>Short codes are soon guessed, long ones are not typed.</summary>
    public static string? ApprovalCode(string? text, List<string> problems)
    {
        if (text is null or { Length: >= 6 and <= 64 }) return text;
        problems.Add("HEALTHMCP_APPROVAL_CODE must have 6 to 64 characters, and be known to the people who approve, not to a model.");
        return null;
    }

    /// <returns>Whether writes are signed; on unless it says off.</returns>
    public static bool Authorship(string? word, List<string> problems)
    {
        switch (word?.ToLowerInvariant())
        {
            case null or "on":
                return true;
            case "off":
                return false;
            default:
                problems.Add("HEALTHMCP_AI_AUTHORSHIP must be on or off.");
                return true;
        }
    }

    /// <summary>Null when neither is set. The one that is not set beside the other has no limit of its own.</summary>
    public static BudgetLimits? Budget(Func<string, string?> get, List<string> problems)
    {
        var (hour, day) = (get("HEALTHMCP_PATIENTS_PER_HOUR"), get("HEALTHMCP_PATIENTS_PER_DAY"));
        return hour is null && day is null
            ? null
            : new BudgetLimits(Patients("HEALTHMCP_PATIENTS_PER_HOUR", hour, problems), Patients("HEALTHMCP_PATIENTS_PER_DAY", day, problems));
    }

    private static int? Patients(string name, string? text, List<string> problems)
    {
        if (text is null or "none") return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0) return number;
        problems.Add($"{name} must be a whole number of patients from 1, or none.");
        return 1;
    }

    public static IReadOnlyCollection<string> Toolsets(string? text, List<string> problems) =>
        text is null ? [] : Names("HEALTHMCP_TOOLSETS", text, [.. Settings.Systems, "all"], problems);

    public static bool Flag(string name, Func<string, string?> get, List<string> problems)
    {
        switch (get(name)?.ToLowerInvariant())
        {
            case null or "false" or "0":
                return false;
            case "true" or "1":
                return true;
            default:
                problems.Add($"{name} must be true or false.");
                return true;
        }
    }

    public static IReadOnlyCollection<string> Names(string setting, string text, IReadOnlyList<string> known, List<string> problems)
    {
        var names = text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names.Except(known, StringComparer.Ordinal).Any()) problems.Add($"{setting} takes {string.Join(", ", known)}, separated by commas.");
        return [.. names.Intersect(known, StringComparer.Ordinal)];
    }
}
