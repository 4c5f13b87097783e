import Testing
import Values

@testable import Matching

/// People who live together share a surname and a home, and are not one person.
struct HouseholdTests {
    @Test(arguments: [0, 0.3, 0.6])
    func `relatives are not taken for one person, however many they are`(share: Double) async throws {
        // Given some who live where the one before them lives, by the rule that brings all of them together.
        let people = Household.people(4000, share: share, seed: 41)
        let linker = try Linker(Household.model, people.records(for: Household.model))

        let model = try await linker.trained().model

        let links = try await Linker(model, linker.records).allLinks(from: LogOdds.weight(0.01))
        let truth = people.clusters
        func isTrue(_ link: Link) -> Bool { truth[Int(link.left)] == truth[Int(link.right)] }
        let sure = links.filter { LogOdds.probability($0.weight) >= 0.99 }
        #expect(Double(sure.count(where: isTrue)) > 0.97 * Double(sure.count), "Of what is sure nearly all is right.")
        #expect(Double(sure.count(where: isTrue)) > 0.75 * Double(people.truePairs), "Most is found surely.")
        let expected = links.reduce(0) { $0 + LogOdds.probability($1.weight) }
        let found = Double(links.count(where: isTrue))
        #expect(abs(expected - found) < 0.06 * found, "\(expected) expected, \(found) found")
    }

    @Test func `the rarity of a surname counts for little where relatives share it`() async throws {
        let people = Household.people(4000, share: 0.4, seed: 42)
        let linker = try Linker(Household.model, people.records(for: Household.model))

        let rules = try #require(try await linker.trained().model.strata).rules

        // Rule 3 brings those of one surname and one home; rule 1 those who have both names by chance.
        #expect(rules[2].chance < 0.3)
        #expect(rules[0].chance > 0.5)
    }

    @Test func `what is learned does not hang on the order of records or the number of workers`() async throws {
        var people = Household.people(1000, share: 0.4, seed: 43)
        let first = try await Linker(Household.model, people.records(for: Household.model), workers: 1).trained()

        people.rows.reverse()
        let second = try await Linker(Household.model, people.records(for: Household.model), workers: 5).trained()

        #expect(first.model == second.model)
    }
}

/// Made people of whom some live together.
private enum Household {
    static let columns = ["first", "last", "born", "home", "mail"]
    private static let sizes = [150, 400, 8000, 3000, 9000]

    static var model: Model {
        var model = MadePeople.model(
            of: columns, by: [["first", "last"], ["first", "born"], ["last", "home"], ["mail"]])
        model.comparisons[1].levels[1].frequency = FrequencyAdjustment(column: "last")
        return model
    }

    static func people(_ count: Int, share: Double, seed: UInt64) -> MadePeople {
        var people = MadePeople(0, twice: 0, columns: columns, seed: seed)
        var chance = SeededChance(seed: seed)
        func happens(_ share: Double) -> Bool { Double(chance.below(1_000_000)) < share * 1_000_000 }
        /// The square makes low numbers common and high ones rare.
        func value(_ column: Int) -> String {
            let share = Double(chance.below(1_000_000)) / 1_000_000
            return "\(columns[column])\(Int(share * (column < 2 ? share : 1) * Double(sizes[column])))"
        }
        var before: [String?] = []
        for person in 0..<count {
            var values: [String?] = columns.indices.map { value($0) }
            if person > 0, happens(share) { (values[1], values[3]) = (before[1], before[3]) }
            before = values
            people.rows.append(("p\(person)", values))
            guard happens(0.3) else { continue }
            people.truePairs += 1
            let wrong = [0.08, 0.05, 0.04, 0.15, 0.1]
            people.rows.append(
                ("p\(person)-again", columns.indices.map { happens(wrong[$0]) ? value($0) : values[$0] }))
        }
        return people
    }
}
