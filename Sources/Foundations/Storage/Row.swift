/// One row of an answer: values by the name of their column.
package struct Row: Sendable {
    /// The names of an answer's columns, shared by all its rows.
    package final class Columns: Sendable {
        private let names: [String]

        init(_ names: [String]) {
            self.names = names
        }

        /// Looked for one by one: answers are narrow, and a dictionary would be made anew for each of them.
        func index(of name: String) -> Int? {
            names.firstIndex(of: name)
        }
    }

    let columns: Columns
    let values: [SQLValue]

    /// The value of a column that is never null.
    package func value<Value: SQLConvertible>(_ column: String, as: Value.Type = Value.self) throws -> Value {
        let stored = try stored(column)
        guard let value = Value(sqlValue: stored) else {
            throw StorageFault.unreadable(column: column, value: "\(stored)", type: "\(Value.self)")
        }
        return value
    }

    /// The value of a column that may be null.
    package func optional<Value: SQLConvertible>(_ column: String, as: Value.Type = Value.self) throws -> Value? {
        try stored(column) == .null ? nil : value(column)
    }

    private func stored(_ column: String) throws -> SQLValue {
        guard let index = columns.index(of: column) else { throw StorageFault.unknownColumn(column) }
        return values[index]
    }
}
