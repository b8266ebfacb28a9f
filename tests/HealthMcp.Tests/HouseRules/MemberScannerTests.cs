namespace HealthMcp.Tests.HouseRules;

public sealed class MemberScannerTests
{
    [Fact]
    public void Finds_every_form_of_member_with_its_length()
    {
        Scan(
            """"
            using System;
            namespace A;
            [Obsolete("class X {")]
            public sealed record R(int A, string B = "{") : IDisposable
            {
                private static readonly string[] Table =
                [
                    "a", "b",
                ];

                public R(int a) : this(a, "x")
                {
                    A = a; // }
                }

                public int Auto { get; init; } = 3;

                public int Full
                {
                    get { return 1; }
                }

                [Fact]
                [Trait("a", "b")]
                public async Task<T> Generic<T>(T value)
                    where T : class
                {
                    var lambda = () => { return """{""".Length; };
                    int Local() => 2;
                    return value;
                }

                public (int A, int B) Pair { get; }

                public static (int A, int B) Two(int x) => (x, x);

                public int Short(int x) => x switch { 1 => 2, _ => 3 };

                public static bool operator ==(R a, R b) => true;

                internal enum E { A = 1, B = 2 }

                private interface INested { void NotCode(); }

                private sealed class Inner { public void Deep() { } }
            }
            """").ShouldBe(["R 4", "Auto 1 property", "Full 4 property", "Generic 7", "Pair 1 property", "Two 1", "Short 1", "operator == 1", "Deep 1"]);
    }

    [Fact]
    public void Leaves_top_level_statements_alone() => Scan("var x = new A { B = 1 };\nif (x) { Run(); }\nreturn 0;\n").ShouldBeEmpty();

    private static List<string> Scan(string text) =>
        [.. MemberScanner.Of(new SourceFile("A.cs", text)).Select(m => $"{m.Name} {m.Lines}{(m.IsMethod ? "" : " property")}")];
}
