import Foundation
import Values
import Web

/// The board as a page, worded for reading; its script follows the live view.
struct BoardPage: Page {
    static let template = "board"
    let title = "Board"
    let day, at: String
    let headline: Headline
    let total: Line
    let queues, teams, places: [Line]
    let byStatus, byPlace: [Count]
    let curve: [Quarter]
    let help: [Help]
    let formulas: FormulaWords
    let target: String

    struct Headline: Encodable, Sendable { let name, value: String }
    struct Count: Encodable, Sendable { let key, name: String; let count: Int }
    struct Help: Encodable, Sendable { let contact: Contact.ID; let adviser, queue, language, since: String }

    struct Quarter: Encodable, Sendable {
        let start: String
        let offered, answered, abandoned, answeredInTarget: Int
        let serviceLevel: String
    }

    /// One queue, team or place.
    struct Line: Encodable, Sendable {
        let name: String
        let language: String?
        let waiting, longestWait, serviceLevel: String
        let offered, answered, answeredInTarget, abandoned: String
        let averageSpeedOfAnswer, handlingTime, occupancy: String
        let available, busy, wrapUp, onBreak: String
        /// The first of those who wait has waited longer than was promised.
        let isLate: Bool

        init(_ line: Board.Line, promise: Int) {
            name = line.name
            language = line.language
            waiting = Figure.count(line.waiting)
            longestWait = Figure.clock(line.longestWaitSeconds)
            isLate = line.longestWaitSeconds.map { $0 > promise } ?? false
            serviceLevel = Figure.percent(line.serviceLevel.offered)
            offered = Figure.count(line.offered)
            answered = Figure.count(line.answered)
            answeredInTarget = Figure.count(line.answeredInTarget)
            abandoned = Figure.count(line.abandoned)
            averageSpeedOfAnswer = Figure.clock(line.averageSpeedOfAnswerSeconds)
            handlingTime = Figure.clock(line.handlingTimeSeconds)
            occupancy = Figure.percent(line.occupancy)
            available = Figure.count(line.available)
            busy = Figure.count(line.busy)
            wrapUp = Figure.count(line.wrapUp)
            onBreak = Figure.count(line.onBreak)
        }
    }

    init(_ board: Board) {
        day = "\(Wording.day(board.at, in: .staff)) \(board.day.civil.year)"
        at = "At \(Figure.time(of: board.at))"
        headline = Headline(name: board.headline.name, value: Figure.percent(board.headline.value))
        let line = { Line($0, promise: board.target) }
        total = line(board.total)
        queues = board.queues.map(line)
        teams = board.teams.map(line)
        places = board.places.map(line)
        let status = board.advisers.byStatus, place = board.advisers.byPlace
        byStatus = [
            Count(key: "available", name: "Available", count: status.available),
            Count(key: "busy", name: "With a customer", count: status.busy),
            Count(key: "wrapUp", name: "Wrap-up", count: status.wrapUp),
            Count(key: "break", name: "Break", count: status.onBreak),
            Count(key: "training", name: "Training", count: status.training),
            Count(key: "missed", name: "Paused after a missed offer", count: status.missed),
            Count(key: "offline", name: "Offline", count: status.offline),
        ]
        byPlace = [
            Count(key: "home", name: Place.home.label, count: place.home),
            Count(key: "office", name: Place.office.label, count: place.office),
            Count(key: "touchdown", name: Place.touchdown.label, count: place.touchdown),
        ]
        curve = board.curve.map {
            Quarter(
                start: $0.start, offered: $0.offered, answered: $0.answered, abandoned: $0.abandoned,
                answeredInTarget: $0.answeredInTarget, serviceLevel: Figure.percent($0.serviceLevel))
        }
        help = board.help.map {
            Help(
                contact: $0.contact, adviser: $0.adviser, queue: $0.queue, language: $0.language,
                since: Figure.clock(Int((board.at - $0.since).inSeconds)))
        }
        formulas = FormulaWords(board.total.serviceLevel)
        target = Figure.target(.seconds(board.target))
    }
}

/// The four formulas' values, worded.
struct FormulaWords: Encodable, Sendable {
    let offered, answeredOnly, shortAbandonsAsSuccess, excludingShortAbandons: String

    init(_ level: ServiceLevel) {
        offered = Figure.percent(level.offered)
        answeredOnly = Figure.percent(level.answeredOnly)
        shortAbandonsAsSuccess = Figure.percent(level.shortAbandonsAsSuccess)
        excludingShortAbandons = Figure.percent(level.excludingShortAbandons)
    }
}

/// How figures are worded on board and reports; a dash where there is none.
enum Figure {
    /// `83%`
    static func percent(_ share: Double?) -> String {
        share.map { "\(Int(($0 * 100).rounded()))%" } ?? "–"
    }

    /// `4:05`, `1:02:09`
    static func clock(_ seconds: Int?) -> String {
        guard let seconds = seconds.map({ max(0, $0) }) else { return "–" }
        let rest = "\(padded(seconds / 60 % 60)):\(padded(seconds % 60))"
        return seconds >= 3_600 ? "\(seconds / 3_600):\(rest)" : "\(seconds / 60):\(padded(seconds % 60))"
    }

    /// `16:04`
    static func time(of moment: Moment) -> String {
        let minute = TimeZone.staff.wallClock(at: moment).minute
        return "\(padded(minute / 60)):\(padded(minute % 60))"
    }

    /// `5 minutes`, `20 seconds`
    static func target(_ target: Duration) -> String {
        let seconds = Int(target.inSeconds)
        if seconds % 60 != 0 { return seconds == 1 ? "1 second" : "\(seconds) seconds" }
        return seconds == 60 ? "1 minute" : "\(seconds / 60) minutes"
    }

    /// `2,884`
    static func count(_ count: Int) -> String {
        var groups: [String] = []
        var rest = count
        while rest >= 1_000 {
            groups.append(String(String(1_000 + rest % 1_000).dropFirst()))
            rest /= 1_000
        }
        return ([String(rest)] + groups.reversed()).joined(separator: ",")
    }

    static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
