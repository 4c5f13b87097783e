import People
import Storage
import Values

/// How advisers' time was spent: with customers and in wrap-up, or ready for one.
struct WorkTime: Equatable, Sendable {
    var busy = Duration.zero
    var idle = Duration.zero

    /// The share of work in all time in which there could have been work. Breaks and training are not in it.
    var occupancy: Double? {
        busy + idle > .zero ? busy.inSeconds / (busy + idle).inSeconds : nil
    }

    mutating func note(_ doing: Desk.Doing, _ time: Duration) {
        switch doing {
        case .handling, .wrapUp: busy += time
        case .idle: idle += time
        case .onBreak, .training, .offline, .missed, .lineLost: break
        }
    }

    static func += (sum: inout WorkTime, part: WorkTime) {
        sum.busy += part.busy
        sum.idle += part.idle
    }
}

/// Advisers' time today, as far as its stretches are over. No stretch crosses midnight: `Desk` cuts it there.
struct TimeCounts: Countable {
    private(set) var total = WorkTime()
    private(set) var teams: [Team.ID?: WorkTime] = [:]
    private(set) var places: [Place: WorkTime] = [:]
    /// Who was ready for a contact, by the skills she had.
    private(set) var idle: [SkillProfile: Duration] = [:]

    mutating func note(
        _ doing: Desk.Doing, _ time: Duration, team: Team.ID?, place: Place, skills: SkillProfile = .none
    ) {
        if doing == .idle { idle[skills, default: .zero] += time }
        total.note(doing, time)
        teams[team, default: WorkTime()].note(doing, time)
        places[place, default: WorkTime()].note(doing, time)
    }

    static func += (sum: inout Self, part: Self) {
        sum.total += part.total
        for (team, time) in part.teams { sum.teams[team, default: WorkTime()] += time }
        for (place, time) in part.places { sum.places[place, default: WorkTime()] += time }
        for (skills, time) in part.idle { sum.idle[skills, default: .zero] += time }
    }

    static func read(_ quarter: Span, in transaction: Transaction) throws -> Self {
        Self(try StretchCount.all(in: quarter, transaction))
    }
}

extension TimeCounts {
    init(_ stretches: [StretchCount]) {
        self.init()
        for stretch in stretches {
            note(
                stretch.doing, .milliseconds(stretch.lasting), team: stretch.team, place: stretch.place,
                skills: stretch.skills)
        }
    }
}
