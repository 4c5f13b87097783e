import Values

/// A value as the databases hold it.
package enum SQLValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])

    var isStorable: Bool {
        switch self {
        case .text(let text): !text.utf8.contains(0)
        case .real(let real): !real.isNaN
        case .null, .integer, .blob: true
        }
    }
}

/// What can be bound to a statement and read from a row.
package protocol SQLConvertible: Sendable {
    var sqlValue: SQLValue { get }

    /// Nil when the stored value is not of this type.
    init?(sqlValue: SQLValue)

    /// The type of its columns, where no value tells: in a list that is empty.
    static var sqlType: String { get }
}

extension SQLConvertible {
    package static var sqlType: String { "TEXT" }
}

extension SQLConvertible where Self: RawRepresentable, RawValue == String {
    package var sqlValue: SQLValue { .text(rawValue) }

    package init?(sqlValue: SQLValue) {
        guard case .text(let text) = sqlValue else { return nil }
        self.init(rawValue: text)
    }
}

extension Int64: SQLConvertible {
    package static var sqlType: String { "BIGINT" }
    package var sqlValue: SQLValue { .integer(self) }

    package init?(sqlValue: SQLValue) {
        switch sqlValue {
        case .integer(let integer): self = integer
        case .real(let real): self.init(exactly: real)
        default: return nil
        }
    }
}

extension Int: SQLConvertible {
    package static var sqlType: String { "BIGINT" }
    package var sqlValue: SQLValue { .integer(Int64(self)) }

    package init?(sqlValue: SQLValue) {
        guard let integer = Int64(sqlValue: sqlValue) else { return nil }
        self.init(exactly: integer)
    }
}

extension Bool: SQLConvertible {
    package static var sqlType: String { "BOOLEAN" }
    package var sqlValue: SQLValue { .integer(self ? 1 : 0) }

    package init?(sqlValue: SQLValue) {
        guard case .integer(let integer) = sqlValue else { return nil }
        self = integer != 0
    }
}

extension Double: SQLConvertible {
    package static var sqlType: String { "DOUBLE PRECISION" }
    package var sqlValue: SQLValue { .real(self) }

    package init?(sqlValue: SQLValue) {
        switch sqlValue {
        case .integer(let integer): self.init(integer)
        case .real(let real): self = real
        default: return nil
        }
    }
}

extension String: SQLConvertible {
    package var sqlValue: SQLValue { .text(self) }

    package init?(sqlValue: SQLValue) {
        guard case .text(let text) = sqlValue else { return nil }
        self = text
    }
}

extension [UInt8]: SQLConvertible {
    package var sqlValue: SQLValue { .blob(self) }

    package init?(sqlValue: SQLValue) {
        guard case .blob(let bytes) = sqlValue else { return nil }
        self = bytes
    }
}

extension Identifier: SQLConvertible {
    package static var sqlType: String { "BIGINT" }
    package var sqlValue: SQLValue { .integer(number) }

    package init?(sqlValue: SQLValue) {
        guard case .integer(let number) = sqlValue else { return nil }
        self.init(number)
    }
}

extension Moment: SQLConvertible {
    package var sqlValue: SQLValue { .text(description) }

    package init?(sqlValue: SQLValue) {
        guard case .text(let text) = sqlValue else { return nil }
        self.init(text)
    }
}

extension Day: SQLConvertible {
    package var sqlValue: SQLValue { .text(description) }

    package init?(sqlValue: SQLValue) {
        guard case .text(let text) = sqlValue else { return nil }
        self.init(text)
    }
}

/// A length of time is stored in whole milliseconds.
extension Duration: SQLConvertible {
    package static var sqlType: String { "BIGINT" }
    package var sqlValue: SQLValue { .integer(milliseconds) }

    package init?(sqlValue: SQLValue) {
        guard let milliseconds = Int64(sqlValue: sqlValue) else { return nil }
        self = .milliseconds(milliseconds)
    }
}

extension Channel: SQLConvertible {}
extension Place: SQLConvertible {}
