import Synchronization
import Testing
import Values

@testable import Matching

/// The linker against one that compares every pair in the plainest way.
struct LinkerProofTests {
    @Test(arguments: Array(UInt64(0)..<300))
    func `random models link random records as the slow way does`(seed: UInt64) async throws {
        let sample = RandomCase(seed: seed)
        let expected = sample.slow.weights()

        let linker = try Linker(sample.model, sample.records())
        for floor in [-Double.infinity, -1, 2] {
            let links = try await linker.all(from: floor)

            var seen: Set<SlowEngine.Pair> = []
            for link in links {
                let pair = SlowEngine.Pair(sample.order[Int(link.left)], sample.order[Int(link.right)])
                #expect(seen.insert(pair).inserted, "seed \(seed): \(pair) comes twice")
                let weight = expected[pair] ?? .nan
                #expect(abs(weight - link.weight) < 1e-9, "seed \(seed): \(pair) is \(link.weight), not \(weight)")
            }
            // A weight at the floor itself may fall on either side by the order in which it is summed.
            let missed = expected.filter { $0.value >= floor + 1e-9 && !seen.contains($0.key) }
            #expect(missed.isEmpty, "seed \(seed): missed \(missed) from \(floor)")
        }
    }

    @Test(arguments: Array(UInt64(300)..<420))
    func `neither workers nor shares of the keys change anything but the order`(seed: UInt64) async throws {
        let sample = RandomCase(seed: seed)
        var linker = try Linker(sample.model, sample.records(), workers: 1)
        let alone = try await linker.all(from: -5)

        for workers in [2, 3, 5] {
            linker.workers = workers
            #expect(try await linker.all(from: -5) == alone, "seed \(seed), \(workers) workers")
        }
        for bytes in [90, 250] {
            let shared = try await linker.all(from: -5, within: PairLimits(bytes: bytes))
            #expect(shared.count == alone.count && Set(shared) == Set(alone), "seed \(seed), \(bytes) bytes")
        }
    }

    @Test(arguments: Array(UInt64(420)..<520))
    func `the order of rows does not matter`(seed: UInt64) async throws {
        var sample = RandomCase(seed: seed)
        let one = try await sample.linksByName(from: -5)

        sample.shuffle()

        #expect(try await sample.linksByName(from: -5) == one, "seed \(seed)")
    }

    @Test func `two thousand records with one key make every pair once`() async throws {
        var model = Model()
        model.frequencyCounting = .all
        model.blocking = [BlockingRule(.equal([.init(.column("first"))], also: nil))]
        model.comparisons = [
            Comparison(name: "first", levels: [Level(.otherwise, label: "else", m: 0.5, u: 0.25)])
        ]
        let people = (0..<2000).map { PlainRecord(name: "r\($0)", source: 0, values: ["first": "bram"]) }
        let linker = try Linker(model, Records(of: people, sources: ["people"], for: model))

        let links = try await linker.all(from: -.infinity)

        #expect(links.count == 2000 * 1999 / 2)
        #expect(Set(links.map { SlowEngine.Pair(Int($0.left), Int($0.right)) }).count == links.count)
    }

    @Test(arguments: [0, 1]) func `with fewer than two records there is nothing to link`(count: Int) async throws {
        var model = RandomCase(seed: 7).model
        model.links = .dedupe
        let people = (0..<count).map { PlainRecord(name: "r\($0)", source: 0, values: [:]) }
        let linker = try Linker(model, Records(of: people, sources: ["a"], for: model))

        #expect(try await linker.all(from: -.infinity).isEmpty)
    }

    @Test func `what a receiver throws ends the scoring soon`() async throws {
        struct Enough: Error {}
        let calls = Mutex(0)
        var model = Model()
        model.frequencyCounting = .all
        model.blocking = [BlockingRule(.equal([.init(.column("first"))], also: nil))]
        let people = (0..<3000).map { PlainRecord(name: "r\($0)", source: 0, values: ["first": "\($0 % 3)"]) }
        let linker = try Linker(model, Records(of: people, sources: ["people"], for: model))

        await #expect(throws: Enough.self) {
            _ = try await linker.links(from: -.infinity) { _, _ in
                calls.withLock { $0 += 1 }
                throw Enough()
            }
        }

        #expect(calls.withLock { $0 } == 1)
    }
}

/// A model, records for it, and in which order they were read.
struct RandomCase {
    let model: Model
    private(set) var people: [PlainRecord]
    let sources: [String]
    private var random: RandomModels

    init(seed: UInt64) {
        random = RandomModels(seed: seed)
        sources = Array(["b", "a", "c"].prefix(random.pick([1, 1, 2, 3])))
        model = random.model(sources: sources)
        people = random.records(sources: sources.count, most: random.pick([2, 8, 16, 24]))
    }

    var slow: SlowEngine { SlowEngine(model: model, sources: sources, records: people) }

    /// For each row, the place of its record among the people.
    var order: [Int] { sources.indices.flatMap { source in people.indices.filter { people[$0].source == source } } }

    func records() throws -> Records { try Records(of: people, sources: sources, for: model) }

    mutating func shuffle() {
        people = random.shuffled(people)
    }

    /// Both names, the lower first, and the weight in millionths.
    func linksByName(from floor: Double) async throws -> [String] {
        let records = try records()
        return try await Linker(model, records).all(from: floor).map { link in
            let names = [link.left, link.right].map { row in
                "\(records.sources[records.source(of: Int(row))].name)/\(records.name(of: Int(row)))"
            }
            return "\(names.sorted()) \((link.weight * 1e6).rounded())"
        }.sorted()
    }
}

extension Linker {
    /// All links at once.
    func all(
        from floor: Double, within limits: PairLimits = PairLimits(), among choice: PairChoice? = nil
    ) async throws -> [Link] {
        let found = Mutex<[Link]>([])
        let (_, count) = try await links(from: floor, within: limits, among: choice) { links, _ in
            found.withLock { $0 += links }
        }
        let links = found.withLock { $0 }
        #expect(count == links.count)
        return links
    }
}
