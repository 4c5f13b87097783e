import Testing

@testable import Matching

struct BorrowedNamesTests {
    @Test func `borrowed names are the records' own, and come before each other as strings do`() throws {
        let all = ["7", "10", "émile", "e\u{301}tienne", "zoë", "7"]
        let people = all.enumerated().map { row, name in PlainRecord(name: name, source: row / 4, values: [:]) }

        let records = try Records(of: people, sources: ["x", "y"], for: Model())

        records.withNames { names in
            for row in all.indices {
                #expect(String(decoding: names[row], as: UTF8.self) == all[row])
                #expect(records.name(of: row) == all[row])
                for other in all.indices { #expect(names.stands(row, before: other) == (all[row] < all[other])) }
            }
        }
    }
}
