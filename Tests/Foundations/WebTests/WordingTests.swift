import Foundation
import Testing
import Values
import Web

@Suite struct WordingTests {
    @Test func `a day that is far away has its year`() throws {
        let now = try #require(Moment("2026-11-23T09:00:00Z"))
        let gmt = TimeZone.gmt
        #expect(Wording.dayAndTime(now + .days(7), in: gmt, seenAt: now) == "Monday 30 November at 9am")
        #expect(Wording.dayAndTime(now + .days(100), in: gmt, seenAt: now) == "Wednesday 3 March at 9am")
        #expect(Wording.dayAndTime(now + .days(365), in: gmt, seenAt: now) == "Tuesday 23 November 2027 at 9am")
        #expect(Wording.dayAndTime(now + .days(-365), in: gmt, seenAt: now) == "Sunday 23 November 2025 at 9am")
    }
}
