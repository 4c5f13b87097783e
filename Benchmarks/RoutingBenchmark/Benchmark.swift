import Glibc
import Routing

/// How long one event takes, at 1,000 to 100,000 advisers. `--quick` leaves out the largest and takes fewer events.
///
///     swift run -c release RoutingBenchmark [--quick]
@main
enum Benchmark {
    static func main() {
        let isQuick = CommandLine.arguments.contains("--quick")
        print("20 skills, 100 queues, channels mixed; microseconds per event (`apply` or `advance`), one core")
        print(Row.heading)
        for profiles in [Centre.Profiles.teams, .diverse] {
            for advisers in isQuick ? [1_000, 10_000] : [1_000, 10_000, 100_000] {
                for waiting in [0, 300, 50_000] {
                    var centre = Centre(seed: 1, advisers: advisers, profiles: profiles, waiting: waiting)
                    let row = centre.measure(events: isQuick ? 100_000 : 1_000_000)
                    print(row.line)
                    fflush(nil)
                }
            }
        }
        print("")
        print("By kind of event, 10,000 advisers, diverse profiles, 300 waiting")
        var centre = Centre(seed: 2, advisers: 10_000, profiles: .diverse, waiting: 300)
        _ = centre.measure(events: isQuick ? 100_000 : 1_000_000)
        for line in centre.linesByKind { print(line) }
    }
}
