import Values

/// What went wrong in a database, in words that both share. Its description is a sentence for the operator.
package enum StorageFault: Error, Equatable {
    /// A rule of the schema was broken. `detail` names it as well as the database does, and holds no stored values.
    case constraint(Constraint, detail: String)
    /// The database refused a statement.
    case statement(String)
    /// The database cannot be reached, opened or used: what, where and what to do, in sentences.
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
    /// The database did something that it promises not to do.
    case broken(String)
    /// A copy could not be made: why, in sentences.
    case copy(String)
    /// A transaction was used after its closure had returned.
    case ended
    /// The store was used after it had been closed.
    case closed

    package enum Constraint: Sendable {
        case unique, foreignKey, check, notNull, other
    }
}

extension StorageFault {
    static func empty(_ location: Store.Location) -> StorageFault {
        .unreachable(
            """
            The database (\(location)) holds nothing of Touchdown's. Check database.url; "touchdown serve" fills a new one.
            """)
    }
}

extension StorageFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .constraint(let constraint, let detail): "A rule of the schema was broken (\(constraint)): \(detail)."
        case .statement(let detail): "The database refused a statement: \(detail)"
        case .unreachable(let sentences), .copy(let sentences): sentences
        case .unknownColumn(let column): "The answer has no column \"\(column)\"."
        case .unreadable(let column, let value, let type):
            "Column \"\(column)\" holds \(value), which is no \(type)."
        case .nothingReturned: "The statement returned no row; does it end in RETURNING id?"
        case .contended: "Other writes were in the way again and again; nothing was stored. Try again."
        case .newer(let migration):
            """
            The database was written by a newer version of Touchdown: it holds the change "\(migration)", which this \
            version does not know. Start the newer version, or restore the backup made before the upgrade.
            """
        case .altered(let migration):
            """
            The change "\(migration)" was applied to this database with a different text. A change that was shipped \
            is never edited: restore its text and add a new change instead.
            """
        case .broken(let detail): "The database broke a promise: \(detail)."
        case .ended: "A transaction was used after its closure had returned."
        case .closed: "The database has been closed."
        }
    }
}

/// No room is left on the disk: nothing of what was asked was stored, and all that was acknowledged still is.
package struct NoRoom: Refusal, Equatable, CustomStringConvertible {
    package init() {}
    package var description: String { sentence }
    package var kind: RefusalKind { .noRoom }
    package var sentence: String {
        "The server has no room left to store this. Nothing was saved; please tell the operator and try again later."
    }
}

/// A text with the character NUL, or a number that is none: one of the two databases cannot hold it, so neither does.
package struct Unstorable: Refusal, Equatable {
    package init() {}
    package var sentence: String {
        "This contains a character or number that cannot be stored. Please remove it and try again."
    }
}
