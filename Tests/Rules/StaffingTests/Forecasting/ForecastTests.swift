import Foundation
import Staffing
import Testing
import Values

struct ForecastTests {
    @Test func `a week that repeats itself is forecast as it is`() throws {
        let line = try Invented(from: "2026-01-05")
        let forecast = try Forecast(after: line.history(), horizon: .days(14))

        // Clocks go forward in these days of the calendar.
        #expect(forecast.intervals.count == 14 * 48 - 2)
        #expect(forecast.error(from: line.truth) < 1e-9)
        let band = try #require(forecast.backTest.bands.first)
        #expect(band.days == 1...1 && band.best == .baseline)
        #expect(try #require(band.score).meanAbsoluteError < 1e-9)
    }

    @Test func `closed hours stay closed, and nobody is expected in them`() throws {
        var line = try Invented(from: "2026-01-05")
        line.seed = 1
        line.level = { Invented.wandering(seed: 2, days: 100, by: 0.1)[$0] }
        let forecast = try Forecast(after: line.history(), horizon: .days(14))
        for interval in forecast.intervals where line.truth(at: interval.start) == 0 {
            #expect(interval.expected == 0 && interval.low == 0 && interval.high == 0)
        }
    }

    @Test(arguments: 1...6)
    func `no model that is kept was worse than the seasonal moving average`(seed: UInt64) throws {
        var line = try Invented(from: "2026-01-05")
        line.days = 120
        line.seed = seed
        let wandering = Invented.wandering(seed: seed, days: 200, by: Double(seed) * 0.03)
        line.level = { wandering[$0] * (seed > 3 && $0 > 100 ? 1.4 : 1) }
        line.missing = seed.isMultiple(of: 2) ? Set(50..<64) : []
        let test = try Forecast(after: line.history(), horizon: .days(28)).backTest

        #expect(test.bands.map(\.days) == [1...1, 2...7, 8...14, 15...28])
        for band in test.bands {
            let baseline = try #require(band.scores.first)
            let kept = try #require(band.score)
            #expect(baseline.model == .baseline)
            #expect(kept.meanAbsoluteError <= baseline.meanAbsoluteError)
            #expect(kept.rootMeanSquareError <= baseline.rootMeanSquareError)
        }
    }

    @Test func `a level that wanders is followed by Holt-Winters a day ahead`() throws {
        var line = try Invented(from: "2026-01-05")
        line.days = 140
        line.seed = 3
        let wandering = Invented.wandering(seed: 3, days: 200, by: 0.12, keeping: 0.995)
        line.level = { wandering[$0] }
        let band = try #require(try Forecast(after: line.history(), horizon: .days(14)).backTest.bands.first)
        let baseline = try #require(band.scores.first)
        #expect(band.best == .doubleSeasonalHoltWinters)
        #expect(try #require(band.score).meanAbsoluteError < 0.75 * baseline.meanAbsoluteError)
    }

