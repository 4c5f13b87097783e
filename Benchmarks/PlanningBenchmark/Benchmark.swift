import ArgumentParser

/// Measures what `touchdown plan` reckons with: the waiting systems, and forecasts.
@main
struct Benchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure the staffing mathematics and forecasts.",
        subcommands: [ErlangCommand.self, CoverageCommand.self, ForecastCommand.self])
}
