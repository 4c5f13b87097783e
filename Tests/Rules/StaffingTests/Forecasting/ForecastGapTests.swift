import Foundation
import Staffing
import Testing
import Values

/// What is missing, has just begun, or is cut.
struct ForecastGapTests {
    @Test(arguments: ["2026-03-29", "2026-10-25"])
    func `a history of days may end on one of 23 or 25 hours`(last: String) throws {
        let end = try #require(Day(last))
        var chance = SeededChance(seed: 5)
        let level = Invented.wandering(seed: 4, days: 140, by: 0.1)
        let intervals = (0..<140).map { ago in
            let start = Invented.london.moment(on: end + (ago - 139), minute: 0)
            return ContactHistory.Interval(start: start, count: Invented.poisson(1_000 * level[ago], &chance))
        }
        let forecast = try Forecast(after: ContactHistory(intervals, in: Invented.london), horizon: .days(3))
        let days = forecast.intervals.map { Invented.london.wallClock(at: $0.start).day }
        #expect(days == [end + 1, end + 2, end + 3])
        #expect(forecast.intervals.allSatisfy { (300...3_000).contains($0.expected) })
        let tried = Set(forecast.backTest.bands.flatMap(\.scores).map(\.model))
        #expect(tried.contains(.doubleSeasonalHoltWinters))
    }

    @Test(arguments: [49, 57, 60, 70, 77, 80, 100])
    func `a queue younger than its history is forecast from its own days`(open: Int) throws {
        var line = try Invented(from: "2026-01-05")
        (line.days, line.seed) = (182, 2)
        line.level = { $0 < 182 - open ? 0 : 1 }
        let forecast = try Forecast(after: line.history(), horizon: .days(14))
        #expect(forecast.intervals.allSatisfy { $0.expected.isFinite && $0.high.isFinite })
        #expect(forecast.error(from: line.truth) < 0.12)
        for band in forecast.backTest.bands {
            // Chance alone makes some 0.08 of all; zeros from before it opened would make twice that.
            #expect(band.scores.allSatisfy { ($0.weightedError ?? 0) < 0.14 })
            // Three weeks must be known before the first origin by which models are judged, eight weeks before the end.
            let isTried = band.scores.contains { $0.model == .doubleSeasonalHoltWinters }
            #expect(isTried == (open > 77))
        }
    }

    @Test func `data that resumes after weeks without any are no reason for endless errors`() throws {
        var line = try Invented(from: "2026-01-05")
        (line.days, line.seed) = (91, 3)
        line.missing = Set(7..<35)
        let forecast = try Forecast(after: line.history(), horizon: .days(7))
        #expect(forecast.backTest.bands.allSatisfy { $0.scores.allSatisfy { $0.meanAbsoluteError.isFinite } })
        #expect(forecast.error(from: line.truth) < 0.12)
    }

