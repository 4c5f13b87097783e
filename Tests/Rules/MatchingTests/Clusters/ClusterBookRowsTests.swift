import Matching
import Testing
import Values

struct ClusterBookRowsTests {
    @Test func `membership and history are rows of text`() throws {
        var book = ClusterBook(founding: Clustering(labels: [0, 0, 2]))
        var change = ClusterChange(when: "2026-11-22")
        change.records = [3]
        change.links = [Link(3, 2, weight: 9), Link(1, 2, weight: 9)]
        try book.apply(change)

        #expect(Array(book.membershipRows { "p\($0)" }) == [["p0", "1"], ["p1", "1"], ["p2", "1"], ["p3", "1"]])
        #expect(
            Array(book.historyRows { "p\($0)" }) == [
                ["1", "2026-11-22", "merge", "1", "2", ""], ["2", "2026-11-22", "growth", "1", "", "p3"],
            ])
        #expect(Array(book.historyRows(from: 2) { "p\($0)" }).map(\.[0]) == ["2"])
        #expect(ClusterBook.membershipHeader.count == 2 && ClusterBook.historyHeader.count == 6)
    }

    @Test(arguments: 1...20) func `a book that is read back goes on as if it had never been away`(seed: UInt64) throws {
        var straight = BookLife(seed: seed)
        var paused = BookLife(seed: seed)
        for step in 1...20 {
            try straight.change(step)
            try paused.change(step)
            paused.book = try ClusterBook(
                membership: paused.book.membershipRows { "p\($0)" }, history: paused.book.historyRows { "p\($0)" },
                row: { UInt32($0.dropFirst()) })
        }
        #expect(straight.membership == paused.membership)
        #expect(straight.book.history == paused.book.history)
    }

    @Test(
        arguments: [
            ([["a"]], [], "membership, row 1"), ([["a", "1"], ["z", "1"]], [], "membership, row 2"),
            ([["a", "1"], ["a", "2"]], [], "membership, row 2"), ([["a", "0"]], [], "membership, row 1"),
            ([["a", "4294967295"]], [], "membership, row 1"), ([["a", "one"]], [], "membership, row 1"),
            ([], [["1", "", "birth", "1", ""]], "history, row 1"),
            ([], [["2", "", "birth", "1", "", "a"]], "history, row 1"),
            ([], [["1", "", "death", "1", "", "a"]], "history, row 1"),
            ([], [["1", "", "merge", "1", "", ""]], "history, row 1"),
            ([], [["1", "", "birth", "1", "2", "a"]], "history, row 1"),
        ] as [([[String]], [[String]], String)])
    func `rows that make no sense are refused by place`(
        membership: [[String]], history: [[String]], place: String
    ) {
        let fault = #expect(throws: ModelFault.self) {
            _ = try ClusterBook(membership: membership, history: history) { $0 == "a" ? 0 : nil }
        }
        #expect(fault?.place == place)
    }

    @Test func `whatever the rows say, they are read or refused, and what is read can be written and grow`() throws {
        var chance = SeededChance(seed: 7)
        let words = [
            "", "a", "b", "c", "1", "2", "3", "2147483648", "-1", "18446744073709551616", "birth", "merge", "split",
        ]
        var read = 0
        for _ in 0..<4000 {
            let membership = (0..<chance.below(3)).map { _ in
                (0..<2 + chance.below(20) / 19).map { _ in words[chance.below(chance.below(3) == 0 ? 13 : 8)] }
            }
            let history = (0..<chance.below(2)).map { _ in (0..<6).map { _ in words[chance.below(13)] } }
            let rows = ["a": 0, "b": 1, "c": 2] as [String: UInt32]
            guard var book = try? ClusterBook(membership: membership, history: history, row: { rows[$0] }) else {
                continue
            }
            read += 1
            #expect(Array(book.membershipRows { ["a", "b", "c"][Int($0)] }).count == membership.count)
            var change = ClusterChange(when: "")
            change.records = [3]
            try book.apply(change)
            #expect(book.cluster(of: 3) != nil)
        }
        #expect(read > 500)
    }
}
