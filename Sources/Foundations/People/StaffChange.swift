import Values

/// What is known of one person before a staff list is applied.
struct KnownStaff: Sendable {
    let id: Person.ID
    let staffNumber: String
    let username: String
    let name: String
    let leftOn: Day?
    var roles: Set<Role> = []
    var career = Career()
    /// What staff lists have said of her skills so far.
    var skills: [SkillHeld] = []
}

/// A row of a staff list with the names of units and skills replaced by what they stand for.
struct ResolvedRow: Sendable {
    let row: StaffRow
    let directorate: Directorate.ID?
    let team: Team.ID?
    let site: Site.ID?
    let skills: [Skill.ID: Int]?
}

/// What one row makes of one person: all of it is stored afterwards, whatever was known before.
struct StaffChange: Sendable {
    let before: KnownStaff?
    let staffNumber: String
    let username: String
    let name: String
    let leftOn: Day?
    let roles: Set<Role>
    let career: Career
    let skills: [SkillHeld]

    /// What this row makes of what is known, by the rules that `StaffImport` states.
    init(_ resolved: ResolvedRow, to before: KnownStaff?, today: Day) {
        let row = resolved.row
        self.before = before
        staffNumber = row.staffNumber
        username = row.username
        name = row.name
        leftOn = StaffChange.leftOn(row, before, today: today)
        roles = row.roles ?? before?.roles ?? []
        career = StaffChange.career(resolved, before, today: today, leftOn: leftOn)
        skills = StaffChange.skills(resolved, before, today: today)
    }

    var isIdentityChanged: Bool {
        guard let before else { return true }
        return before.username != username || before.name != name || before.leftOn != leftOn
    }
    var isFindableChanged: Bool { before?.name != name || before?.username != username }
    var areRolesChanged: Bool { before?.roles ?? [] != roles }
    var isCareerChanged: Bool { before?.career != career }
    var areSkillsChanged: Bool { before?.skills ?? [] != skills }

    var isChanged: Bool { isIdentityChanged || areRolesChanged || isCareerChanged || areSkillsChanged }

    private static func leftOn(_ row: StaffRow, _ before: KnownStaff?, today: Day) -> Day? {
        if let said = row.leftOn { return said }
        // Without the column, being named means being here; a leaving announced for later stands.
        return before?.leftOn.flatMap { $0 > today ? $0 : nil }
    }

    private static func career(
        _ resolved: ResolvedRow, _ before: KnownStaff?, today: Day, leftOn: Day?
    ) -> Career {
        let row = resolved.row, career = before?.career ?? Career()
        let held = career.assignment(on: max(row.validFrom ?? today, today))?.post
        var post = held ?? career.assignments.last?.post ?? Post()
        if row.directorate != nil { post.directorate = resolved.directorate }
        if row.team != nil { post.team = resolved.team }
        if row.site != nil { post.site = resolved.site }
        if let grade = row.grade { post.grade = grade }
        if let place = row.contractedPlace { post.contractedPlace = place }
        let isNews = row.validFrom != nil || post != held
        let said = isNews ? career.with(post, since: row.validFrom ?? today, today: today) : career
        return leftOn.map(said.ending(on:)) ?? said
    }

    private static func skills(_ resolved: ResolvedRow, _ before: KnownStaff?, today: Day) -> [SkillHeld] {
        let known = before?.skills ?? []
        guard let said = resolved.skills else { return known }
        let start = resolved.row.validFrom ?? today
        let day = before == nil ? start : max(start, today)
        var wanted = said
        var skills: [SkillHeld] = []
        for held in known where held.from <= day {
            if held.until.map({ $0 <= day }) == true {
                skills.append(held)
            } else if wanted[held.skill] == held.level {
                wanted[held.skill] = nil
                skills.append(SkillHeld(skill: held.skill, level: held.level, source: .staff_list, from: held.from))
            } else if held.from < day {
                skills.append(
                    SkillHeld(skill: held.skill, level: held.level, source: .staff_list, from: held.from, until: day))
            }
        }
        skills += wanted.map { SkillHeld(skill: $0, level: $1, source: .staff_list, from: day) }
        return skills.sorted { ($0.skill, $0.from) < ($1.skill, $1.from) }
    }
}