    @Test(arguments: [true, false])
    func `hours that were shortened are closed, whether zeros or nothing stands there`(asZeros: Bool) throws {
        var line = try Invented(from: "2026-01-05")
        (line.days, line.seed) = (182, 6)
        let shortened = line.firstDay + 70
        let intervals = line.intervals().compactMap { one -> ContactHistory.Interval? in
            let wall = Invented.london.wallClock(at: one.start)
            guard wall.day >= shortened, wall.minute < 600 || wall.minute >= 960 else { return one }
            return asZeros ? .init(start: one.start, count: 0) : nil
        }
        let forecast = try Forecast(after: ContactHistory(intervals, in: Invented.london), horizon: .days(7))
        for one in forecast.intervals {
            let wall = Invented.london.wallClock(at: one.start)
            let isOpen = wall.minute >= 600 && wall.minute < 960 && line.truth(at: one.start) > 0
            #expect((one.expected > 0) == isOpen)
            // Bounds speak of the hours that are open, not of those that closed: chance alone is ±1.64 √n.
            if isOpen { #expect(one.high - one.low < 6 * one.expected.squareRoot()) }
        }
        #expect(forecast.notes.isEmpty)
    }

    @Test func `intervals without a row for some weeks are noted, and so are weekdays never seen`() throws {
        var line = try Invented(from: "2026-01-05")
        line.days = 84
        let missing = line.firstDay + 70
        var intervals = line.intervals().filter { one in
            let wall = Invented.london.wallClock(at: one.start)
            return wall.day < missing || wall.minute >= 600
        }
        let forecast = try Forecast(after: ContactHistory(intervals, in: Invented.london), horizon: .days(7))
        #expect(forecast.notes.count == 1 && forecast.notes[0].contains("no row in the last two weeks"))

        intervals = intervals.filter { ![2, 7].contains(Invented.london.wallClock(at: $0.start).day.weekday) }
        let unseen = try Forecast(after: ContactHistory(intervals, in: Invented.london), horizon: .days(7))
        #expect(unseen.notes.first?.contains("no Tuesday, Sunday:") == true)
        let tuesdays = unseen.intervals.filter { Invented.london.wallClock(at: $0.start).day.weekday == 2 }
        #expect(tuesdays.allSatisfy { $0.expected == 0 })
    }

    @Test func `a special day that has begun goes on as large as it is`() throws {
        var line = try Invented(from: "2026-01-05")
        line.days = 84
        line.level = { [70, 83].contains($0) ? 2 : 1 }
        let days = [line.firstDay + 70, line.firstDay + 83].map { SpecialDay($0, kind: "deadline") }
        let noon = Invented.london.moment(on: line.firstDay + 83, minute: 720)
        // A Monday and a Sunday have no hours in common, so both are Mondays here.
        line.level = { [70, 77].contains($0) ? 2 : 1 }
        let monday = Invented.london.moment(on: line.firstDay + 77, minute: 720)
        let intervals = line.intervals().filter { $0.start < min(noon, monday) }
        let history = try ContactHistory(intervals, in: Invented.london)
        let special = [days[0], SpecialDay(line.firstDay + 77, kind: "deadline")]
        // The afternoon, and a horizon that ends within the day.
        for hours in [12, 3] as [Int64] {
            let forecast = try Forecast(after: history, horizon: .hours(hours), special: special)
            #expect(forecast.error(from: line.truth) < 1e-9)
        }
    }

    @Test func `an hour that is missing of a special day was like the rest of it`() throws {
        var line = try Invented(from: "2026-01-05")
        line.days = 84
        line.level = { [70, 84].contains($0) ? 2 : 1 }
        let gap = Invented.london.moment(on: line.firstDay + 70, minute: 540)
        let intervals = line.intervals().filter { $0.start < gap || $0.start >= gap + .hours(2) }
        let special = [70, 84].map { SpecialDay(line.firstDay + $0, kind: "deadline") }
        let forecast = try Forecast(
            after: ContactHistory(intervals, in: Invented.london), horizon: .days(1), special: special)
        #expect(forecast.error(from: line.truth) < 1e-9)
    }

    @Test func `a history may end within the hour that the clock passes twice`() throws {
        let first = try #require(Day("2026-08-31"))
        let start = Invented.london.moment(on: first, minute: 0)
        let end = try #require(Moment("2026-10-25T01:00:00Z"))
        let intervals = sequence(first: start) { $0 + .minutes(15) }.prefix { $0 < end }.map {
            ContactHistory.Interval(start: $0, count: 20)
        }
        let forecast = try Forecast(after: ContactHistory(Array(intervals), in: Invented.london), horizon: .days(1))
        #expect(forecast.intervals.first?.start == end && forecast.intervals.count == 96)
        #expect(forecast.intervals.allSatisfy { abs($0.expected - 20) < 1e-9 })
    }

    @Test func `intervals longer than an hour stay on the clock when it changes`() throws {
        let first = try #require(Day("2026-02-02"))
        let intervals = (0..<55 * 4).map { part in
            ContactHistory.Interval(
                start: Invented.london.moment(on: first + part / 4, minute: part % 4 * 360),
                count: Double(part % 4 * 100))
        }
        // The last day is 2026-03-28; the clock goes forward the night after.
        let forecast = try Forecast(after: ContactHistory(intervals, in: Invented.london), horizon: .days(7))
        #expect(forecast.intervals.count == 28)
        for (part, one) in forecast.intervals.enumerated() {
            #expect(Invented.london.wallClock(at: one.start) == (first + 55 + part / 4, part % 4 * 360))
            #expect(abs(one.expected - Double(part % 4 * 100)) < 1e-9)
        }
    }

    @Test func `an earlier scheme is neither stretched nor full of holes`() throws {
        var earlier = try Invented(from: "2020-04-20")
        earlier.days = 14
        let (then, now) = (try #require(Day("2020-04-20")), try #require(Day("2026-12-07")))
        let short = try earlier.history()
        #expect(throws: ForecastRefusal.shortEarlier(14, 28)) {
            try Analogy(like: short, launchedOn: then, launch: now, days: 28, population: 1_000, rate: 0.4...0.4)
        }
        earlier.days = 28
        let whole = try earlier.history()
        earlier.missing = [9]
        let holed = try earlier.history()
        let analogies = try [whole, holed].map {
            try Analogy(like: $0, launchedOn: then, launch: now, days: 28, population: 1_000, rate: 0.4...0.4)
        }
        for (one, other) in zip(analogies[0].intervals, analogies[1].intervals) {
            #expect(abs(one.expected - other.expected) < 1e-9)
        }
        #expect(throws: ForecastRefusal.self) {
            try Analogy(like: whole, launchedOn: then, launch: now, days: 28, population: 1e300, rate: 1e300...1e300)
        }
    }

