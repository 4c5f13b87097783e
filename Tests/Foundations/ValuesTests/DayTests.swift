import Foundation
import Testing
import Values

@Suite struct DayTests {
    private static let firstDay = -719_528  // 0000-01-01
    private static let lastDay = 2_932_896  // 9999-12-31

    @Test func `every day of ten thousand years follows the one before in the calendar and in writing`() {
        var year = 0, month = 1, day = 1
        var before = ""
        for number in DayTests.firstDay...DayTests.lastDay {
            let value = Day(daysSinceEpoch: number)
            guard value.civil == (year, month, day), Day(year: year, month: month, day: day) == value else {
                Issue.record("Day \(number) is \(value.civil), not \(year)-\(month)-\(day)")
                return
            }
            // Writing is slower, so every 37th day, which meets every month and day of the month.
            if number % 37 == 0 {
                let written = value.description
                guard written.utf8.count == 10, written > before, Day(written) == value else {
                    Issue.record("Day \(number) is written \(written)")
                    return
                }
                before = written
            }
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            let length = month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
            day += 1
            if day > length { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
        #expect((year, month, day) == (10_000, 1, 1))
    }

    @Test(arguments: [("2024-02-29", true), ("2023-02-29", false), ("1900-02-29", false), ("2000-02-29", true), ("0000-02-29", true)])
    func `a leap day is there in leap years only`(text: String, exists: Bool) {
        #expect((Day(text) != nil) == exists)
        #expect(Day(text)?.description == (exists ? text : nil))
    }

    @Test(arguments: [
        "", "2026", "2026-11", "2026-11-31", "2026-13-01", "2026-00-10", "2026-11-00", "2026-1-01", "26-11-22", "2026/11/22",
        " 2026-11-22", "2026-11-22 ", "2026-11-22T", "-026-11-22", "+026-11-22", "2026-11-2٣", "２０２６-11-22", "2026-11-2\u{0}",
    ])
    func `what is no day is not read as one`(text: String) {
        #expect(Day(text) == nil)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Day].self, from: JSONEncoder().encode([text])) }
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func `whatever is read is written the same`(seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        for _ in 0..<20_000 {
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
}
