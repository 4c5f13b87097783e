import People
import Storage
import Values

/// The invented people, places and skills that every test knows. In a fresh database they have these numbers.
///
/// Amina and Bram are advisers of one team, which Carys leads; Dilwyn plans, Eleri finds what does not add up,
/// Farouk looks after workplaces, Gwen administers, Hamza audits. Iolo is an adviser of another team, at home.
package enum Cast {
    /// Monday of the week in which tests happen.
    package static let monday = Day(daysSinceEpoch: 20_780)
    /// Nine o'clock of that Monday, in UTC.
    package static let morning = Moment(milliseconds: monday.startInUTC.milliseconds + 9 * 3_600_000)

    package static let everybody: [Person] = [
        .amina, .bram, .carys, .dilwyn, .eleri, .farouk, .gwen, .hamza, .iolo,
    ]

    /// Puts the cast into a database that has no people yet. All joined three years before `monday`.
    package static func insert(in transaction: Transaction) throws {
        for unit in [Directorate.services, .debt] {
            try check(Directorate.add(named: unit.name, in: transaction) == unit)
        }
        for site in [Site.atrium, .quay] {
            try check(Site.add(named: site.name, kind: site.kind, in: transaction) == site)
        }
        for team in [Team.blue, .green] {
            try check(Team.add(named: team.name, to: team.directorate, in: transaction) == team)
        }
        for (id, name) in [
            (Skill.selfAssessment, "Self Assessment"), (Skill.childBenefit, "Child Benefit"), (Skill.welsh, "Welsh"),
        ] {
            try check(NamedSkill.add(named: name, in: transaction).id == id)
        }
        let act = Act(by: nil, at: morning - .days(1))
        for person in everybody {
            let new = NewPerson(
                staffNumber: person.staffNumber, username: person.username, name: person.name, roles: person.roles,
                post: person.post, from: joined)
            try check(new.insert(by: act, in: transaction) == person)
        }
        for (person, skill, level) in [
            (Person.amina, Skill.selfAssessment, 4), (.amina, Skill.welsh, 2), (.bram, Skill.selfAssessment, 2),
            (.bram, Skill.childBenefit, 3), (.iolo, Skill.childBenefit, 5),
        ] {
            try SkillHeld.give(skill, level: level, to: person.id, from: joined, by: act, in: transaction)
        }
    }

    private static let joined = monday + -1_095

    private static func check(_ isAsExpected: Bool) throws {
        guard isAsExpected else { throw NotFresh() }
    }

    /// The cast keeps its numbers only in a database that nobody was in before.
    package struct NotFresh: Error {}
}

extension Directorate {
    package static let services = Directorate(id: 1, name: "Customer Services")
    package static let debt = Directorate(id: 2, name: "Debt")
}

extension Site {
    package static let atrium = Site(id: 1, name: "Atrium", kind: .regional_centre)
    package static let quay = Site(id: 2, name: "Quay", kind: .touchdown)
}

extension Team {
    /// Amina's, Bram's and Carys's team.
    package static let blue = Team(id: 1, name: "Blue", directorate: Directorate.services.id)
    /// Iolo's team.
    package static let green = Team(id: 2, name: "Green", directorate: Directorate.debt.id)
}

extension Skill {
    package static let selfAssessment: ID = 1
    package static let childBenefit: ID = 2
    package static let welsh: ID = 3
}

extension Person {
    package static let amina = invented(1, "Amina de Vries", .adviser, team: .blue, place: .home)
    package static let bram = invented(2, "Bram Okafor", .adviser, team: .blue, place: .office)
    package static let carys = invented(3, "Carys Novák", .team_leader, team: .blue, place: .office)
    package static let dilwyn = invented(4, "Dilwyn Price", .planner, place: .office)
    package static let eleri = invented(5, "Eleri Schmidt", .analyst, place: .home)
    package static let farouk = invented(6, "Farouk Haddad", .workplace_officer, place: .office)
    package static let gwen = invented(7, "Gwen Larsen", .administrator, place: .office)
    package static let hamza = invented(8, "Hamza Rossi", .auditor, place: .office)
    package static let iolo = invented(9, "Iolo Tanaka", .adviser, team: .green, place: .home)

    private static func invented(
        _ number: Int64, _ name: String, _ role: Role, team: Team? = nil, place: Place
    ) -> Person {
        let post = Post(
            directorate: (team?.directorate) ?? Directorate.services.id, team: team?.id,
            site: place == .home ? Site.quay.id : Site.atrium.id, grade: "O", contractedPlace: place)
        let first = name.split(separator: " ").first.map { $0.lowercased() } ?? name
        return Person(
            id: ID(number), staffNumber: "10000\(number)", username: first, name: name, roles: [role], post: post)
    }
}
