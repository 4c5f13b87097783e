import ArgumentParser

/// Measures what `touchdown plan` reckons with: the waiting systems, and forecasts.
@main
struct Benchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure the staffing mathematics and forecasts.",
        subcommands: [ErlangCommand.self, ForecastCommand.self])
}
