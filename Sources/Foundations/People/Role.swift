import Storage

/// What a person is trusted with. One person may have several; none gives a share of another.
package enum Role: String, CaseIterable, Codable, SQLConvertible {
    case adviser, team_leader, planner, analyst, workplace_officer, administrator, auditor

    /// The role as a person reads it.
    package var label: String {
        switch self {
        case .adviser: "Adviser"
        case .team_leader: "Team leader"
        case .planner: "Planner"
        case .analyst: "Analyst"
        case .workplace_officer: "Workplace officer"
        case .administrator: "Administrator"
        case .auditor: "Auditor"
        }
    }

    /// What this role allows. An administrator can give herself any other, but not unseen by the auditor.
    package var permissions: Set<Permission> {
        switch self {
        case .adviser: [.workDesk, .useDirectory]
        case .team_leader: [.leadTeam, .watchBoard, .readReports, .readContacts, .useDirectory]
        case .planner: [.planQueues, .watchBoard, .readReports, .useDirectory]
        case .analyst: [.matchRecords, .readReports, .useDirectory]
        case .workplace_officer: [.manageWorkplace, .giveFigures, .readReports, .useDirectory]
        case .administrator:
            [.manageStaff, .importStaff, .eraseCustomers, .changeSettings, .watchBoard, .readReports, .useDirectory]
        case .auditor: [.readAudit, .readReports, .useDirectory]
        }
    }
}

/// One thing a person may do; handlers ask for it, roles give it.
package enum Permission: String, CaseIterable, Sendable {
    /// Take contacts at one's own desk.
    case workDesk
    /// Help on calls of one's own team, and see its people.
    case leadTeam
    /// See the queues as they are now.
    case watchBoard
    case readReports
    /// Forecast, staff and open queues.
    case planQueues
    /// Read what was said in contacts other than one's own.
    case readContacts
    case eraseCustomers
    /// Add people, change their roles, teams and skills.
    case manageStaff
    case importStaff
    case readAudit
    /// Link records and settle discrepancies.
    case matchRecords
    /// Rate home workplaces, see the use of the secure connection, hand out devices and desks.
    case manageWorkplace
    /// Give figures out, with their provenance.
    case giveFigures
    case changeSettings
    /// Find a colleague by name.
    case useDirectory
}
