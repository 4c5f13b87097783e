import Values

/// A person's post for a period: who was where when. The period holds `from` and ends before `until`.
package struct Assignment: Hashable, Sendable {
    package let post: Post
    package let from: Day
    /// The first day on which it no longer holds; nil while it is open.
    package let until: Day?

    package init(post: Post, from: Day, until: Day? = nil) {
        self.post = post
        self.from = from
        self.until = until
    }

    func covers(_ day: Day) -> Bool {
        from <= day && until.map { day < $0 } != false
    }
}

/// All assignments of one person: in order, none overlapping, neighbours with the same post joined.
package struct Career: Equatable, Sendable {
    package private(set) var assignments: [Assignment]

    package init(_ assignments: [Assignment] = []) {
        self.assignments = Career.joined(assignments.sorted { $0.from < $1.from })
    }

    /// The assignment that holds on this day.
    package func assignment(on day: Day) -> Assignment? {
        assignments.last { $0.covers(day) }
    }

    /// The career with what a staff list says: she has had this post since `day`, as seen `today`.
    ///
    /// - What began after `day` and has begun by `today` is corrected away: the list speaks of the present.
    /// - Another post that begins after `today` stands, as it was announced ahead; this one lasts until then.
    /// - A post since a day to come changes nothing before that day.
    /// - The same post since the same or an earlier day changes nothing.
    package func with(_ post: Post, since day: Day, today: Day) -> Career {
        let known = max(day, today)
        let before = assignments.filter { $0.from < day }.map { $0.ending(by: day) }
        let later = Array(assignments.filter { $0.from > known }.drop { $0.post == post })
        return Career(before + [Assignment(post: post, from: day, until: later.first?.from)] + later)
    }

    /// The career ending before this day: what was open is closed, what lay after is gone.
    package func ending(on day: Day) -> Career {
        Career(assignments.filter { $0.from < day }.map { $0.ending(by: day) })
    }

    private static func joined(_ assignments: [Assignment]) -> [Assignment] {
        var joined: [Assignment] = []
        for next in assignments where next.until.map({ next.from < $0 }) != false {
            if let last = joined.last, last.until == next.from, last.post == next.post {
                joined[joined.count - 1] = Assignment(post: last.post, from: last.from, until: next.until)
            } else {
                joined.append(next)
            }
        }
        return joined
    }
}

extension Assignment {
    fileprivate func ending(by day: Day) -> Assignment {
        if let until, until <= day { return self }
        return Assignment(post: post, from: from, until: day)
    }
}
