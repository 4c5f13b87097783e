/// The number by which one kind of thing is known: a contact's and an adviser's cannot be mixed up.
///
/// `Thing` is never made; it only names the kind.
public struct Identifier<Thing>: Hashable, Comparable, Sendable {
    /// The number as it stands in the tables: positive for everything that was stored.
    public let number: Int64

    public init(_ number: Int64) {
        self.number = number
    }

    public static func < (left: Self, right: Self) -> Bool {
        left.number < right.number
    }
}

extension Identifier: CustomStringConvertible {
    public var description: String { String(number) }
}

extension Identifier: LosslessStringConvertible {
    /// Reads the digits of an address or a form field, in the one way they are written: no `+7`, no `007`.
    public init?(_ description: String) {
        guard let number = Int64(description), number > 0, String(number) == description else { return nil }
        self.init(number)
    }
}

extension Identifier: Codable {
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(Int64.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(number)
    }
}

extension Identifier: ExpressibleByIntegerLiteral {
    public init(integerLiteral number: Int64) {
        self.init(number)
    }
}
