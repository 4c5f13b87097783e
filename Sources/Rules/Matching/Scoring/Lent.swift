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
            codes: Pointers.never(), width: 0, maps: Pointers.never(), texts: Pointers.never(), logs: Pointers.never(),
            orders: Pointers.never())
    }
}

extension Records {
    /// Lends the records, what the rules made of them, and the scorer's frequencies.
    func lend<Result>(_ rules: Rules, _ scorer: Scorer, _ body: (Lent) -> Result) -> Result {
        codes.withUnsafeBufferPointer { codes in
            Pointers.kept(of: (maps + rules.maps)[...], []) { maps in
                Pointers.each(of: scorer.frequencies.map(\.logs)) { logs in
                    Pointers.each(of: rules.orders) { orders in
                        Pointers.texts(of: vocabularies[...], []) { texts in
                            body(
                                Lent(
                                    codes: Pointers.address(of: codes), width: layout.columns.count,
                                    maps: Pointers.address(of: maps), texts: Pointers.address(of: texts),
                                    logs: Pointers.address(of: logs), orders: Pointers.address(of: orders)))
                        }
                    }
                }
            }
        }
    }
}

/// Lends several arrays at once.
private enum Pointers {
    static func each<Element, Result>(
        of arrays: [[Element]], _ body: (UnsafeBufferPointer<UnsafePointer<Element>>) -> Result
    ) -> Result {
        each(of: arrays[...], []) { $0.withUnsafeBufferPointer(body) }
    }

    private static func each<Element, Result>(
        of arrays: ArraySlice<[Element]>, _ found: [UnsafePointer<Element>],
        _ body: ([UnsafePointer<Element>]) -> Result
    ) -> Result {
        guard let first = arrays.first else { return body(found) }
        return first.withUnsafeBufferPointer { buffer in
            each(of: arrays.dropFirst(), found + [address(of: buffer)], body)
        }
    }

    static func kept<Element, Result>(
        of arrays: ArraySlice<Kept<Element>>, _ found: [UnsafePointer<Element>],
        _ body: (UnsafeBufferPointer<UnsafePointer<Element>>) -> Result
    ) -> Result {
        guard let first = arrays.first else { return found.withUnsafeBufferPointer(body) }
        return first.withUnsafeBufferPointer { buffer in
            kept(of: arrays.dropFirst(), found + [address(of: buffer)], body)
        }
    }

    static func texts<Result>(
        of vocabularies: ArraySlice<Vocabulary>, _ found: [Texts], _ body: (UnsafeBufferPointer<Texts>) -> Result
    ) -> Result {
        guard let first = vocabularies.first else { return found.withUnsafeBufferPointer(body) }
        return first.withTexts { texts in
            Self.texts(of: vocabularies.dropFirst(), found + [texts], body)
        }
    }

    /// The address of a buffer; of an empty one, an address that is never read.
    static func address<Element>(of buffer: UnsafeBufferPointer<Element>) -> UnsafePointer<Element> {
        buffer.baseAddress ?? never()
    }

    /// An address that is never read.
    static func never<Element>() -> UnsafePointer<Element> {
        guard let place = UnsafePointer<Element>(bitPattern: 64) else { preconditionFailure("64 is an address.") }
        return place
    }
}
