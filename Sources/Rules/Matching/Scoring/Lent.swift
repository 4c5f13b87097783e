/// What the inner loops read, borrowed for as long as a body runs: no counting of references, no bounds to check.
struct Lent {
    /// A code per column and row.
    let codes: UnsafePointer<UInt32>
    let width: Int
    let maps: UnsafePointer<UnsafePointer<UInt32>>
    /// The texts of each domain.
    let texts: UnsafePointer<Texts>
    /// The logarithms of frequencies, for each adjustment by code.
    let logs: UnsafePointer<UnsafePointer<Double>>
    /// The rows' places in each order of neighbours.
    let orders: UnsafePointer<UnsafePointer<UInt32>>

    /// What is lent as long as nothing is: addresses that are never read.
    static var nothing: Lent {
        Lent(
            codes: Lender.never(), width: 0, maps: Lender.never(), texts: Lender.never(), logs: Lender.never(),
            orders: Lender.never())
    }
}

extension Records {
    /// Lends the records, what the rules made of them, and the scorer's frequencies.
    func lend<Result>(_ rules: Rules, _ scorer: Scorer, _ body: (Lent) -> Result) -> Result {
        Lender(self, rules, scorer).lend(body)
    }
}

/// Lends the same arrays as often as asked.
///
/// Their addresses have a place that is made once, and each step into the next array holds on to that array alone: when
/// every step held on to all records, lending took most of the time of a single pair.
final class Lender {
    private let codes: Kept<UInt32>
    private let maps: [Kept<UInt32>]
    private let vocabularies: [Vocabulary]
    private let logs: [[Double]]
    private let orders: [[UInt32]]
    private let width: Int
    private let mapPlaces: UnsafeMutablePointer<UnsafePointer<UInt32>>
    private let textPlaces: UnsafeMutablePointer<Texts>
    private let logPlaces: UnsafeMutablePointer<UnsafePointer<Double>>
    private let orderPlaces: UnsafeMutablePointer<UnsafePointer<UInt32>>

    init(_ records: Records, _ rules: Rules, _ scorer: Scorer) {
        codes = records.codes
        maps = records.maps + rules.maps
        vocabularies = records.vocabularies
        logs = scorer.frequencies.map(\.logs)
        orders = rules.orders
        width = records.layout.columns.count
        mapPlaces = .allocate(capacity: max(1, maps.count))
        textPlaces = .allocate(capacity: max(1, vocabularies.count))
        logPlaces = .allocate(capacity: max(1, logs.count))
        orderPlaces = .allocate(capacity: max(1, orders.count))
    }

    deinit {
        mapPlaces.deallocate()
        textPlaces.deallocate()
        logPlaces.deallocate()
        orderPlaces.deallocate()
    }

    /// Lends all of them for as long as the body runs.
    func lend<Result>(_ body: (Lent) -> Result) -> Result {
        codes.withUnsafeBufferPointer { codes in
            lend(maps: 0) {
                lend(texts: 0) {
                    lend(logs: 0) {
                        lend(orders: 0) {
                            body(
                                Lent(
                                    codes: Self.address(of: codes), width: width, maps: mapPlaces, texts: textPlaces,
                                    logs: logPlaces, orders: orderPlaces))
                        }
                    }
                }
            }
        }
    }

    private func lend<Result>(maps number: Int, _ body: () -> Result) -> Result {
        guard number < maps.count else { return body() }
        return maps[number].withUnsafeBufferPointer { buffer in
            mapPlaces[number] = Self.address(of: buffer)
            return lend(maps: number + 1, body)
        }
    }

    private func lend<Result>(texts number: Int, _ body: () -> Result) -> Result {
        guard number < vocabularies.count else { return body() }
        return vocabularies[number].withTexts { texts in
            textPlaces[number] = texts
            return lend(texts: number + 1, body)
        }
    }

    private func lend<Result>(logs number: Int, _ body: () -> Result) -> Result {
        guard number < logs.count else { return body() }
        return logs[number].withUnsafeBufferPointer { buffer in
            logPlaces[number] = Self.address(of: buffer)
            return lend(logs: number + 1, body)
        }
    }

    private func lend<Result>(orders number: Int, _ body: () -> Result) -> Result {
        guard number < orders.count else { return body() }
        return orders[number].withUnsafeBufferPointer { buffer in
            orderPlaces[number] = Self.address(of: buffer)
            return lend(orders: number + 1, body)
        }
    }

    /// The address of a buffer; of an empty one, an address that is never read.
    private static func address<Element>(of buffer: UnsafeBufferPointer<Element>) -> UnsafePointer<Element> {
        buffer.baseAddress ?? never()
    }

    /// An address that is never read.
    static func never<Element>() -> UnsafePointer<Element> {
        guard let place = UnsafePointer<Element>(bitPattern: 64) else { preconditionFailure("64 is an address.") }
        return place
    }
}
