import Foundation
import Hummingbird
import Values

/// What stands at a place of an address, like the 17 of `queues/17`. What cannot be there names nothing, so it is not found.
extension Parameters {
    /// The number that stands there.
    ///
    /// - Throws: `AddressRefusal` when it is none.
    package func require<Thing>(_ part: String, as: Identifier<Thing>.Type) throws -> Identifier<Thing> {
        guard let id = get(part).flatMap(Identifier<Thing>.init) else { throw AddressRefusal.noNumber(part) }
        return id
    }

    /// The day that stands there.
    ///
    /// - Throws: `AddressRefusal` when it is none, or in a year that nobody means.
    package func require(_ part: String, as: Day.Type) throws -> Day {
        guard let day = get(part).flatMap(Day.init), Day.usual.contains(day) else { throw AddressRefusal.noDay(part) }
        return day
    }

    /// The text that stands there, as it was meant: Hummingbird leaves `%20` in it.
    ///
    /// - Throws: `AddressRefusal` when it stands for no text.
    package func text(_ part: String) throws -> String {
        guard let text = get(part)?.removingPercentEncoding else { throw AddressRefusal.noText(part) }
        return text
    }
}

/// A part of an address cannot be what should stand there.
enum AddressRefusal: Refusal, Equatable {
    case noNumber(String)
    case noDay(String)
    case noText(String)

    var sentence: String {
        switch self {
        case .noNumber(let part):
            "There is nothing at this address: the \(part) in it must be a whole number like 17."
        case .noDay(let part):
            "There is nothing at this address: the \(part) in it must be from 1970 to 2199 and written like 2026-12-25."
        case .noText(let part): "There is nothing at this address: the \(part) in it cannot be read."
        }
    }

    var kind: RefusalKind { .notFound }
}
