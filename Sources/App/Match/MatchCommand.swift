import ArgumentParser
import Matching
import Tables
import Values

/// Links records of one or more sources that are about the same person, firm or thing.
struct MatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match",
        abstract: "Find which records, of one file or of several, are about the same person or thing.",
        discussion: """
            A model says what is compared and what agreement is worth: one of Splink's JSON files, or our own YAML \
            (docs/matching.md, docs/examples/people.yaml). Tables are CSV, also compressed with gzip or zstd; Parquet, \
            JSON, Excel and databases are read through the duckdb command where it is installed. `-` is the standard \
            input or output.

            A first look:
              touchdown match check --model m.yaml --input people.csv
              touchdown match run --model m.yaml --input people.csv \\
                --output-links links.csv --output-clusters clusters.csv
              touchdown match explain --model m.yaml --input people.csv 17 42

            Results go to files or the standard output, all else to the standard error. Exit codes: 0 done, 64 called \
            wrongly, 65 a file, a model or a record is not as it must be, 130 stopped. Whatever the end, no output is \
            half-written.
            """,
        subcommands: [
            MatchCheck.self, MatchTrain.self, MatchPredict.self, MatchCluster.self, MatchRun.self, MatchJoin.self,
            MatchExplain.self, MatchEvaluate.self,
        ])

    /// Runs a step, and calls it off when somebody presses control-C. What a rule or a file says no to becomes a
    /// sentence and exit code 65. `outputs` are the files that the step writes; `keeping` says whether what is done is
    /// kept elsewhere.
    static func run(
        writing outputs: [String] = [], keeping: Bool = false, _ step: @escaping @Sendable () async throws -> Void
    ) async throws {
        let interruption = Interruption(sparing: outputs, keeping: keeping)
        defer { interruption.end() }
        let rings = interruption.rings
        do {
            try await withThrowingTaskGroup(of: Bool.self) { group in
                group.addTask {
                    try await step()
                    return true
                }
                group.addTask {
                    for await _ in rings { break }
                    return false
                }
                let isDone = try await group.next() ?? true
                group.cancelAll()
                if !isDone { _ = try await group.next() }
            }
        } catch let refusal as any Refusal {
            Terminal.complain(refusal.sentence)
            throw ExitCode(65)
        } catch is CancellationError {
            interruption.tell()
            throw ExitCode(Interruption.exitCode)
        }
    }
}

/// What to link, by which model: the same for every step that reads records.
struct MatchInput: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The model: Splink's JSON, or YAML.", valueName: "file"))
    var model: String

    @Option(
        name: .long, parsing: .upToNextOption,
        help: ArgumentHelp(
            "The tables. Each is a source, named like its file, or as you say: tax=returns.csv.", valueName: "file"))
    var input: [String]

    @Option(
        name: .long,
        help: ArgumentHelp(
            "What keeps the values of a CSV apart, where it cannot be told: , ; | or tab.", valueName: "character"))
    var delimiter: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The table of a database, or the sheet of a workbook, where there are several.", valueName: "name"))
    var table: String?

    @Option(
        name: .long,
        help: ArgumentHelp("How many cores to use; all unless said. Results do not depend on it.", valueName: "number"))
    var cores: Int?

    @OptionGroup var memory: MatchMemory

    func validate() throws {
        if input.isEmpty { throw ValidationError("Name at least one table with --input.") }
        if let cores, !(1...1024).contains(cores) { throw ValidationError("--cores is from 1 to 1024.") }
        if let delimiter, delimiterByte == nil {
            throw ValidationError(
                "--delimiter is one character, such as ; or |, or the word tab; \"\(delimiter)\" is not.")
        }
    }

    var delimiterByte: UInt8? {
        guard let delimiter else { return nil }
        if delimiter == "tab" || delimiter == "\\t" || delimiter == "\t" { return UInt8(ascii: "\t") }
        guard delimiter.utf8.count == 1, let byte = delimiter.utf8.first, byte < 0x80 else { return nil }
        return byte
    }

    /// How the tables are to be read where they do not say it themselves.
    var settings: TableReader.Settings {
        var settings = TableReader.Settings()
        settings.delimiter = delimiterByte
        settings.table = table
        return settings
    }

    /// The sources by name, in the order given.
    func sources() throws -> [(name: String, path: String)] { try Self.sources(of: input) }

    static func sources(of input: [String]) throws -> [(name: String, path: String)] {
        var sources: [(name: String, path: String)] = []
        for (number, text) in input.enumerated() {
            let source = source(text)
            if let earlier = sources.firstIndex(where: { $0.name == source.name }) {
                throw MatchFault(
                    """
                    The inputs \(earlier + 1) and \(number + 1) would both be called "\(source.name)". Name them, as in \
                    --input first=\(sources[earlier].path) second=\(source.path).
                    """)
            }
            sources.append(source)
        }
        return sources
    }

    /// Every file that is read, which no output may replace.
    func paths() throws -> [String] { try sources().map(\.path) + [model] }

    /// A source's name and the file that was named for it.
    static func source(_ text: String) -> (name: String, path: String) {
        if text == "-" { return ("stdin", text) }
        if let equals = text.firstIndex(of: "="), equals > text.startIndex, !text[..<equals].contains("/") {
            return (String(text[..<equals]), String(text[text.index(after: equals)...]))
        }
        let file = text.split(separator: "/").last.map(String.init) ?? text
        return (file.split(separator: ".").first.map(String.init) ?? file, text)
    }
}

/// How much work may be done without asking.
struct MatchLimits: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "A value that brings more pairs together than this is refused, or as you say: mostly it is a filler.",
            valueName: "number"))
    var mostBlockPairs = PairLimits().pairsOfBlock

    @Option(
        name: .long,
        help: ArgumentHelp(
            """
            What becomes of such a value: refuse it, split its records by one thing more in which they agree, or skip them.
            """, valueName: "way"))
    var hugeBlocks = PairLimits.HugeBlocks.refuse

    var pairs: PairLimits {
        var limits = PairLimits(pairsOfBlock: mostBlockPairs)
        limits.hugeBlocks = hugeBlocks
        return limits
    }

    /// What of it changes the links.
    var settings: [(name: String, value: String)] {
        [("--most-block-pairs", "\(mostBlockPairs)"), ("--huge-blocks", hugeBlocks.rawValue)]
    }

    func validate() throws {
        if mostBlockPairs < 1 { throw ValidationError("--most-block-pairs is 1 or more.") }
    }
}

extension PairLimits.HugeBlocks: ExpressibleByArgument {}

/// A step that cannot be done as asked, with what to do instead.
struct MatchFault: Refusal {
    let sentence: String

    init(_ sentence: String) {
        self.sentence = sentence
    }
}
