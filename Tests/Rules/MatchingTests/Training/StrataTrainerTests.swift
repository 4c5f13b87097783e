import Testing

@testable import Matching

@Suite struct StrataTrainerTests {
    @Test func `training finds the shares that records were made with`() async throws {
        let people = MadePeople(1500, twice: 0.3, seed: 11)
        let linker = try Linker(MadePeople.model, people.records(for: MadePeople.model))

        let (model, notes) = try await linker.trained()

        for (number, size) in MadePeople.sizes.enumerated() {
            let exact = model.comparisons[number].levels[1]
            #expect(abs((exact.m ?? 0) - 0.9) < 0.06, "\(exact)")
            #expect(abs((exact.u ?? 0) * Double(size) - 1) < 0.25, "\(exact)")
        }
        let links = try await Linker(model, linker.records).allLinks()
        let expected = links.reduce(0) { $0 + LogOdds.probability($1.weight) }
        let found = links.count { linker.records.isSamePerson($0) }
        // Few records and common names: drawing each rule's pairs towards the common values costs a tenth.
        #expect(abs(expected - Double(found)) < 0.12 * Double(found), "\(expected) of \(found)")
        #expect(notes.contains { if case .dependent = $0 { true } else { false } } == false)
    }

    @Test func `where nobody stands twice hardly a match is expected, and this is said`() async throws {
        let people = MadePeople(2000, twice: 0, seed: 12)
        let linker = try Linker(MadePeople.model, people.records(for: MadePeople.model))

        let (model, notes) = try await linker.trained()

        let links = try await Linker(model, linker.records).allLinks()
        #expect(links.count > 500)
        #expect(links.reduce(0) { $0 + LogOdds.probability($1.weight) } < 10)
        #expect(notes.contains { if case .fewMatches = $0 { true } else { false } })
    }

    @Test func `neither the order of records nor the number of workers changes a bit`() async throws {
        var people = MadePeople(600, twice: 0.3, seed: 13)
        var plan = MadePeople.model
        plan.comparisons[0].levels[1].frequency = FrequencyAdjustment(column: "first")
        let first = try await Linker(plan, people.records(for: plan), workers: 1).trained()

        people.rows.sort { $0.values[1] ?? "" < $1.values[1] ?? "" }
        let second = try await Linker(plan, people.records(for: plan), workers: 3).trained()

        #expect(first.model == second.model)
        #expect(first.notes == second.notes)
    }

    @Test func `few records are compared where no rule brings them together, and the sum of matches is right`()
        async throws
    {
        let people = MadePeople(250, twice: 0.4, wrong: 0.2, seed: 14)
        var plan = MadePeople.model
        plan.training.comparesRest = true
        let linker = try Linker(plan, people.records(for: plan))

        let model = try await linker.trained().model

        let count = people.rows.count
        let links = try await Linker(model, linker.records).allLinks()
        #expect(links.count == count * (count - 1) / 2)
        let expected = links.reduce(0) { $0 + LogOdds.probability($1.weight) }
        #expect(abs(expected - Double(people.truePairs)) < 0.2 * Double(people.truePairs), "\(expected)")
    }

    @Test func `comparisons that every rule looks at are named`() async throws {
        let people = MadePeople(300, twice: 0.3, seed: 15)
        var plan = MadePeople.model
        plan.blocking = Array(plan.blocking[1...1])
        let notes = try await Linker(plan, people.records(for: plan)).trained().notes

        #expect(notes.contains(.blockedOn("born")))
        #expect(notes.allSatisfy { !$0.sentence.isEmpty })
    }

    @Test func `a model without rules is given some`() async throws {
        let people = MadePeople(300, twice: 0.3, seed: 16)
        var plan = MadePeople.model
        plan.blocking = []
        let (model, notes) = try await Linker(plan, people.records(for: plan)).trained()

        #expect(model.blocking.flatMap(\.columns).contains("born"))
        #expect(notes.contains { if case .madeRules = $0 { true } else { false } })
        #expect(model.strata?.rules.count == model.blocking.count)
    }

    @Test func `what is held stays`() async throws {
        let people = MadePeople(500, twice: 0.3, seed: 17)
        var plan = MadePeople.model
        plan.comparisons[3].levels[1].m = 0.5
        plan.comparisons[3].levels[1].isMFixed = true
        let model = try await Linker(plan, people.records(for: plan)).trained().model

        #expect(model.comparisons[3].levels[1].m == 0.5)
        #expect(abs((model.comparisons[3].levels[2].m ?? 0) - 0.5) < 1e-9)
    }

    @Test func `random pairs give up their matches, so that u may be next to nothing`() async throws {
        let people = MadePeople(400, twice: 0.5, wrong: 0.02, seed: 18)
        var plan = MadePeople.model
        plan.training.deterministic = [plan.blocking[0]]
        plan.training.runs = [plan.blocking[0], plan.blocking[1]]
        let model = try await Linker(plan, people.records(for: plan)).trained().model

        // 2000 days: by chance 0.0005, and the matches among all pairs make it 0.0013.
        let u = model.comparisons[2].levels[1].u ?? 0
        #expect(u < 0.0008, "\(u)")
        #expect(model.strata == nil)
    }
}

extension Records {
    fileprivate func isSamePerson(_ link: Link) -> Bool {
        func person(_ row: UInt32) -> Substring { name(of: Int(row)).prefix { $0 != "-" } }
        return person(link.left) == person(link.right)
    }
}
