import People
import Storage
import Values

/// Stretches of advisers' time that are alike, counted.
struct StretchCount: Equatable, Sendable {
    let doing: Desk.Doing
    let place: Place
    let team: Team.ID?
    let skills: SkillProfile
    let stretches: Int
    /// Milliseconds of all of them.
    let lasting: Int64
}

extension StretchCount {
    /// The stretches that began within a span.
    static func all(in span: Span, _ transaction: Transaction) throws -> [StretchCount] {
        try transaction.rows(
            """
            SELECT doing, place, team_id, skills, COUNT(*) AS n, CAST(SUM(milliseconds) AS BIGINT) AS lasting
            FROM desk_time WHERE from_at >= \(span.start) AND from_at < \(span.end)
            GROUP BY doing, place, team_id, skills
            """
        ).map { row in
            StretchCount(
                doing: try row.value("doing"), place: try row.value("place"), team: try row.optional("team_id"),
                skills: try row.value("skills"), stretches: try row.value("n"), lasting: try row.value("lasting"))
        }
    }
}
