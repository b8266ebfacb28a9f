using System.Text.RegularExpressions;
using HealthMcp.Approvals;
using HealthMcp.Cli;
using HealthMcp.Hosting;
using HealthMcp.Keys;

namespace HealthMcp.Tests.HouseRules;

/// <summary>Containers, probes and the balancer say what the program's command line and its web server take.</summary>
public sealed partial class DeployCommandTests
{
    private const string Compose = "src/deploy/compose.yaml";
    private const string Pods = "src/deploy/kubernetes/healthmcp.yaml";
    private const string Migration = "src/deploy/kubernetes/migrate.yaml";

    private static readonly CommandLine Program =
        new(new Terminal(TextReader.Null, TextWriter.Null, TextWriter.Null, false, () => Stream.Null, () => Stream.Null));
    private static readonly string Nginx = Repository.Read("src/deploy/nginx.conf");

    public static TheoryData<string, string> Lists => Words(List(), "Dockerfile", Compose, Pods, Migration);

    public static TheoryData<string, string> Lines => Words(Line(), "README.md", "src/deploy/README.md");

    [Theory]
    [MemberData(nameof(Lists))]
    public void A_container_starts_with_a_command_that_there_is(string file, string words)
    {
        var all = Item().Matches(words).Select(m => m.Groups["item"].Value).ToList();
        if (all is ["CMD", .. var probe]) all = probe;
        if (all is ["pg_isready", ..]) return;
        if (all is ["dotnet", "HealthMcp.dll", .. var rest]) all = rest;
        Program.Parse(all).Errors.Select(e => e.Message).ShouldBeEmpty(file);
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_command_in_the_README_is_one_that_there_is(string file, string words) =>
        Program.Parse([.. Word().Matches(words).Select(m => m.Groups["item"].Value)]).Errors.Select(e => e.Message).ShouldBeEmpty($"{file}: {words}");

    [Fact]
    public void Server_json_starts_it_with_a_command_that_there_is() => ServerJson.ServerJsonFile.Packages
        .SelectMany(p => Program.Parse([.. p.GetProperty("packageArguments").EnumerateArray().Select(a => a.GetProperty("value").GetString()!)]).Errors)
        .ShouldBeEmpty();

    [Fact]
    public void All_of_it_speaks_of_one_port()
    {
        var port = Program.Parse([]).GetValue<int>("--port").ToString(System.Globalization.CultureInfo.InvariantCulture);
        Program.Parse(["health"]).GetValue<string>("--url").ShouldEndWith($":{port}");
        foreach (var (file, count) in new[] { ("Dockerfile", 2), (Compose, 1), (Pods, 2), ("src/deploy/nginx.conf", 1), ("server.json", 1) })
        {
            var found = Port().Matches(Repository.Read(file)).Select(m => m.Groups["port"].Value).ToList();
            found.Count.ShouldBeGreaterThanOrEqualTo(count, file);
            found.ShouldAllBe(p => p == port, file);
        }

        Repository.Read(Compose).ShouldContain($"127.0.0.1:{port}:{Listen().Match(Nginx).Groups["port"].Value}");
    }

    [Fact]
    public void Probes_ask_for_what_the_server_answers()
    {
        var paths = Probe().Matches(Repository.Read(Pods)).Select(m => m.Groups["path"].Value).ToList();
        paths.Count.ShouldBe(3);
        var server = Repository.Read("src/HealthMcp/Hosting/HttpHost.cs");
        paths.ShouldAllBe(path => server.Contains($"\"{path}\"", StringComparison.Ordinal));
    }

    [Fact]
    public void An_instance_is_given_the_time_that_it_needs_to_stop() => new[] { Compose, Pods }
        .Select(file => int.Parse(Grace().Match(Repository.Read(file)).Groups["seconds"].Value, System.Globalization.CultureInfo.InvariantCulture))
        .ShouldAllBe(seconds => seconds > (ServeCommand.Stopping.Drain + ServeCommand.Stopping.End).TotalSeconds);

    [Fact]
    public void The_image_is_that_of_the_version()
    {
        var version = ServerJson.ServerJsonFile.Root.GetProperty("version").GetString();
        foreach (var file in new[] { Pods, Migration }) Repository.Read(file).ShouldContain($"image: ghcr.io/healthmcp/healthmcp:{version}\n");
    }

    [Fact]
    public void The_balancer_lets_through_what_an_instance_takes_and_writes_no_secret_down()
    {
        var limit = new HttpHostOptions().MaxRequestBytes;
        (long.Parse(Body().Match(Nginx).Groups["mebibytes"].Value, System.Globalization.CultureInfo.InvariantCulture) * 1024 * 1024).ShouldBeGreaterThan(limit);

        Nginx.ShouldContain("access_log off;");
        var silent = new Regex(Silent().Match(Nginx).Groups["path"].Value, RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));
        new[] { KeyDoor.Path, ApprovalPages.Path }.ShouldAllBe(path => silent.IsMatch(path));

        // A POST that was sent may have written.
        Nginx.ShouldNotContain("non_idempotent");
        Nginx.ShouldContain("proxy_buffering off;");
    }

    private static TheoryData<string, string> Words(Regex pattern, params string[] files)
    {
        var all = new TheoryData<string, string>();
        foreach (var file in files)
        {
            foreach (var words in pattern.Matches(Repository.Read(file)).Select(m => m.Groups["words"].Value.Trim()).Distinct()) all.Add(file, words);
        }

        return all;
    }

    [GeneratedRegex(@"(command|args|test|ENTRYPOINT|CMD):? \[(?<words>[^\]]*)\]", RegexOptions.ExplicitCapture)]
    private static partial Regex List();

    [GeneratedRegex("\"(?<item>[^\"]*)\"|(?<item>[^\\s,\"]+)")]
    private static partial Regex Item();

    // In a block of code: by its name, or in its image.
    [GeneratedRegex(@"(^|docker run [^\n]*? )healthmcp(?![-\w:/])(?<words>[^\n#)>|&\\]*)", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"'(?<item>[^']*)'|(?<item>[^\s']+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Word();

    [GeneratedRegex(@"(EXPOSE |containerPort: |server healthmcp:|http://0\.0\.0\.0:)(?<port>\d+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Port();

    [GeneratedRegex(@"listen (?<port>\d+);")]
    private static partial Regex Listen();

    [GeneratedRegex(@"path: (?<path>/\w+), port: http")]
    private static partial Regex Probe();

    [GeneratedRegex(@"(stop_grace_period|terminationGracePeriodSeconds): (?<seconds>\d+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Grace();

    [GeneratedRegex(@"client_max_body_size (?<mebibytes>\d+)m;")]
    private static partial Regex Body();

    [GeneratedRegex(@"location ~\* (?<path>\S+) \{\s+error_log /dev/null;")]
    private static partial Regex Silent();
}
