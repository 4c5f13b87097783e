import ArgumentParser

/// What `bin/bench matching` needs in Swift: people to link, and the times of single pairs and look-ups.
@main
struct Benchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "MatchingBenchmark",
        abstract: "Invents people to link, and measures single pairs and look-ups.",
        subcommands: [PeopleCommand.self, SinglesCommand.self])
}
