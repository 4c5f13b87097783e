import Values

/// The columns that a staff list may have.
package enum StaffColumn: String, CaseIterable, Sendable {
    case staff_number, name, username, grade, directorate, site, team, contracted_place, roles, skills, valid_from,
        left_on

    static let required: [StaffColumn] = [.staff_number, .name, .username]

    /// So many characters at most.
    var longest: Int {
        switch self {
        case .staff_number: 32
        case .grade: 40
        case .username: 64
        case .roles: 200
        case .skills: 2_000
        default: 200
        }
    }
}

/// Something wrong with a staff list: where, and what.
package struct RowProblem: Hashable, Sendable {
    package let position: TextPosition
    package let reason: String

    /// `Line 7, column 12: …` as a sentence.
    package var sentence: String {
        "Line \(position.line), column \(position.column): \(reason)"
    }
}

/// One row of a staff list, read but not yet compared with what is known. Nil where the list has no such column.
struct StaffRow: Sendable {
    let staffNumber: String
    let name: String
    let username: String
    let grade: String?
    let directorate: String?
    let site: String?
    let team: String?
    let contractedPlace: Place?
    let roles: Set<Role>?
    let skills: [String: Int]?
    let validFrom: Day?
    /// `.some(nil)` when the list has the column and the person has not left.
    let leftOn: Day??
    let spots: [CSVRecord.Spot]
}

/// The first line of a staff list: which column is where.
struct StaffHeader: Sendable {
    private static let mostProblems = 20

    private let places: [StaffColumn: Int]
    let count: Int

    /// Reads the header, or says everything that is wrong with it.
    init(_ record: CSVRecord, position: (CSVRecord.Spot) -> TextPosition) throws(ImportRefusal) {
        var places: [StaffColumn: Int] = [:]
        var problems: [RowProblem] = []
        let start = record.fields.first.map { position($0.spot) } ?? TextPosition(line: 1, column: 1)
        for (index, field) in record.fields.enumerated() {
            let name = StaffHeader.trimmed(field.text).lowercased()
            guard let column = StaffColumn(rawValue: name) else {
                // A line of a million names is no header: the first few say as much.
                if problems.count >= StaffHeader.mostProblems { continue }
                let known = StaffColumn.allCases.map(\.rawValue).joined(separator: ", ")
                let shown = name.count > 60 ? name.prefix(60) + "…" : name
                let reason = "The column \"\(shown)\" is not known here. Known are \(known)."
                problems.append(RowProblem(position: position(field.spot), reason: reason))
                continue
            }
            if places.updateValue(index, forKey: column) != nil {
                let reason = "The column \(name) is there twice."
                problems.append(RowProblem(position: position(field.spot), reason: reason))
            }
        }
        for column in StaffColumn.required where places[column] == nil {
            problems.append(RowProblem(position: start, reason: "The column \(column.rawValue) is missing."))
        }
        if places[.team] != nil, places[.directorate] == nil {
            problems.append(
                RowProblem(
                    position: start,
                    reason: "The column team needs the column directorate, as teams of two may share a name."))
        }
        guard problems.isEmpty else { throw .badHeader(problems) }
        self.places = places
        count = record.fields.count
    }

    func place(of column: StaffColumn) -> Int? { places[column] }

