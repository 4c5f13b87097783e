import Foundation
import Testing
import Values

@Suite struct MomentTests {
    private static let first: Int64 = -62_167_219_200_000  // 0000-01-01T00:00:00.000Z
    private static let last: Int64 = 253_402_300_799_999  // 9999-12-31T23:59:59.999Z

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (1_709_251_199_999, "2024-02-29T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"), (first, "0000-01-01T00:00:00.000Z"),
            (last, "9999-12-31T23:59:59.999Z"),
        ] as [(Int64, String)])
    func `known moments are written and read`(milliseconds: Int64, text: String) {
        #expect(Moment(milliseconds: milliseconds).description == text)
        #expect(Moment(text)?.milliseconds == milliseconds)
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `every moment is read as it was written, and texts sort as time does`(seed: UInt64) throws {
        var numbers = SeededChance(seed: seed)
        for _ in 0..<3_000 {
            let one = Moment(milliseconds: .random(in: MomentTests.first...MomentTests.last, using: &numbers))
            // Near neighbours and far ones.
            let distance = Int64.random(in: -(1 << Int64.random(in: 0..<45, using: &numbers))...1_000, using: &numbers)
            let clamped = min(max(one.milliseconds + distance, MomentTests.first), MomentTests.last)
            let other = Moment(milliseconds: clamped)
            #expect(Moment(one.description) == one)
            #expect(one.description.utf8.count == 24)
            #expect((one < other) == (one.description < other.description))
            #expect(one + (other - one) == other)
            #expect(other - (other - one) == one)
        }
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `whatever is read means what stands there`(seed: UInt64) {
        var numbers = SeededChance(seed: seed)
        for _ in 0..<3_000 {
            let moment = Moment(milliseconds: .random(in: MomentTests.first...MomentTests.last, using: &numbers))
            let spoiled = numbers.spoiled(moment.description)
            guard let read = Moment(spoiled) else { continue }
            // A shorter fraction is understood; nothing else may differ.
            #expect(read.description.dropLast().hasPrefix(spoiled.dropLast()), "\(spoiled)")
        }
    }

    @Test(arguments: [
        ("2026-11-22T09:30:00Z", 0), ("2026-11-22T09:30:00.1Z", 100), ("2026-11-22T09:30:00.12Z", 120),
        ("2026-11-22T09:30:00.123Z", 123),
    ])
    func `a shorter fraction is understood`(text: String, milliseconds: Int64) {
        #expect(Moment(text)?.milliseconds == 1_795_339_800_000 + milliseconds)
    }

    @Test(arguments: [
        "", "Z", "2026-11-22", "2026-11-22T09:30:00", "2026-11-22T09:30Z", "2026-11-22T24:00:00Z",
        "2026-11-22T23:60:00Z",
        "2026-11-22T23:59:60Z", "2026-11-22T09:30:00.Z", "2026-11-22T09:30:00.1234Z", "2026-11-22T09:30:00,123Z",
        "2026-11-22T09:30:00+01:00", "2026-11-22t09:30:00Z", "2026-11-22T09:30:00z", "2026-11-22 09:30:00Z",
        "2023-02-29T09:30:00Z",
        "2026-11-22T-9:30:00Z", "2026-11-22T09:30:00.-12Z", "2026-11-22T09:30:0\u{663}Z", "xxxxxxxxxxxxxxxxxxxZ",
        "2026-11-22T09:30:00.12\u{0}Z",
    ])
    func `what is no moment is not read as one`(text: String) {
        #expect(Moment(text) == nil)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([Moment].self, from: JSONEncoder().encode([text]))
        }
    }

    @Test func `durations are whole milliseconds, rounded towards zero`() {
        #expect(Duration.microseconds(1_999).milliseconds == 1)
        #expect(Duration.microseconds(-1_999).milliseconds == -1)
        #expect(Duration.minutes(2) == .seconds(120))
        #expect(Duration.hours(1) == .minutes(60))
        #expect(Duration.days(1) == .hours(24))
        #expect(Duration.milliseconds(1_500).inSeconds == 1.5)
        #expect(Moment.earliest + .days(365) == Moment("1971-01-01T00:00:00Z"))
    }

    @Test func `JSON holds the written form`() throws {
        let moment = Moment(milliseconds: 1_795_339_800_123)
        let json = try JSONEncoder().encode([moment])
        #expect(String(decoding: json, as: UTF8.self) == "[\"2026-11-22T09:30:00.123Z\"]")
        #expect(try JSONDecoder().decode([Moment].self, from: json) == [moment])
    }
}
