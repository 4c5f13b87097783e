import Storage
import Values

/// One run of a staff list against the tables, a thousand rows at a time: compared, and written if it is meant.
struct StaffUpdate {
    private static let chunk = 1_000

    private let list: StaffImport
    private let transaction: Transaction
    /// Nil for a plan, which writes nothing.
    private let act: Act?

    init(_ list: StaffImport, in transaction: Transaction, writes act: Act?) {
        self.list = list
        self.transaction = transaction
        self.act = act
    }

    /// Says what it does, and to whom of those who were known before.
    func run(_ progress: StaffImport.Progress) throws -> (summary: StaffSummary, changed: Set<Person.ID>) {
        let today = list.options.today
        // What is unknown must not be added before it is known whether that is allowed.
        let writesUnits = act != nil && list.options.addsUnknownUnits
        let units = try StaffUnits(list.rows, in: transaction, writes: writesUnits)
        var administrators = Set(try KnownStaff.administrators(on: today, in: transaction))
        let hadAdministrator = !administrators.isEmpty
        var summary = units.summary
        var changed: Set<Person.ID> = []
        var problems = ProblemList()
        let usernames = Dictionary(
            list.rows.map { ($0.staffNumber, $0.username) }, uniquingKeysWith: { first, _ in first })
        let holders = try KnownStaff.holders(in: transaction)
        let numbers = Set(holders.values)

        for start in stride(from: 0, to: list.rows.count, by: StaffUpdate.chunk) {
            let rows = Array(list.rows[start..<min(start + StaffUpdate.chunk, list.rows.count)])
            let known = try KnownStaff.all(rows.map(\.staffNumber).filter(numbers.contains), in: transaction)
            let taken = refuseTaken(rows, known, holders, usernames, &problems)
            if !list.options.addsUnknownUnits { refuseUnknown(rows, units, &problems) }
            let changes = rows.map {
                StaffChange(units.resolved($0), to: known[$0.staffNumber], today: today)
            }
            count(changes, &summary, &administrators, today: today)
            changed.formUnion(changes.filter(\.isChanged).compactMap(\.before?.id))
            if let act, problems.count == 0 {
                try StaffChange.store(changes, freeing: taken, by: act, in: transaction)
            }
            progress(start + rows.count, list.rows.count)
        }
        guard problems.count == 0 else { throw ImportRefusal.badRows(problems.reported, count: problems.count) }
        if list.options.isComplete {
            let left = try leave(Set(usernames.keys), &administrators, on: today)
            summary.left = left.count
            changed.formUnion(left)
        }
        if hadAdministrator, administrators.isEmpty { throw ImportRefusal.noAdministratorLeft }
        if let act {
            if summary.added + summary.changed >= StaffUpdate.chunk {
                try StaffChange.refreshStatistics(in: transaction)
            }
            try Audit.append(act.entry(.staffImported, nil, summary.detail), in: transaction)
        }
        return (summary, changed)
    }

    private func count(
        _ changes: [StaffChange], _ summary: inout StaffSummary, _ administrators: inout Set<String>, today: Day
    ) {
        for change in changes {
            if change.before == nil {
                summary.added += 1
            } else if change.isChanged {
                summary.changed += 1
            } else {
                summary.unchanged += 1
            }
            let isHere = change.leftOn.map { today < $0 } ?? true
            if isHere, change.roles.contains(.administrator) {
                administrators.insert(change.staffNumber)
            } else {
                administrators.remove(change.staffNumber)
            }
        }
    }

    /// Refuses usernames of people whom the list does not give another one. Names those that people have had who get
    /// another.
    private func refuseTaken(
        _ rows: [StaffRow], _ known: [String: KnownStaff], _ holders: [String: String],
        _ usernames: [String: String], _ problems: inout ProblemList
    ) -> [String] {
        var taken: [String] = []
        for row in rows where known[row.staffNumber]?.username != row.username {
            guard let holder = holders[row.username] else { continue }
            if usernames[holder] ?? row.username == row.username {
                add(&problems, row, .username, "Somebody else, \(holder), has the username \(row.username).")
            } else {
                taken.append(row.username)
            }
        }
        return taken
    }

    private func refuseUnknown(_ rows: [StaffRow], _ units: StaffUnits, _ problems: inout ProblemList) {
        for row in rows {
            for (column, name) in units.unknown(in: row) {
                add(&problems, row, column, "\"\(name)\" is not known here.")
            }
        }
    }

    private func add(_ problems: inout ProblemList, _ row: StaffRow, _ column: StaffColumn, _ reason: String) {
        guard let place = list.header.place(of: column) else { return }
        let position = list.reader.position(of: row.spots[place])
        problems.add(RowProblem(position: position, reason: reason), most: list.options.mostProblems)
    }

    /// Marks everybody who is here and not named as left. Says whom.
    private func leave(
        _ named: Set<String>, _ administrators: inout Set<String>, on today: Day
    ) throws -> [Person.ID] {
        let missing = try KnownStaff.present(on: today, in: transaction).filter { !named.contains($0.staffNumber) }
        guard missing.count <= list.options.mostLeaving else {
            throw ImportRefusal.tooManyLeaving(missing.count, allowed: list.options.mostLeaving)
        }
        administrators.subtract(missing.map(\.staffNumber))
        if let act { try StaffChange.leave(missing.map(\.id), on: today, by: act, in: transaction) }
        return missing.map(\.id)
    }
}

extension StaffSummary {
    /// What the audit trail says of an import.
    fileprivate var detail: [String: String] {
        [
            "added": "\(added)", "changed": "\(changed)", "unchanged": "\(unchanged)", "left": "\(left)",
            "new_directorates": "\(newDirectorates.count)", "new_sites": "\(newSites.count)",
            "new_teams": "\(newTeams.count)", "new_skills": "\(newSkills.count)",
        ]
    }
}
