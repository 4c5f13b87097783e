import Contacts
import Foundation
import People
import Storage
import Values

/// An invented tax authority to try everything on. Any likeness to a living person is chance.
struct DemoBody: Sendable {
    /// What everybody's password is.
    static let password = "calm-river-47-lamps"

    let staff: Int
    let today: Day
    let now: Moment

    /// A way in, as `--sign-ins` writes it.
    struct WayIn: Codable, Sendable {
        let role, username, password, name: String
        let skills: [String]
    }

    static let skills = ["PAYE", "Self Assessment", "VAT", "Child Benefit", "Job Retention Scheme", "Welsh"]

    private static let centres = [
        "Newcastle", "Manchester", "Liverpool", "Leeds", "Nottingham", "Birmingham", "Cardiff", "Belfast", "Glasgow",
        "Edinburgh", "Bristol", "Stratford", "Croydon",
    ]
    private static let touchdowns = ["Carlisle", "Norwich", "Plymouth", "Bangor", "Inverness"]
    private static let directorates = ["Personal Tax Helplines", "Business Tax Helplines", "Schemes and Benefits"]
    private static let grades = ["AO", "AO", "AO", "O", "O", "HO", "SO"]

    /// Fills an empty database. Everything goes the way it goes in a real body: staff by import, queues by a planner.
    func fill(_ installation: Installation) async throws -> [WayIn] {
        let store = installation.store
        let people = DemoPeople(count: staff).people
        try await store.write { transaction in
            try DemoSignIns.mark(in: transaction)
            for name in DemoBody.centres { _ = try Site.add(named: name, kind: .regional_centre, in: transaction) }
            for name in DemoBody.touchdowns { _ = try Site.add(named: name, kind: .touchdown, in: transaction) }
        }
        let csv = csv(of: people)
        try await store.write { [now, today] transaction in
            let list = try StaffImport(Array(csv.utf8), options: .init(today: today))
            _ = try list.apply(by: Act(by: nil, at: now), in: transaction)
            try queues(in: transaction)
            try courses(in: transaction)
        }
        return try await waysIn(people, installation)
    }

    private func waysIn(_ people: [DemoPeople.One], _ installation: Installation) async throws -> [WayIn] {
        let able = people.prefix(6_000)
        let ids = try await installation.store.read { [today] transaction in
            try able.map { try Person.find(username: $0.username, on: today, in: transaction)?.id }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for ids in stride(from: 0, to: ids.count, by: 250).map({ ids[$0..<min($0 + 250, ids.count)] }) {
                group.addTask { [now] in
                    for id in ids.compactMap(\.self) {
                        try await installation.signIn.setPassword(
                            of: id, to: DemoBody.password, mustChange: false, by: Act(by: nil, at: now))
                    }
                }
            }
            try await group.waitForAll()
        }
        return ways()
    }

    /// The ways into a body of this size.
    func ways() -> [WayIn] {
        DemoPeople(count: staff).people.prefix(6_000).map { one in
            WayIn(
                role: one.role.rawValue, username: one.username, password: DemoBody.password, name: one.name,
                skills: one.skills.map { DemoBody.skills[$0] })
        }
    }

    private func csv(of people: [DemoPeople.One]) -> String {
        var lines = [
            "staff_number,name,username,grade,directorate,site,team,contracted_place,roles,skills,valid_from"
        ]
        let sites = DemoBody.centres + DemoBody.touchdowns
        for (index, one) in people.enumerated() {
            let directorate = DemoBody.directorates[index % 3]
            let team = "\(sites[index % 13]) \(index / 39 % 4 + 1)"
            let place = index % 5 < 3 ? "home" : index % 5 == 3 ? "office" : "touchdown"
            let skills = one.skills.map { "\(DemoBody.skills[$0]):\(2 + (index + $0) % 4)" }.joined(separator: ";")
            lines.append(
                [
                    String(4_000_000 + index), one.name, one.username, DemoBody.grades[index % 7], directorate,
                    sites[index % sites.count], team, place, one.role.rawValue, skills, "2025-04-01",
                ].joined(separator: ","))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func courses(in transaction: Transaction) throws {
        for skill in try NamedSkill.all(in: transaction) where ["Welsh", "VAT", "PAYE"].contains(skill.name) {
            let validDays = skill.name == "Welsh" ? nil : 730
            for (title, level) in [("\(skill.name), first steps", 1), ("\(skill.name) in depth", 4)] {
                _ = try Course.add(
                    titled: title, giving: skill.id, level: level, validDays: validDays, in: transaction)
            }
        }
    }

    private func queues(in transaction: Transaction) throws {
        let ids = Dictionary(
            uniqueKeysWithValues: try NamedSkill.all(in: transaction).map { ($0.name, $0.id) })
        let plans: [(key: String, name: String, skill: String, overflow: String?)] = [
            ("paye", "PAYE", "PAYE", "Self Assessment"),
            ("self-assessment", "Self Assessment", "Self Assessment", "PAYE"),
            ("vat", "VAT", "VAT", nil), ("child-benefit", "Child Benefit", "Child Benefit", nil),
            ("job-retention-scheme", "Job Retention Scheme", "Job Retention Scheme", "PAYE"),
            ("cymraeg", "Cymraeg", "Welsh", nil),
        ]
        for plan in plans {
            guard let skill = ids[plan.skill] else { continue }
            var draft = QueueDraft(key: plan.key, name: plan.name)
            draft.needs = [.init(skill: skill, level: 1)]
            if let overflow = plan.overflow.flatMap({ ids[$0] }) {
                draft.needs.append(.init(after: .minutes(2), skill: overflow, level: 3))
            }
            // Open day and night, so that whoever tries it finds it open.
            draft.openings = (1...7).map { .init(weekday: $0, opens: 0, closes: 1_440) }
            if plan.key == "cymraeg" { draft.language = "cy" }
            if plan.key == "job-retention-scheme" { draft.priority = 2 }
            _ = try draft.insert(by: Act(by: nil, at: now), in: transaction)
        }
    }
}
