import Values

/// What went wrong in a database, in words that both share.
package enum StorageFault: Error, Equatable {
    /// A rule of the schema was broken. `constraint` names it as well as the database does.
    case constraint(Constraint, detail: String)
    /// The database refused a statement.
    case statement(String)
    /// The database cannot be reached or has gone away.
    case unreachable(String)
    case unknownColumn(String)
    case unreadable(column: String, value: String, type: String)
    case nothingReturned
    /// Another transaction was in the way, again and again.
    case contended
    /// The file or server holds a newer schema than this program knows.
    case newer(migration: String)
    /// A migration that was already applied no longer says what it said then.
    case altered(migration: String)
    case broken(String)

    package enum Constraint: Sendable {
        case unique, foreignKey, check, notNull, other
    }
}

/// No room is left on the disk: nothing of what was asked was stored, and all that was acknowledged still is.
package struct NoRoom: Refusal, Equatable {
    package init() {}
    package var kind: RefusalKind { .noRoom }
    package var sentence: String {
        "The server has no room left to store this. Nothing was saved; please tell the operator and try again later."
    }
}