    /// The text with single spaces between its words, as names are stored: `wellFormed` gives the same.
    static func trimmed(_ text: String) -> String {
        var before = UInt8(ascii: " ")
        let isPlain = text.utf8.allSatisfy { byte in
            defer { before = byte }
            return byte > 0x20 && byte < 0x80 || byte == 0x20 && before != 0x20
        }
        if isPlain, before != 0x20 || text.isEmpty { return text }
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

/// Reads one record, collecting all that is wrong with it.
struct StaffRowReader {
    private let header: StaffHeader
    private let record: CSVRecord
    private(set) var problems: [(spot: CSVRecord.Spot, reason: String)] = []

    init(_ record: CSVRecord, _ header: StaffHeader) {
        self.header = header
        self.record = record
    }

    /// The row, or nil when there are problems.
    mutating func row() -> StaffRow? {
        guard record.fields.count == header.count else {
            let reason = "This row has \(record.fields.count) values, the first line has \(header.count)."
            problems.append((record.fields[min(header.count, record.fields.count) - 1].spot, reason))
            return nil
        }
        let validFrom = day(.valid_from), leftOn = day(.left_on)
        if let validFrom, let leftOn, leftOn <= validFrom {
            refuse(.left_on, "Nobody leaves on or before the day from which the row holds, \(validFrom).")
        }
        let directorate = text(.directorate), team = text(.team)
        if team?.isEmpty == false, directorate?.isEmpty != false { refuse(.team, "A team needs a directorate.") }
        let row = StaffRow(
            staffNumber: needed(.staff_number), name: needed(.name), username: username(), grade: text(.grade),
            directorate: directorate, site: text(.site), team: team, contractedPlace: contractedPlace(), roles: roles(),
            skills: skills(), validFrom: validFrom, leftOn: header.place(of: .left_on).map { _ in leftOn },
            spots: record.fields.map(\.spot))
        return problems.isEmpty ? row : nil
    }

    private mutating func refuse(_ column: StaffColumn, _ reason: String) {
        guard let place = header.place(of: column) else { return }
        problems.append((record.fields[place].spot, reason))
    }

    private mutating func text(_ column: StaffColumn) -> String? {
        guard let place = header.place(of: column) else { return nil }
        let text = StaffHeader.trimmed(record.fields[place].text)
        if text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
            refuse(column, "The \(column.rawValue) has a control character in it.")
        }
        if text.utf8.count > column.longest, text.count > column.longest {
            refuse(column, "The \(column.rawValue) has more than \(column.longest) characters.")
        }
        return text
    }

    private mutating func needed(_ column: StaffColumn) -> String {
        let text = text(column) ?? ""
        if text.isEmpty { refuse(column, "The \(column.rawValue) is missing.") }
        return text
    }

    private mutating func username() -> String {
        let username = needed(.username).lowercased()
        if !username.isEmpty, !Person.isUsable(username: username) {
            refuse(.username, StaffRefusal.unusableUsername(username).sentence)
        }
        return username
    }

    private mutating func day(_ column: StaffColumn) -> Day? {
        guard let text = text(column), !text.isEmpty else { return nil }
        guard let day = Day(text) else {
            refuse(column, "\"\(text)\" is no day; write 2026-11-22.")
            return nil
        }
        return day
    }

    private mutating func contractedPlace() -> Place? {
        guard let text = text(.contracted_place) else { return nil }
        guard let place = Place(rawValue: text.lowercased()) else {
            refuse(.contracted_place, "\"\(text)\" is no place of work; write home, office or touchdown.")
            return nil
        }
        return place
    }

    private mutating func roles() -> Set<Role>? {
        guard let text = text(.roles) else { return nil }
        var roles: Set<Role> = []
        for word in text.split(separator: ";") {
            let name = StaffHeader.trimmed(String(word)).lowercased()
            if let role = Role(rawValue: name) {
                roles.insert(role)
            } else {
                let known = Role.allCases.map(\.rawValue).joined(separator: ", ")
                refuse(.roles, "\"\(name)\" is no role; there are \(known).")
            }
        }
        return roles
    }

    private mutating func skills() -> [String: Int]? {
        guard let text = text(.skills) else { return nil }
        var skills: [String: Int] = [:]
        for word in text.split(separator: ";") {
            let parts = word.split(separator: ":", omittingEmptySubsequences: false).map {
                StaffHeader.trimmed(String($0))
            }
            if parts == [""] { continue }
            guard parts.count == 2, !parts[0].isEmpty, let level = Int(parts[1]), Skill.levels.contains(level) else {
                refuse(.skills, "\"\(word)\" is no skill with a level from 1 to 5; write Welsh:3.")
                continue
            }
            if skills.keys.contains(where: { $0.lowercased() == parts[0].lowercased() }) {
                refuse(.skills, "\(parts[0]) is there twice.")
            }
            skills[parts[0]] = level
        }
        return skills
    }
}
