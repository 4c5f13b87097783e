import Foundation
import Staffing
import Testing
import Values

struct ForecastCalendarTests {
    @Test(arguments: [("2026-01-05", 83, 92, "2026-03-29"), ("2026-08-03", 83, 100, "2026-10-25")])
    func `customers follow the clock on the wall when it changes`(
        start: String, days: Int, quarters: Int, change: String
    ) throws {
        // The history ends before the Sunday on which clocks change; the offices open at 8 all the same.
        var line = try Invented(from: start)
        (line.days, line.minutes) = (days, 15)
        let forecast = try Forecast(after: line.history(), horizon: .days(14))

        let sunday = try #require(Day(change))
        let onSunday = forecast.intervals.filter { Invented.london.wallClock(at: $0.start).day == sunday }
        #expect(onSunday.count == quarters)
        #expect(forecast.error(from: line.truth) < 1e-9)
    }

    @Test(arguments: ["2026-02-09", "2026-09-14"])
    func `a history over a change of clocks is learnt by the clock on the wall`(start: String) throws {
        var line = try Invented(from: start)
        (line.days, line.minutes) = (70, 15)
        #expect(try Forecast(after: line.history(), horizon: .days(7)).error(from: line.truth) < 1e-9)
    }

    @Test func `a bank holiday is not learnt from, and the next is like the earlier ones of its kind`() throws {
        var line = try Invented(from: "2026-01-05")
        line.days = 119
        // Good Friday and Easter Monday at a tenth; the May holidays after them.
        line.level = { [88, 91].contains($0) ? 0.1 : 1 }
        let days = ["2026-04-03", "2026-04-06", "2026-05-04", "2026-05-08"].compactMap { Day($0) }
        let kinds = ["easter", "bank", "bank", "party"]
        let factors: [Double?] = [nil, nil, nil, 0.25]
        let special = zip(days, zip(kinds, factors)).map { SpecialDay($0, kind: $1.0, factor: $1.1) }
        let forecast = try Forecast(after: line.history(), horizon: .days(14), special: special)

        for interval in forecast.intervals {
            let day = Invented.london.wallClock(at: interval.start).day
            let factor = day == days[2] ? 0.1 : day == days[3] ? 0.25 : 1
            #expect(abs(interval.expected - factor * line.truth(at: interval.start)) < 1e-6)
        }
        #expect(forecast.notes.isEmpty)
    }

    @Test func `a special day of which nothing is known is as usual, and a note says so`() throws {
        let line = try Invented(from: "2026-01-05")
        let day = try #require(Day("2026-03-18"))
        let forecast = try Forecast(after: line.history(), horizon: .days(7), special: [SpecialDay(day)])
        #expect(forecast.error(from: line.truth) < 1e-9)
        #expect(forecast.notes.count == 1 && forecast.notes[0].contains("2026-03-18"))
    }

