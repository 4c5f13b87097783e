import ArgumentParser
import Glibc

/// Writes invented people as CSV: the same for the same seed, and fewer rows are the beginning of more.
struct PeopleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people", abstract: "Write invented people with duplicates; the truth is in the column cluster.")

    @Argument(help: "The file to write.")
    var file: String

    @Option(help: "How many records.")
    var rows = 1_000_000

    @Option(help: "Another seed, other people.")
    var seed: UInt64 = 1

    @Option(help: "The share of people who live with the one before them, mostly under the same surname.")
    var families = 0.0

    @Option(help: "Of those, the share born on the same day as the one before them.")
    var twins = 0.0

    @Option(help: "Of those, the share with the forename and surname of the one before them.")
    var juniors = 0.0

    @Option(help: "Of those, the share with the telephone and e-mail of the one before them.")
    var contacts = 0.0

    func run() throws {
        guard let output = fopen(file, "w") else { throw ValidationError("\(file) cannot be written.") }
        var text = Array((Column.allCases.map(\.rawValue).joined(separator: ",") + "\n").utf8)
        let population = Population(
            seed: seed, families: Families(share: families, twins: twins, juniors: juniors, contacts: contacts))
        var written = 0
        var block = 0
        while written < rows {
            for record in population.records(ofBlock: block).prefix(rows - written) {
                written += 1
                record.append(to: &text, number: written)
            }
            block += 1
            try flush(text, to: output)
            text.removeAll(keepingCapacity: true)
        }
        guard fclose(output) == 0 else { throw ValidationError("\(file) could not be written whole.") }
    }

    private func flush(_ text: [UInt8], to output: UnsafeMutablePointer<FILE>) throws {
        guard fwrite(text, 1, text.count, output) == text.count else {
            throw ValidationError("\(file) could not be written whole.")
        }
    }
}
