import Testing
import Values

@testable import Matching

/// Who has moved differs in street, town and postcode at once, and is one person all the same.
struct MoversTests {
    @Test(arguments: [0.1, 0.25])
    func `who has moved is found, although three comparisons say otherwise at once`(share: Double) async throws {
        let people = Movers.people(25_000, moved: share, seed: 51)
        let linker = try Linker(Movers.model, people.records(for: Movers.model))

        let model = try await linker.trained().model

        let links = try await Linker(model, linker.records).allLinks(from: LogOdds.weight(0.5))
        func person(_ row: UInt32) -> Substring { people.rows[Int(row)].name.split(separator: "-")[0] }
        let right = links.filter { person($0.left) == person($0.right) }
        #expect(Double(right.count) > 0.97 * Double(links.count))
        #expect(Double(right.count) > 0.93 * Double(people.truePairs), "\(right.count) of \(people.truePairs)")
    }

    @Test func `what two rules without a common column bring is known of each pattern`() async throws {
        let people = Movers.people(500, moved: 0.2, seed: 52)
        let linker = try Linker(Movers.model, people.records(for: Movers.model))
        let sweep = try linker.sweep(over: Movers.model.blocking)
        let pieces = RulePieces(Movers.model.blocking, sweep.rules, linker.records.layout)
        // Pieces: last, born, first, phone, mail, post.
        #expect(pieces.isFoundTwice(0b001011, stratum: 0))
        #expect(!pieces.isFoundTwice(0b000111, stratum: 0))
        #expect(pieces.isFoundTwice(0b011000, stratum: 2))
        #expect(!pieces.isFoundTwice(0b001000, stratum: 2))
    }
}

/// Made people who stand there twice, some of them at another address the second time.
private enum Movers {
    private static let columns = ["first", "last", "born", "phone", "mail", "street", "town", "post"]
    private static let sizes = [300, 900, 20_000, 1_000_000, 1_000_000, 9000, 60, 20_000]

    static var model: Model {
        MadePeople.model(
            of: columns, by: [["last", "born"], ["first", "born"], ["phone"], ["mail"], ["post", "first"]])
    }

    static func people(_ count: Int, moved: Double, seed: UInt64) -> MadePeople {
        var chance = SeededChance(seed: seed)
        func happens(_ share: Double) -> Bool { Double(chance.below(1_000_000)) < share * 1_000_000 }
        func value(_ column: Int) -> String { "\(columns[column])\(chance.below(sizes[column]))" }
        func seen(_ person: [String]) -> [String?] {
            person.indices.map { column in
                let missing = [0.02, 0, 0.1, 0.3, 0.35, 0, 0, 0.1][column]
                if happens(missing) { return nil }
                return happens(column < 5 ? 0.05 : 0.02) ? value(column) : person[column]
            }
        }
        var people = MadePeople(0, twice: 0, columns: columns, seed: seed)
        for number in 0..<count {
            var person = columns.indices.map { value($0) }
            people.rows.append(("p\(number)", seen(person)))
            guard happens(0.6) else { continue }
            if happens(moved) { for column in 5..<8 { person[column] = value(column) } }
            people.rows.append(("p\(number)-again", seen(person)))
            people.truePairs += 1
        }
        return people
    }
}