    @Test func `a new scheme has the shape of the earlier one and its own size`() throws {
        var earlier = try Invented(from: "2020-04-20")
        earlier.days = 28
        earlier.level = { exp(-Double($0) / 7) }
        let history = try earlier.history()
        let (then, now) = (try #require(Day("2020-04-20")), try #require(Day("2026-12-07")))
        let analogy = try Analogy(
            like: history, launchedOn: then, launch: now, days: 28, population: 25_000, earlierPopulation: 10_000)

        for interval in analogy.intervals {
            let wall = Invented.london.wallClock(at: interval.start)
            let before = Invented.london.moment(on: then + (wall.day - now), minute: wall.minute)
            #expect(abs(interval.expected - 2.5 * earlier.truth(at: before)) < 1e-6)
        }
    }

    @Test func `a launch on another weekday keeps the weekdays and the size`() throws {
        var earlier = try Invented(from: "2020-04-20")
        earlier.days = 30
        let (then, now) = (try #require(Day("2020-04-20")), try #require(Day("2026-12-03")))
        let analogy = try Analogy(
            like: earlier.history(), launchedOn: then, launch: now, days: 28, population: 1_000, rate: 0.2...0.4)
        #expect(abs(analogy.intervals.reduce(0) { $0 + $1.expected } - 300) < 1e-6)
        for interval in analogy.intervals {
            #expect((earlier.truth(at: interval.start) > 0) == (interval.expected > 0))
            #expect(interval.low <= interval.expected && interval.expected <= interval.high)
        }
    }

    @Test func `the bounds of a new scheme hold the share of chance that was asked for`() throws {
        var earlier = try Invented(from: "2020-04-20")
        earlier.days = 28
        let (then, now) = (try #require(Day("2020-04-20")), try #require(Day("2026-12-07")))
        var chance = SeededChance(seed: 7)
        for share in [0.5, 0.8, 0.95] {
            let open = try Analogy(
                like: earlier.history(), launchedOn: then, launch: now, days: 28, population: 10_000, rate: 3...3,
                covering: share
            ).intervals.filter { $0.expected > 0 }
            let held = open.count { ($0.low...$0.high).contains(Invented.poisson($0.expected, &chance)) }
            #expect(abs(Double(held) / Double(open.count) - share) < 0.06)
        }
    }

    @Test func `histories that cannot be are refused with the place`() throws {
        let line = try Invented(from: "2026-01-05")
        let good = line.intervals()
        func refused(_ change: (inout [ContactHistory.Interval]) -> Void) -> ForecastRefusal? {
            var intervals = good
            change(&intervals)
            do throws(ForecastRefusal) { _ = try ContactHistory(intervals, in: Invented.london) } catch { return error }
            return nil
        }
        let start = good[3].start
        #expect(refused { $0 = [] } == .tooShort)
        #expect(refused { $0[3] = .init(start: start, count: -1) } == .negative(start))
        #expect(refused { $0[3] = .init(start: start, count: .nan) } == .negative(start))
        #expect(refused { $0.append($0[3]) } == .twice(start))
        #expect(
            refused { $0[3] = .init(start: start + .minutes(7), count: 1) }
                == .offBeat(start + .minutes(7), .minutes(30)))
        #expect(
            refused { $0 = (0..<9).map { .init(start: start + .minutes($0 * 7), count: 1) } } == .interval(.minutes(7)))
        let history = try line.history()
        #expect(throws: ForecastRefusal.horizon(.days(1_000))) { try Forecast(after: history, horizon: .days(1_000)) }
        #expect(throws: ForecastRefusal.coverage(1)) { try Forecast(after: history, horizon: .days(1), covering: 1) }
    }

    @Test func `histories drawn at random are forecast or refused, and never crash`() throws {
        var chance = SeededChance(seed: 41)
        for _ in 0..<60 {
            let minutes = [5, 15, 30, 60, 1_440, 7][chance.below(6)]
            let start = Moment(milliseconds: Int64(chance.below(2_000_000)) * 60_000 * (chance.below(3) == 0 ? 1 : 60))
            let intervals = (0..<chance.below(400)).map { place in
                ContactHistory.Interval(
                    start: start + .minutes(Int64((place + chance.below(2)) * minutes)),
                    count: Double(chance.below(50)) * (chance.below(10) == 0 ? 1_000 : 1),
                    work: chance.below(2) == 0 ? nil : .seconds(chance.below(10_000)),
                    handled: chance.below(3) == 0 ? nil : Double(chance.below(50)))
            }
            do throws(ForecastRefusal) {
                let history = try ContactHistory(intervals, in: Invented.london)
                let forecast = try Forecast(after: history, horizon: .days(Int64(1 + chance.below(40))))
                #expect(forecast.intervals.allSatisfy { $0.expected.isFinite && $0.low <= $0.high && $0.low >= 0 })
            } catch {
                #expect(error.sentence.hasSuffix("."))
            }
        }
    }

    /// A rush that dies away from the first day on, open every day alike.
    private func rush(from day: Day, days: Int) throws -> ContactHistory {
        let intervals = (0..<days * 24).map { hour in
            let open = (8..<18).contains(hour % 24)
            return ContactHistory.Interval(
                start: Invented.london.moment(on: day + hour / 24, minute: hour % 24 * 60),
                count: open ? 10_000 * exp(-Double(hour / 24) / 4) : 0)
        }
        return try ContactHistory(intervals, in: Invented.london)
    }

    @Test(arguments: 0..<7)
    func `a new scheme's rush begins on its first day, whatever weekday that is`(later: Int) throws {
        let (earlier, launch) = (try #require(Day("2020-04-20")), try #require(Day("2026-12-07")))
        let analogy = try Analogy(
            like: rush(from: earlier, days: 35), launchedOn: earlier, launch: launch + later, days: 10,
            population: 1_000, rate: 1...1)
        let shares = (0..<10).map { exp(-Double($0) / 4) }, all = shares.reduce(0, +)
        for (day, share) in shares.enumerated() {
            let found = analogy.intervals.filter {
                Invented.london.wallClock(at: $0.start).day == launch + later + day
            }.reduce(0) { $0 + $1.expected }
            #expect(abs(found / (1_000 * share / all) - 1) < 0.02, "day \(day)")
        }
    }

    @Test
    func `a new scheme's weekdays are as large beside each other as the earlier one's, and its Sundays as closed`()
        throws
    {
        var line = try Invented(from: "2020-04-20")
        line.days = 56
        let (earlier, launch) = (try #require(Day("2020-04-20")), try #require(Day("2026-12-10")))
        let analogy = try Analogy(
            like: line.history(), launchedOn: earlier, launch: launch, days: 28, population: 1_000, rate: 1...1)
        let weekdays = [1.3, 1.1, 1, 0.95, 0.9]
        let thursday = analogy.intervals.prefix(48).reduce(0) { $0 + $1.expected }
        for day in 0..<28 {
            let found = analogy.intervals[day * 48..<(day + 1) * 48].reduce(0) { $0 + $1.expected }
            switch (launch + day).weekday {
            case 7: #expect(found == 0)
            case 6: #expect(found > 0 && found < thursday)
            case let weekday: #expect(abs(found / thursday - weekdays[weekday - 1] / 0.95) < 0.01, "\(weekday)")
            }
        }
    }

    @Test func `bounds of a special day are as far apart as the earlier ones of its kind were`() throws {
        var line = try Invented(from: "2026-01-05")
        line.seed = 4
        line.level = { [70: 0.4, 77: 2.5][$0] ?? 1 }
        line.days = 98
        let days = [70, 77, 98].map { line.firstDay + $0 }
        let unlike = try Forecast(
            after: line.history(), horizon: .days(7), special: days.map { SpecialDay($0, kind: "bank") })
        let given = try Forecast(
            after: line.history(), horizon: .days(7),
            special: days.map { SpecialDay($0, kind: "bank", factor: 1.45) })
        for (one, other) in zip(unlike.intervals.prefix(48), given.intervals.prefix(48)) where other.expected > 20 {
            #expect(one.low < 0.5 * other.low && one.high > 1.4 * other.high)
        }
    }

    /// Weekdays that differ, weekends that are closed, and a rush that loses so much of itself each day.
    @Test(arguments: [0.05, 0.3], [28, 10])
    func `weekdays and the course of a rush are told apart, and closed days close nothing else`(
        decay: Double, known: Int
    ) throws {
        let (earlier, launch) = (try #require(Day("2020-04-20")), try #require(Day("2026-12-09")))
        let weekdays = known < 14 ? [1, 1, 1, 1, 1, 0, 0] : [1.3, 1.05, 1, 0.95, 0.9, 0, 0]
        func truth(_ day: Int, from first: Day) -> Double {
            1_000 * pow(1 - decay, Double(day)) * weekdays[(first + day).weekday - 1]
        }
        let intervals = (0..<known * 24).map { hour in
            ContactHistory.Interval(
                start: Invented.london.moment(on: earlier + hour / 24, minute: hour % 24 * 60),
                count: (8..<18).contains(hour % 24) ? truth(hour / 24, from: earlier) : 0)
        }
        let analogy = try Analogy(
            like: ContactHistory(intervals, in: Invented.london), launchedOn: earlier, launch: launch, days: 10,
            population: 500, earlierPopulation: 1_000)
        #expect(analogy.isShort == (known < 14))
        for day in 0..<10 {
            let found = analogy.intervals.filter { Invented.london.wallClock(at: $0.start).day == launch + day }
                .reduce(0) { $0 + $1.expected }
            let expected = 5 * truth(day, from: launch)
            #expect(abs(found - expected) <= 0.03 * expected, "day \(day): \(found) instead of \(expected)")
        }
    }
}
