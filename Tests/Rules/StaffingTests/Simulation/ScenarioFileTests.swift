import Foundation
import Routing
@testable import Staffing
import Testing
import Values

struct ScenarioFileTests {
    @Test func `the example has every key that is read, and is read`() throws {
        let text = try Self.example()
        let scenario = try ScenarioFile.read([UInt8](text.utf8), name: "surge.yaml")

        let known =
            ScenarioReader.keys + ScenarioReader.queueKeys + ScenarioReader.teamKeys + [
                "per", "total", "shape", "counts", "share", "after", "most", "at-closing", "accepted", "reached",
                "dialling", "again", "tries", "drops-every", "back-after", "from", "to", "advisers", "breaks", "at",
                "length", "paid", "calls", "chats", "mean", "cv", "measured",
            ]
        for key in known { #expect(text.contains("\(key):"), "\(key)") }
        #expect(scenario.queues.map(\.name) == ["New scheme", "Everything else", "Chat"])
        #expect(scenario.advisers == 1_500)
        #expect(abs(scenario.queues[0].expected - 60_000) < 1e-6)
        #expect(scenario.queues[0].arrivals.count == 20)
        #expect(scenario.queues[0].patience == .exponential(mean: .minutes(40)))
        #expect(scenario.queues[0].callbacks?.after == .minutes(15))
        #expect(scenario.teams[0].line == HomeLine(dropsEvery: .hours(60), backAfter: .exponential(mean: .seconds(90))))
        #expect(scenario.teams[0].shifts[0].paidSeconds == 7.5 * 3_600)
        #expect(scenario.teams[2].capacity.limits[.chat] == 3)
    }

    @Test(arguments: [
        ("total: 60_000", "total: -5", "queues[0].arrivals (line 26)", "make no sense. Give a number, 0 or more."),
        ("handling: {mean: 9m, cv: 0.8}", "handling: {mean: 0s}", "queues[0].handling (line 30)", "no time at all"),
        ("    handling: {mean: 11m, cv: 0.9}\n", "", "queues[1]", "\"handling\" is missing"),
        ("advisers: 700", "advisers: 1000000", "teams[0].shifts[0].advisers", "1000000 advisers make no sense"),
        ("skills: {general: 2}", "skills: {gneral: 2}", "teams[2].skills.gneral", "No queue asks for \"gneral\""),
        ("does: {chats: 3}", "does: {calls: 1}", "queues[2]", "Nobody can answer"),
        ("does: {chats: 3}", "does: {calls: 3, chats: 3}", "teams[2].does.calls", "from 0 to 1"),
        ("{at: 12:00, length: 30m}", "{at: 10:05, length: 30m}", "teams[0].shifts[0].breaks[1]", "overlaps"),
        ("target: 5m", "tagret: 5m", "queues[0]", "no key \"tagret\""),
        ("target: 5m", "target: soon", "queues[0].target (line 34)", "no length of time"),
        ("from: 08:00", "from: 25:61", "teams[0].shifts[0].from", "no time of day"),
        ("cv: 0.8", "cv: 99", "queues[0].handling.cv", "at most 10"),
        ("missed: 0.01 ", "missed: 1.5 ", "teams[0].missed", "a share from 0 to"),
        ("open: 09:00-17:00", "open: 17:00-09:00", "queues[2].open", "the earlier time first"),
        ("channel: chat", "channel: fax", "queues[2].channel", "call or chat"),
        ("day: 2026-12-07", "day: Monday", "day (line 12)", "no day"),
        ("zone: Europe/London", "zone: Europe/Leeds", "zone (line 13)", "no time zone"),
        ("name: Chat desk", "name: Office", "teams[2].name", "is there twice"),
        ("does: {chats: 3}", "does: {chats: 0}", "teams[2].does", "takes nothing"),
    ]) func `what is wrong is named with its place and what to do`(
        before: String, after: String, place: String, reason: String
    ) throws {
        let text = try Self.example()
        let range = try #require(text.range(of: before))
        let wrong = text.replacingCharacters(in: range, with: after)

        let error = #expect(throws: ScenarioFaults.self) {
            try ScenarioFile.read([UInt8](wrong.utf8), name: "surge.yaml")
        }
        let sentence = error?.sentence ?? ""
        #expect(sentence.contains("surge.yaml: \(place)"), "\(sentence)")
        #expect(sentence.contains(reason), "\(sentence)")
    }

    @Test func `queues that nobody comes to answer, and arrivals that overlap or come too early, are refused`() throws {
        var scenario = Scenario.everything
        scenario.queues[0].arrivals[1].time = .hours(9)..<(.hours(10))
        scenario.queues[1].arrivals[0].time = .hours(8)..<(.hours(10))
        let reasons = scenario.faults.map(\.sentence)

        #expect(reasons.contains { $0.contains("overlap those before") })
        #expect(reasons.contains { $0.contains("outside the opening hours") })
        scenario = .everything
        scenario.teams[0].shifts = [Shift(.hours(13)..<(.hours(14)), advisers: 4)]
        scenario.teams[1].shifts = [Shift(.hours(13)..<(.hours(14)), advisers: 4)]
        #expect(scenario.faults.map(\.reason).contains { $0.contains("Nobody is there to answer") })
        #expect(throws: ScenarioFaults.self) { try Simulation(scenario) }
    }

    @Test func `whatever the bytes are, the reader answers or refuses`() throws {
        let text = [UInt8](try Self.example().utf8)
        var chance = SeededChance(seed: 1)
        var read = 0
        for _ in 0..<400 {
            var bytes = text
            for _ in 0...chance.below(4) {
                let place = chance.below(bytes.count)
                switch chance.below(4) {
                case 0: bytes[place] = UInt8(chance.below(256))
                case 1: bytes.removeSubrange(place..<min(bytes.count, place + 1 + chance.below(40)))
                case 2: bytes.insert(contentsOf: [UInt8]("[{:-9e ".utf8).prefix(1 + chance.below(7)), at: place)
                default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + chance.below(200))], at: place)
                }
            }
            do {
                let scenario = try ScenarioFile.read(bytes, name: "x.yaml")
                #expect(scenario.faults.isEmpty)
                read += 1
            } catch let faults as ScenarioFaults {
                #expect(!faults.faults.isEmpty && faults.sentence.contains("x.yaml"))
            }
        }
        // Comments and digits are changed without harm; most else is not.
        #expect(read > 20 && read < 380)
    }

    @Test(arguments: [
        ("[" + String(repeating: "[", count: 500), "nested too deep"), ("a: &a [1]\nb: *a\n", "no key \"a\""),
        ("name: x\nname: y\n", "there twice"), ("", "A table of keys"), ("- 1\n", "A table of keys"),
    ]) func `hostile files are refused`(text: String, reason: String) {
        let error = #expect(throws: ScenarioFaults.self) { try ScenarioFile.read([UInt8](text.utf8), name: "x.yaml") }
        #expect(error?.sentence.contains(reason) == true, "\(error?.sentence ?? "")")
    }

    private static func example() throws -> String {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<5 { folder.deleteLastPathComponent() }
        return try String(contentsOf: folder.appendingPathComponent("docs/examples/surge.yaml"), encoding: .utf8)
    }
}
