import Storage
import TestKit
import Testing
import Values
import Web

@testable import Contacts

@Suite struct ServiceLevelTests {
    @Test func `the four formulas are seven points apart on one and the same centre`() {
        // Erlang A: 10 erlangs, 9 advisers, 180 s each, patience 300 s, target 20 s, as shares of ten thousand.
        var counts = ServiceCounts()
        counts.answered = 8_356
        counts.abandoned = 1_644
        counts.answeredInTarget = 3_660
        counts.abandonedInTarget = 444
        let level = ServiceLevel(of: counts)
        #expect(Self.percent(level.offered) == 36.6)
        #expect(Self.percent(level.excludingShortAbandons) == 38.3)
        #expect(Self.percent(level.shortAbandonsAsSuccess) == 41.0)
        #expect(Self.percent(level.answeredOnly) == 43.8)
    }

    @Test func `where nobody came there is no service level`() {
        let level = ServiceLevel(of: ServiceCounts())
        #expect(level.offered == nil && level.answeredOnly == nil)
        #expect(level.shortAbandonsAsSuccess == nil && level.excludingShortAbandons == nil)
    }

    @Test func `who was turned away or still waits is not offered`() {
        var counts = ServiceCounts()
        counts.turnedAway = 3
        counts.stillWaiting = 2
        counts.answered = 1
        #expect(counts.offered == 1)
    }

    private static func percent(_ share: Double?) -> Double? { share.map { ($0 * 1_000).rounded() / 10 } }
}

@Suite struct SpanTests {
    private static let spring = Day(year: 2026, month: 3, day: 29)
    private static let autumn = Day(year: 2026, month: 10, day: 25)

    @Test func `a day has 96 quarters of an hour, 92 in spring and 100 in autumn`() throws {
        #expect(Span(of: Cast.monday).quarters.count == 96)
        #expect(Span(of: try #require(Self.spring)).quarters.count == 92)
        #expect(Span(of: try #require(Self.autumn)).quarters.count == 100)
    }

    @Test func `an hour that strikes twice is told apart, one that is skipped is not there`() throws {
        let autumn = Span(of: try #require(Self.autumn)).quarters.map(\.clock)
        #expect(Set(autumn).count == 100)
        #expect(autumn.contains("01:15 BST") && autumn.contains("01:15 GMT") && autumn.contains("02:00"))
        let spring = Span(of: try #require(Self.spring)).quarters.map(\.clock)
        #expect(!spring.contains("01:15") && spring.contains("00:45") && spring.contains("02:00"))
    }

    @Test func `a stretch is cut at every midnight and loses nothing`() {
        let span = Span(start: Cast.morning, end: Cast.morning + .days(2))
        #expect(span.days.count == 3)
        #expect(span.days.reduce(Duration.zero) { $0 + ($1.end - $1.start) } == .days(2))
        #expect(Span(start: Cast.morning, end: Cast.morning).days.isEmpty)
    }
}

@Suite struct ReportQuestionTests {
    private func refusal(_ fields: [String: String]) -> [String] {
        do {
            _ = try Report.Question({ fields[$0] }, today: Cast.monday)
            return []
        } catch {
            return error.errors.map(\.field)
        }
    }

    @Test func `without parameters it is the last seven days by day`() throws {
        let question = try Report.Question({ _ in nil }, today: Cast.monday)
        #expect(question.days == Days(first: Cast.monday + -6, last: Cast.monday) && question.by == .day)
    }

    @Test func `what is wrong is named field by field`() {
        #expect(
            refusal(["from": "yesterday", "to": "2026-02-30", "by": "hour", "target": "0"]) == [
                "to", "from", "by", "target",
            ])
        #expect(refusal(["from": "2026-11-22", "to": "2026-11-21"]) == ["from"])
        #expect(refusal(["from": "2026-01-01", "to": "2026-02-01", "by": "quarter-hour"]) == ["from"])
        #expect(refusal(["from": "2026-01-01", "to": "2026-01-31", "by": "quarter-hour"]) == [])
    }

    @Test func `weeks begin on Monday and are cut at both ends`() {
        let parts = Days(first: Cast.monday + -3, last: Cast.monday + 8).parts(by: .week)
        #expect(parts.map { ($0.span.end - $0.span.start).milliseconds / 86_400_000 } == [3, 7, 2])
    }

    @Test func `a service level takes days or moments`() throws {
        let fields = ["from": "2026-11-22T09:00:00Z", "to": "2026-11-22"]
        let question = try ServiceLevelQuestion({ fields[$0] }, today: Cast.monday)
        #expect(
            "\(question.span.start)" == "2026-11-22T09:00:00.000Z"
                && "\(question.span.end)" == "2026-11-23T00:00:00.000Z")
        #expect(throws: FormRefusal.self) { try ServiceLevelQuestion({ ["from": "x"][$0] }, today: Cast.monday) }
    }

    @Test func `a spreadsheet takes no cell for a formula`() {
        #expect(ReportCSV.cell("=1+1") == "'=1+1")
        #expect(ReportCSV.cell("@x, \"y\"") == "\"'@x, \"\"y\"\"\"")
        #expect(ReportCSV.cell("Self Assessment") == "Self Assessment")
    }
}
