import Foundation
import Testing
import Values

@Suite struct DayTests {
    private static let firstDay = -719_528  // 0000-01-01
    private static let lastDay = 2_932_896  // 9999-12-31

    /// The calendar repeats itself after 400 years, so one round at each end and one around today are all there is.
    @Test(arguments: [0, 1_800, 9_600])
    func `every day of four hundred years follows the one before in the calendar and in writing`(first: Int) throws {
        var (year, month, day) = (first, 1, 1)
        let start = try #require(Day(year: year, month: month, day: day))
        var before = ""
        for number in 0..<146_097 {
            let value = start + number
            let written = value.description
            guard value.civil == (year, month, day), Day(year: year, month: month, day: day) == value,
                written.utf8.count == 10, written > before, Day(written) == value
            else { return #expect(Bool(false), "After \(before) comes \(written), \(value.civil)") }
            before = written
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            let length = month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
            day += 1
            if day > length { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
        #expect((year, month, day) == (first + 400, 1, 1))
    }

    @Test(arguments: [
        ("2024-02-29", true), ("2023-02-29", false), ("1900-02-29", false), ("2000-02-29", true), ("0000-02-29", true),
    ])
    func `a leap day is there in leap years only`(text: String, exists: Bool) {
        #expect((Day(text) != nil) == exists)
        #expect(Day(text)?.description == (exists ? text : nil))
    }

    @Test(arguments: [
        "", "2026", "2026-11", "2026-11-31", "2026-13-01", "2026-00-10", "2026-11-00", "2026-1-01", "26-11-22",
        "2026/11/22", " 2026-11-22", "2026-11-22 ", "2026-11-22T", "-026-11-22",
        "+026-11-22", "2026-11-2٣", "２０２６-11-22", "2026-11-2\u{0}",
    ])
    func `what is no day is not read as one`(text: String) {
        #expect(Day(text) == nil)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Day].self, from: JSONEncoder().encode([text])) }
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `whatever is read is written the same`(seed: UInt64) {
        var numbers = SeededChance(seed: seed)
        for _ in 0..<3_000 {
            let day = Day(daysSinceEpoch: .random(in: DayTests.firstDay...DayTests.lastDay, using: &numbers))
            let spoiled = numbers.spoiled(day.description)
            if let read = Day(spoiled) { #expect(read.description == spoiled) }
        }
    }

    @Test func `the week begins on Monday, before 1970 too`() {
        #expect(Day(year: 2026, month: 11, day: 22)?.weekday == 7)
        #expect(Day(year: 2026, month: 11, day: 23)?.weekday == 1)
        for number in -1_000...1_000 {
            #expect(Day(daysSinceEpoch: number + 1).weekday == Day(daysSinceEpoch: number).weekday % 7 + 1)
        }
    }

    @Test func `days are added, subtracted and compared as numbers`() throws {
        let day = try #require(Day("2024-02-28"))
        #expect((day + 2).description == "2024-03-01")
        #expect((day + -59).description == "2023-12-31")
        #expect((day + 366) - day == 366)
        #expect(day < day + 1)
        #expect(day.startInUTC.description == "2024-02-28T00:00:00.000Z")
    }

    @Test(arguments: [
        ("2026-06-30T22:59:59.999Z", "2026-06-30"), ("2026-06-30T23:00:00.000Z", "2026-07-01"),
        ("2026-12-31T23:59:59.999Z", "2026-12-31"), ("2027-01-01T00:00:00.000Z", "2027-01-01"),
    ])
    func `a moment's day begins at midnight by the body's clock, in summer an hour before UTC's`(
        moment: String, day: String
    ) throws {
        #expect(Day(try #require(Moment(moment))) == Day(day))
    }
}
