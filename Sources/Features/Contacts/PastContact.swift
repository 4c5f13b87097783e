import Foundation
import People
import Storage
import Values

/// One contact that has been, as the tables would have it.
struct PastContact: Sendable {
    private let queue: Queue.ID
    private let name: String
    private let reference: String
    let arrivedAt: Moment
    private let wait: Duration
    /// Who answered; nil when the customer had left by then.
    private let answer: Answer?
    /// Who was offered it before, and did not take it.
    private let missed: Missed?

    private struct Answer: Sendable {
        let adviser: PastFloor.Adviser
        let place: Place
        /// From the offer to the answer, and how long the adviser had been ready before.
        let ringing, idle: Duration
        let talk, wrap: Duration
        /// How long the line was lost afterwards.
        let lost: Duration?
    }

    private struct Missed: Sendable {
        let adviser: PastFloor.Adviser
        let pause: Duration
    }

    private static let names = [
        "A. Archer", "B. Bell", "C. Clarke", "D. Davies", "E. Ellis", "F. Ford", "G. Green", "H. Hill",
    ]

    /// An offer stands for so long.
    private static let offer = Duration.seconds(20)

    init(
        at moment: Moment, of total: Int, _ queues: [Queue], _ floor: PastFloor, _ chance: inout SeededChance
    ) {
        func seconds(_ range: ClosedRange<Double>) -> Duration {
            .milliseconds(Int64(Double.random(in: range, using: &chance) * 1_000))
        }
        // Some queues have more contacts than others, and longer ones.
        let draws = (0..<2).map { _ in Int.random(in: 0..<queues.count, using: &chance) }
        queue = queues[min(draws[0], draws[1])].id
        name = Self.names[Int.random(in: 0..<Self.names.count, using: &chance)]
        reference = "REF\(100_000 + Int.random(in: 0..<max(1, total / 3), using: &chance))"
        arrivedAt = moment
        // Exponential waits with a mean of two minutes; who would wait longer than ten has left.
        let wish = -120 * log(Double.random(in: 0.0001..<1, using: &chance))
        wait = .milliseconds(Int64(min(wish, 600) * 1_000))
        let hasLeft = wish > 600 || Int.random(in: 0..<20, using: &chance) == 0
        guard !hasLeft, let adviser = floor.adviser(for: queue, &chance) else {
            (answer, missed) = (nil, nil)
            return
        }
        let (talk, wrap) = (seconds(120...900) * (0.7 + Double(queue.number % 6) / 10), seconds(10...90))
        // Some are elsewhere for a day.
        let isElsewhere = Int.random(in: 0..<8, using: &chance) == 0
        let place = isElsewhere ? Place.allCases[Int.random(in: 0..<3, using: &chance)] : adviser.place
        let dropsOne = Int.random(in: 0..<(place == .home ? 80 : 600), using: &chance) == 0
        answer = Answer(
            adviser: adviser, place: place, ringing: min(wait, seconds(2...14)),
            idle: (talk + wrap) * Double.random(in: 0.05...0.6, using: &chance), talk: talk, wrap: wrap,
            lost: dropsOne ? seconds(20...180) : nil)
        let isMissed = wait > .seconds(40) && Int.random(in: 0..<25, using: &chance) == 0
        missed =
            isMissed ? floor.adviser(for: queue, &chance).map { Missed(adviser: $0, pause: seconds(30...360)) } : nil
    }

    private var answeredAt: Moment { arrivedAt + wait }
    private var endedAt: Moment { answeredAt + (answer?.talk ?? .zero) }
    /// When the adviser who missed it was offered it.
    private var missedAt: Moment { answeredAt - (answer?.ringing ?? .zero) - Self.offer }

    var row: SQL {
        """
        ('chat', \(queue), \(name), \(reference), 'ended', 0, \(arrivedAt), \(arrivedAt), \(answer?.adviser.id),
        \(answer.map { _ in answeredAt }), \(endedAt), 'customer', \(answer == nil ? "abandoned" : "answered"),
        \(answer.map { _ in "answered" }), \(steps.count))
        """
    }

    func events(_ id: Contact.ID) -> [SQL] {
        steps.enumerated().map { index, step in
            """
            (\(id), \(index + 1), \(step.at), \(step.kind), \(queue), \(step.adviser?.id), \(step.adviser?.team),
            \(step.place), \(arrivedAt), \(step.lasting))
            """
        }
    }

    func words(_ id: Contact.ID) -> [SQL] {
        Set(SearchWords.words(of: name + " " + reference)).sorted().map { word -> SQL in "(\(word), \(id))" }
    }

    // MARK: - Steps

    private struct Step {
        let at: Moment
        let kind: ContactEvent.Kind
        var adviser: PastFloor.Adviser?
        var place: Place?
        var lasting: Duration?
    }

    private var steps: [Step] {
        let entered = Step(at: arrivedAt, kind: .entered)
        guard let answer else { return [entered, Step(at: answeredAt, kind: .abandoned, lasting: wait)] }
        var steps = [entered]
        func add(_ kind: ContactEvent.Kind, at moment: Moment, lasting: Duration? = nil) {
            steps.append(Step(at: moment, kind: kind, adviser: answer.adviser, place: answer.place, lasting: lasting))
        }
        if let missed {
            let (adviser, place) = (missed.adviser, missed.adviser.place)
            steps.append(Step(at: missedAt, kind: .offered, adviser: adviser, place: place))
            steps.append(Step(at: missedAt + Self.offer, kind: .missed, adviser: adviser, place: place))
        }
        add(.offered, at: answeredAt - answer.ringing)
        add(.answered, at: answeredAt, lasting: wait)
        add(.handled, at: endedAt, lasting: answer.talk)
        add(.wrappedUp, at: endedAt + answer.wrap, lasting: answer.wrap)
        return steps
    }

    // MARK: - The advisers' time

    /// What the advisers did meanwhile, as rows of their time.
    var time: [SQL] {
        guard let answer else { return [] }
        var rows: [SQL] = []
        func spend(
            _ length: Duration, from start: Moment, _ doing: Desk.Doing, _ adviser: PastFloor.Adviser, at place: Place
        ) {
            for part in Span(start: start, end: start + length).days {
                rows.append(
                    """
                    (\(adviser.id), \(part.start), \(part.end), \(doing), \(place), \(adviser.team), \(adviser.skills),
                    \(part.end - part.start))
                    """)
            }
        }
        let adviser = answer.adviser
        spend(answer.idle, from: answeredAt - answer.idle, .idle, adviser, at: answer.place)
        spend(answer.talk, from: answeredAt, .handling, adviser, at: answer.place)
        spend(answer.wrap, from: endedAt, .wrapUp, adviser, at: answer.place)
        if let lost = answer.lost { spend(lost, from: endedAt + answer.wrap, .lineLost, adviser, at: answer.place) }
        if let missed {
            spend(missed.pause, from: missedAt + Self.offer, .missed, missed.adviser, at: missed.adviser.place)
        }
        return rows
    }
}