    @Test func `the bounds hold the share that was asked for, and say so`() throws {
        var line = try Invented(from: "2026-01-05")
        line.days = 154
        line.seed = 5
        let history = try line.history()
        for share in [0.5, 0.8, 0.95] {
            let forecast = try Forecast(after: history, horizon: .days(14), covering: share)
            for band in forecast.backTest.bands { #expect(abs(try #require(band.coverage) - share) < 0.06) }
            // What really comes, drawn anew.
            var chance = SeededChance(seed: 99)
            let open = forecast.intervals.filter { $0.expected > 0 }
            let held = open.count { one in
                (one.low...one.high).contains(Invented.poisson(line.truth(at: one.start), &chance))
            }
            #expect(abs(Double(held) / Double(open.count) - share) < 0.07)
            #expect(open.allSatisfy { $0.low <= $0.expected && $0.expected <= $0.high })
        }
    }

    @Test(arguments: [(0.03, 1.0), (0.1, 0.98)])
    func `the bounds hold a level that wanders, also in the second week`(step: Double, keeping: Double) throws {
        var held = [0.0, 0.0]
        var all = [0.0, 0.0]
        for seed in 1...16 as ClosedRange<UInt64> {
            var line = try Invented(from: "2026-01-05")
            (line.days, line.size, line.seed) = (70, 1_000, seed)
            let level = Invented.wandering(seed: seed + 500, days: 84, by: step, keeping: keeping)
            line.level = { level[$0] }
            let forecast = try Forecast(after: line.history(), horizon: .days(14))
            var chance = SeededChance(seed: seed + 900)
            for one in forecast.intervals where one.expected > 0 {
                let week = Invented.london.wallClock(at: one.start).day - line.firstDay < 77 ? 0 : 1
                all[week] += 1
                if (one.low...one.high).contains(Invented.poisson(line.truth(at: one.start), &chance)) {
                    held[week] += 1
                }
            }
        }
        // The days of one line stray together, so 16 lines are off by some 0.07 by chance alone; `bin/bench coverage` asks more.
        for (held, all) in zip(held, all) { #expect((0.75...1).contains(held / all)) }
    }

    @Test func `missing weeks and missing hours are no zeros`() throws {
        var line = try Invented(from: "2026-01-05")
        line.days = 98
        line.missing = Set(70..<91).union([20, 40])
        let forecast = try Forecast(after: line.history(), horizon: .days(7))
        #expect(forecast.error(from: line.truth) < 1e-9)
    }

    @Test func `a level that shifts for good is followed within weeks`() throws {
        var line = try Invented(from: "2026-01-05")
        line.days = 112
        line.seed = 8
        line.level = { $0 >= 91 ? 1.6 : 1 }
        let forecast = try Forecast(after: line.history(), horizon: .days(7))
        #expect(forecast.error(from: line.truth) < 0.09)
        // The seasonal moving average still mixes both levels.
        #expect(forecast.backTest.bands.allSatisfy { $0.best != .baseline })
    }

    @Test func `handling times are forecast, too, and by the simplest model where they do not change`() throws {
        var line = try Invented(from: "2026-01-05")
        line.seed = 4
        line.handling = 240
        let forecast = try Forecast(after: line.history(), horizon: .days(7))
        let times = forecast.intervals.filter { $0.expected > 0 }.compactMap(\.handling)
        #expect(times.count == forecast.intervals.count { $0.expected > 0 })
        #expect(times.allSatisfy { abs($0.inSeconds - 240) < 1e-6 })
        #expect(forecast.handlingBackTest?.bands.isEmpty == false)
    }

    @Test func `who hung up takes no handling time`() throws {
        let intervals = try Invented(from: "2026-01-05").intervals().map { one in
            ContactHistory.Interval(
                start: one.start, count: one.count, work: .seconds(one.count * 0.75 * 240), handled: one.count * 0.75)
        }
        let forecast = try Forecast(after: ContactHistory(intervals, in: Invented.london), horizon: .days(1))
        #expect(forecast.intervals.compactMap(\.handling).allSatisfy { abs($0.inSeconds - 240) < 1e-6 })
    }

    @Test func `three years of quarter-hours are forecast`() throws {
        var line = try Invented(from: "2024-01-01")
        (line.days, line.minutes, line.seed) = (1_096, 15, 12)
        let forecast = try Forecast(after: line.history(), horizon: .days(14))
        #expect(forecast.intervals.count == 14 * 96)
        #expect(forecast.error(from: line.truth) < 0.1)
    }

    @Test func `a short history is forecast with what is known, and says so`() throws {
        var line = try Invented(from: "2026-01-05")
        line.days = 10
        let forecast = try Forecast(after: line.history(), horizon: .days(7))
        #expect(forecast.backTest.bands.isEmpty)
        #expect(forecast.notes.count == 1)
        #expect(forecast.error(from: line.truth) < 0.6)
    }

    @Test func `without a back-test the bounds are those of chance alone`() throws {
        var line = try Invented(from: "2026-01-05")
        line.days = 10
        let history = try line.history()
        for (share, deviations) in [(0.9, 1.644854), (0.5, 0.674490), (0.99, 2.575829)] {
            let forecast = try Forecast(after: history, horizon: .days(4), covering: share)
            let busy = try #require(forecast.intervals.max { $0.expected < $1.expected })
            // Roots of counts, √(y + ¼), stray by half a contact.
            let root = (busy.expected + 0.25).squareRoot()
            #expect(abs((busy.high + 0.25).squareRoot() - root - deviations / 2) < 1e-4)
            #expect(abs(root - (busy.low + 0.25).squareRoot() - deviations / 2) < 1e-4)
        }
    }

    @Test func `days have intervals too, and whole days are forecast`() throws {
        let monday = try #require(Day("2025-09-01"))
        let intervals = (0..<120).map { day in
            ContactHistory.Interval(
                start: Invented.london.moment(on: monday + day, minute: 0), count: Double((monday + day).weekday * 100))
        }
        let forecast = try Forecast(after: ContactHistory(intervals, in: Invented.london), horizon: .days(120))
        for (day, interval) in forecast.intervals.enumerated() {
            #expect(Invented.london.wallClock(at: interval.start) == (monday + 120 + day, 0))
            #expect(interval.expected == Double((monday + 120 + day).weekday * 100))
        }
    }
}
