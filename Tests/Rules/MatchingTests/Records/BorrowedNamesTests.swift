import Testing

@testable import Matching

/// Names of records as they lie in memory.
struct BorrowedNamesTests {
    @Test func `borrowed names are the records' own, and come before each other as strings do`() throws {
        var builder = try RecordsBuilder(for: MadePeople.model)
        let values = Array(repeating: UnsafeBufferPointer<UInt8>?.none, count: builder.columns.count)
        let sources = [["7", "10", "émile", "e\u{301}tienne"], ["zoë", "7"]]
        for (number, names) in sources.enumerated() {
            try builder.begin(source: "source \(number)")
            for name in names {
                var name = name
                try name.withUTF8 { bytes throws(RecordFault) in
                    try values.withUnsafeBufferPointer { (values) throws(RecordFault) in
                        try builder.append(name: bytes, values: values)
                    }
                }
            }
        }

        let records = try builder.finish()

        let all = Array(sources.joined())
        records.withNames { names in
            for row in all.indices {
                #expect(String(decoding: names[row], as: UTF8.self) == all[row])
                #expect(records.name(of: row) == all[row])
                for other in all.indices { #expect(names.stands(row, before: other) == (all[row] < all[other])) }
            }
        }
    }
}
