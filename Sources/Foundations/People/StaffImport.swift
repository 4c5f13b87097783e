import Storage
import Values

/// A staff list saying no.
package enum ImportRefusal: Refusal, Hashable {
    case unreadable(CSVFault)
    case empty
    case badHeader([RowProblem])
    /// The problems that are reported, and how many there are altogether.
    case badRows([RowProblem], count: Int)
    case tooManyLeaving(Int, allowed: Int)
    case noAdministratorLeft

    /// Every reported problem, in the order of the file.
    package var problems: [RowProblem] {
        switch self {
        case .badHeader(let problems), .badRows(let problems, _): problems
        default: []
        }
    }

    package var sentence: String {
        switch self {
        case .unreadable(let fault): fault.sentence
        case .empty: "The file has no rows."
        case .badHeader(let problems): problems.map(\.sentence).joined(separator: " ")
        case .badRows(let problems, let count):
            (count == 1 ? "One thing is wrong. " : "\(count) things are wrong. ")
                + (problems.first?.sentence ?? "") + " Nothing was changed."
        case .tooManyLeaving(let count, let allowed):
            """
            \(count) people are missing from this list, which would mark them as left; \(allowed) are allowed at once. \
            Is the list complete? Nothing was changed.
            """
        case .noAdministratorLeft: "After this list nobody would be an administrator. Nothing was changed."
        }
    }
}

/// What a staff list does, or would do.
package struct StaffSummary: Hashable, Sendable {
    package var added = 0
    package var changed = 0
    package var unchanged = 0
    /// Marked as left because a complete list does not name them.
    package var left = 0
    package var newDirectorates: [String] = []
    package var newSites: [String] = []
    package var newTeams: [String] = []
    package var newSkills: [String] = []

    package init() {}
}

/// A staff list from the body's personnel system, read from CSV and put into effect as a whole or not at all.
///
/// A row speaks of the day of the import: it says where somebody stands today, and since when (`valid_from`).
/// - A post that differs from today's closes it and opens the new one from `valid_from`; without a `valid_from`, today.
/// - A `valid_from` in the past corrects history from that day on; one in the future takes effect when it comes.
/// - A post announced for later by an earlier list stands, until a list changes it from that day or before.
/// - A column that the list does not have leaves what is known; an empty value says that there is none.
/// - Roles and skills hold from the import or, if it is later, `valid_from`; roles are not dated and change at once.
///   Skills that a course or an administrator gave stand beside those of the list.
/// - Who is named again after having left is back. `left_on` is the first day on which somebody is no longer with
///   the body.
package struct StaffImport: Sendable {
    /// How a staff list is to be taken.
    package struct Options: Hashable, Sendable {
        /// The day that the list speaks of.
        package var today: Day
        /// Whether it names everybody, so that who is missing has left.
        package var isComplete = false
        /// So many may be marked as left for being missing: a cut-off file must not sign out half the body.
        package var mostLeaving = 500
        /// Whether directorates, sites, teams and skills that are not known yet are added; otherwise they are problems.
        package var addsUnknownUnits = true
        package var mostProblems = 100

        package init(today: Day) {
            self.today = today
        }
    }

    /// Called with the rows that are done and all rows.
    package typealias Progress = @Sendable (_ done: Int, _ total: Int) -> Void

    let rows: [StaffRow]
    let header: StaffHeader
    let reader: CSVReader
    package let options: Options

    /// How many people the list names.
    package var count: Int { rows.count }

    /// Reads a staff list, and reports everything in it that is wrong by itself, with its place.
    package init(_ bytes: [UInt8], options: Options) throws(ImportRefusal) {
        self.options = options
        do {
            var reader = try CSVReader(bytes)
            guard let first = try reader.next() else { throw ImportRefusal.empty }
            header = try StaffHeader(first, position: reader.position(of:))
            var list = RowList(mostProblems: options.mostProblems)
            while let record = try reader.next() { list.read(record, header, reader) }
            self.reader = reader
            rows = try list.finished()
        } catch let fault as CSVFault {
            throw .unreadable(fault)
        } catch let refusal as ImportRefusal {
            throw refusal
        } catch {
            preconditionFailure("A staff list is read without any other fault: \(error)")
        }
    }

    /// What this list would do, without doing it.
    package func plan(in transaction: Transaction, progress: Progress = { _, _ in }) throws -> StaffSummary {
        try StaffUpdate(self, in: transaction, writes: nil).run(progress).summary
    }

    /// Puts this list into effect: all of it, or nothing and a refusal. Names those who were known before and
    /// of whom something is different now.
    package func apply(
        by act: Act, in transaction: Transaction, progress: Progress = { _, _ in }
    ) throws -> (summary: StaffSummary, changed: Set<Person.ID>) {
        try StaffUpdate(self, in: transaction, writes: act).run(progress)
    }
}

/// Rows as they are read, and what is wrong with them.
struct RowList {
    private let mostProblems: Int
    private var rows: [StaffRow] = []
    private var lines: (numbers: [String: CSVRecord.Spot], usernames: [String: CSVRecord.Spot]) = ([:], [:])
    private var problems = ProblemList()

    init(mostProblems: Int) {
        self.mostProblems = mostProblems
    }

    mutating func read(_ record: CSVRecord, _ header: StaffHeader, _ reader: CSVReader) {
        var row = StaffRowReader(record, header)
        let read = row.row()
        for (spot, reason) in row.problems { add(reader.position(of: spot), reason) }
        guard let read else { return }
        refuseTwice(read.staffNumber, .staff_number, read, header, reader, \.numbers)
        refuseTwice(read.username, .username, read, header, reader, \.usernames)
        rows.append(read)
    }

    func finished() throws(ImportRefusal) -> [StaffRow] {
        guard problems.count == 0 else { throw .badRows(problems.reported, count: problems.count) }
        guard !rows.isEmpty else { throw .empty }
        return rows
    }

    private mutating func refuseTwice(
        _ value: String, _ column: StaffColumn, _ row: StaffRow, _ header: StaffHeader, _ reader: CSVReader,
        _ seen: WritableKeyPath<
            (numbers: [String: CSVRecord.Spot], usernames: [String: CSVRecord.Spot]), [String: CSVRecord.Spot]
        >
    ) {
        guard let place = header.place(of: column) else { return }
        guard let before = lines[keyPath: seen].updateValue(row.spots[place], forKey: value) else { return }
        let line = reader.position(of: before).line
        add(reader.position(of: row.spots[place]), "The \(column.rawValue) \(value) is already in line \(line).")
    }

    private mutating func add(_ position: TextPosition, _ reason: String) {
        problems.add(RowProblem(position: position, reason: reason), most: mostProblems)
    }
}

/// Problems up to a limit, and their count.
struct ProblemList {
    private(set) var reported: [RowProblem] = []
    private(set) var count = 0

    mutating func add(_ problem: RowProblem, most: Int) {
        count += 1
        if reported.count < most { reported.append(problem) }
    }
}
