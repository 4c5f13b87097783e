import Storage
import Values

/// The directorates, sites, teams and skills that a staff list names, known and new.
struct StaffUnits {
    private struct TeamName: Hashable {
        let directorate: String
        let team: String
    }

    private var directorates: [String: Directorate.ID] = [:]
    private var sites: [String: Site.ID] = [:]
    private var teams: [TeamName: Team.ID] = [:]
    /// By name in small letters: nobody means two skills by `Tax` and `tax`.
    private var skills: [String: Skill.ID] = [:]
    private(set) var summary = StaffSummary()

    /// Looks up all units that the rows name. New ones are added if `writes`, otherwise they get numbers below zero.
    init(_ rows: [StaffRow], in transaction: Transaction, writes: Bool) throws {
        try load(in: transaction)
        var numbers: Int64 = 0
        func provisional() -> Int64 {
            numbers -= 1
            return numbers
        }
        var newTeams: [TeamName] = []
        for row in rows {
            if let name = row.directorate, !name.isEmpty, directorates[name] == nil {
                directorates[name] =
                    writes ? try Directorate.add(named: name, in: transaction).id : Directorate.ID(provisional())
                summary.newDirectorates.append(name)
            }
            if let name = row.site, !name.isEmpty, sites[name] == nil {
                sites[name] =
                    writes ? try Site.add(named: name, kind: .other, in: transaction).id : Site.ID(provisional())
                summary.newSites.append(name)
            }
            if let name = teamName(row), teams[name] == nil, directorates[name.directorate] != nil {
                teams[name] = Team.ID(provisional())
                newTeams.append(name)
            }
            for name in (row.skills ?? [:]).keys.sorted() where skills[name.lowercased()] == nil {
                skills[name.lowercased()] =
                    writes ? try NamedSkill.add(named: name, in: transaction).id : Skill.ID(provisional())
                summary.newSkills.append(name)
            }
        }
        summary.newTeams = newTeams.map { "\($0.directorate): \($0.team)" }
        if writes { try add(newTeams, in: transaction) }
    }

    /// Adds teams, of which a body has thousands, all at once.
    private mutating func add(_ new: [TeamName], in transaction: Transaction) throws {
        try Team.add(
            new.compactMap { name in directorates[name.directorate].map { (name.team, $0) } }, in: transaction)
        try loadTeams(in: transaction)
    }

    func resolved(_ row: StaffRow) -> ResolvedRow {
        ResolvedRow(
            row: row, directorate: row.directorate.flatMap { directorates[$0] },
            team: teamName(row).flatMap { teams[$0] }, site: row.site.flatMap { sites[$0] },
            skills: row.skills.map { named in
                Dictionary(
                    named.compactMap { name, level in skills[name.lowercased()].map { ($0, level) } },
                    uniquingKeysWith: max)
            })
    }

    /// The columns of this row that name something new, with the name.
    func unknown(in row: StaffRow) -> [(column: StaffColumn, name: String)] {
        var unknown: [(StaffColumn, String)] = []
        if let name = row.directorate, let id = directorates[name], id.number < 0 {
            unknown.append((.directorate, name))
        }
        if let name = row.site, let id = sites[name], id.number < 0 { unknown.append((.site, name)) }
        if let name = teamName(row), let id = teams[name], id.number < 0 { unknown.append((.team, name.team)) }
        for (name, _) in row.skills ?? [:] {
            if let id = skills[name.lowercased()], id.number < 0 { unknown.append((.skills, name)) }
        }
        return unknown
    }

    private func teamName(_ row: StaffRow) -> TeamName? {
        guard let team = row.team, !team.isEmpty, let directorate = row.directorate else { return nil }
        return TeamName(directorate: directorate, team: team)
    }

    private mutating func load(in transaction: Transaction) throws {
        for directorate in try Directorate.all(in: transaction) { directorates[directorate.name] = directorate.id }
        for site in try Site.all(in: transaction) { sites[site.name] = site.id }
        for skill in try NamedSkill.all(in: transaction) { skills[skill.name.lowercased()] = skill.id }
        try loadTeams(in: transaction)
    }

    private mutating func loadTeams(in transaction: Transaction) throws {
        let names = Dictionary(directorates.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        for team in try Team.all(in: transaction) {
            guard let directorate = names[team.directorate] else { continue }
            teams[TeamName(directorate: directorate, team: team.name)] = team.id
        }
    }
}