    @Test(arguments: [0.999_999_999_999_999_9, 1e-17, 0, 1, .nan])
    func `bounds without width or end are refused`(share: Double) throws {
        let history = try Invented(from: "2026-01-05").history()
        #expect(throws: ForecastRefusal.self) { try Forecast(after: history, horizon: .days(1), covering: share) }
    }

    @Test func `zeros before the first contact of the first day are not that day's`() throws {
        let line = try Invented(from: "2026-01-05")
        let whole = try Forecast(after: line.history(), horizon: .days(7))
        // The queue began on that Monday at 13:00.
        let late = line.intervals().map { one in
            let isBefore = one.start < line.start + .hours(13)
            return ContactHistory.Interval(start: one.start, count: isBefore ? 0 : one.count)
        }
        let forecast = try Forecast(after: ContactHistory(late, in: Invented.london), horizon: .days(7))
        #expect(forecast.intervals.map(\.expected) == whole.intervals.map(\.expected))
    }

    @Test func `a handling time is the mean of contacts, not of intervals`() throws {
        let line = try Invented(from: "2026-01-05")
        var number = 0
        // Three weeks in four three contacts of ten minutes each, else thirty of one.
        let intervals = line.intervals().map { one -> ContactHistory.Interval in
            number += 1
            guard one.count > 0 else { return one }
            let isMany = number / (7 * 48) % 4 == 3
            return .init(
                start: one.start, count: isMany ? 30 : 3, work: .seconds(isMany ? 1_800 : 1_800),
                handled: isMany ? 30 : 3)
        }
        let forecast = try Forecast(after: ContactHistory(intervals, in: Invented.london), horizon: .days(7))
        // Of 39 contacts in four weeks, 9 took ten minutes and 30 one.
        let mean = (9.0 * 600 + 30 * 60) / 39
        for interval in forecast.intervals where interval.expected > 0 {
            #expect(abs(try #require(interval.handling).inSeconds / mean - 1) < 0.35)
        }
    }
}
