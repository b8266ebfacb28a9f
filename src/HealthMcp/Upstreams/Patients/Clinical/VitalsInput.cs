using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Clinical;

/// <summary>What can be measured: the contract's names, and a metric twin for each quantity that it keeps in US units.</summary>
internal abstract record VitalsInput : PatientWriteInput
{
    [Description("Time of measurement, HH:MM (24 hours), local to the practice.")]
    [Format("time")]
    public string? TimeTaken { get; init; }

    [Description("Systolic blood pressure in mmHg (the higher number), 30 to 300.")]
    [Range(0, 100000)]
    public int? BpSystolic { get; init; }

    [Description("Diastolic blood pressure in mmHg (the lower number), 10 to 250, below the systolic.")]
    [Range(0, 100000)]
    public int? BpDiastolic { get; init; }

    [Description("Pulse in beats per minute, 20 to 300.")]
    [Range(0, 100000)]
    public int? Pulse { get; init; }

    [Description("Breaths per minute, 3 to 120.")]
    [Range(0, 100000)]
    public int? RespirationRate { get; init; }

    [Description("Oxygen saturation (SpO2) in percent, 40 to 100.")]
    [Range(0, 100000)]
    public int? OxygenSaturation { get; init; }

    [Description("Body temperature in °F, 77 to 116. Give this or temperature_c.")]
    [Range(0, 100000)]
    public decimal? TemperatureF { get; init; }

    [Description("Body temperature in °C, 25 to 46.7; stored in °F. Give this or temperature_f.")]
    [Range(0, 100000)]
    public decimal? TemperatureC { get; init; }

    [Description("Body weight in pounds, 0.5 to 1500. Give this or weight_kg.")]
    [Range(0, 100000)]
    public decimal? WeightLbs { get; init; }

    [Description("Body weight in kilograms, 0.25 to 680; stored in pounds. Give this or weight_lbs.")]
    [Range(0, 100000)]
    public decimal? WeightKg { get; init; }

    [Description("Height in inches (5 ft 10 in is 70), 8 to 110. Give this or height_cm.")]
    [Range(0, 100000)]
    public decimal? HeightInches { get; init; }

    [Description("Height in centimetres, 20 to 280; stored in inches. Give this or height_inches.")]
    [Range(0, 100000)]
    public decimal? HeightCm { get; init; }

    [Description("Body mass index in kg/m². Leave it out when height and weight are given: it is then worked out; if given it must agree with them.")]
    [Range(0, 100000)]
    public decimal? Bmi { get; init; }

    [Description("BMI percentile for age and sex (children), 0 to 100.")]
    [Range(0, 100)]
    public int? BmiPercentile { get; init; }

    [Description("Free text about the measurement, e.g. cuff size, position, repeat reading. With patient given, {{pt_….field}} is filled in by the server: "
        + "that patient's handle, and name, first_name, middle_name, last_name, birth_date, phone, email, address or mrn, as far as the preview of an earlier "
        + "call read them.")]
    [Fill, MaxLength(2000 - Authorship.Room)]
    public string? Note { get; init; }

    [Description("Handle of the provider who measured (prov_…). Give this or provider.")]
    [Handle("prov", "patients"), MaxLength(100)]
    public string? ProviderUuid { get; init; }

    [Description("Name of the provider who measured, in full, if the operator configured it "
        + "(where names are visible, also one that a record read before has).")]
    [MinLength(1), MaxLength(200)]
    public string? Provider { get; init; }

    [Description("true when a follow-up plan for abnormal values has been made.")]
    public bool? HasFollowupPlan { get; init; }

    [Description("The practice's code for weight follow-up, if it uses one.")]
    [MaxLength(50)]
    public string? WeightCode { get; init; }
}
