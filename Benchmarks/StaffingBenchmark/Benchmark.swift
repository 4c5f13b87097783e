import ArgumentParser

/// Measures the simulator of `touchdown plan simulate`.
@main
struct Benchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure the simulator.", subcommands: [QueueCommand.self, DayCommand.self, CliffCommand.self])
}
