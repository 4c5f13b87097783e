import Matching
import Testing
import Values

struct ClusterBookTests {
    /// Clusters 1: rows 0 1 2, 2: rows 3 4, 3: row 5.
    private let book = ClusterBook(founding: Clustering(labels: [0, 0, 0, 3, 3, 5]))

    @Test func `a record that is linked joins and one that is not begins a cluster`() throws {
        var book = book
        var change = ClusterChange(when: "2026-11-22")
        change.records = [7, 6]
        change.links = [Link(4, 6, weight: 9)]

        let events = try book.apply(change)

        #expect(book.members(of: 2) == [3, 4, 6])
        #expect(book.members(of: 4) == [7])
        #expect(
            events == [
                ClusterEvent(number: 1, when: "2026-11-22", .growth, 2, record: 6),
                ClusterEvent(number: 2, when: "2026-11-22", .birth, 4, record: 7),
            ])
    }

    @Test func `when clusters merge the larger keeps its name, then the older`() throws {
        var book = book
        var change = ClusterChange(when: "1")
        change.records = [6, 7]
        change.links = [Link(3, 6, weight: 9), Link(6, 2, weight: 9), Link(5, 7, weight: 9)]
        try book.apply(change)
        #expect(book.members(of: 1) == [0, 1, 2, 3, 4, 6])
        #expect(book.members(of: 2) == [])

        change = ClusterChange(when: "2")
        change.records = [8, 9]
        change.links = [Link(8, 9, weight: 9)]
        try book.apply(change)
        change = ClusterChange(when: "3")
        change.links = [Link(9, 7, weight: 9)]
        let events = try book.apply(change)

        #expect(events == [ClusterEvent(number: 6, when: "3", .merge, 3, other: 4)])
        #expect(book.history.map(\.number) == Array(1...6))
        #expect(book.history[0] == ClusterEvent(number: 1, when: "1", .merge, 1, other: 2))
    }

    @Test func `a corrected record goes where its new links lead, and what it held together falls apart`() throws {
        // Given a chain 0 1 2, whose middle has another value now and belongs to 3 and 4.
        var book = book
        var change = ClusterChange(when: "1")
        change.corrected = [1]
        change.links = [Link(1, 3, weight: 9)]
        change.remaining = [Link(0, 1, weight: 9), Link(1, 2, weight: 9), Link(3, 4, weight: 9)]
        #expect(book.clustersLosing(by: change) == [1])

        let events = try book.apply(change)

        #expect(book.members(of: 1) == [0])
        #expect(book.members(of: 2) == [1, 3, 4])
        #expect(book.members(of: 4) == [2])
        #expect(
            events == [
                ClusterEvent(number: 1, when: "1", .split, 2, other: 1, record: 1),
                ClusterEvent(number: 2, when: "1", .split, 4, other: 1, record: 2),
            ])
        change.corrected = [9]
        #expect(throws: ModelFault.self) { try book.apply(change) }
    }

    @Test func `a new clustering takes records in and lets others go in one step`() throws {
        // Given that 4 is in the book, which so has room for 3, and 3 is not.
        var book = ClusterBook(founding: Clustering(labels: [0, 0, 2]))
        var change = ClusterChange(when: "1")
        change.records = [4]
        try book.apply(change)

        let events = try book.reconcile(
            with: Clustering(labels: [0, 1, 2, 0, 4]), adding: [3], erasing: [4, 1], when: "2")

        #expect(book.members(of: 1) == [0, 3])
        #expect([book.cluster(of: 1), book.cluster(of: 4)] == [nil, nil])
        #expect(events.map(\.what) == [.erasure, .erasure, .growth, .end])
        #expect(events.map(\.cluster) == [1, 3, 1, 3])
    }

    @Test func `when a cluster splits the largest part keeps the name, then the one with the smallest row`() throws {
        var book = ClusterBook(founding: Clustering(labels: [0, 0, 0, 0, 0]))
        var change = ClusterChange(when: "1")
        let chain = (1..<UInt32(5)).map { Link($0 - 1, $0, weight: 9) }
        change.withdrawn = [.init(2, 1)]
        change.remaining = chain
        #expect(book.clustersLosing(by: change) == [1])
        let events = try book.apply(change)
        #expect(book.members(of: 1) == [2, 3, 4])
        #expect(events.map(\.what) == [.split, .split])
        #expect(events.allSatisfy { $0.cluster == 2 && $0.other == 1 } && events.map(\.record) == [0, 1])

        change = ClusterChange(when: "2")
        change.erased = [3]
        change.remaining = chain
        try book.apply(change)

        #expect(book.members(of: 1) == [2])
        #expect(book.members(of: 3) == [4])
        #expect(book.cluster(of: 3) == nil)
    }

    @Test func `a cluster whose last record is erased ends and its name is not used again`() throws {
        var book = book
        var change = ClusterChange(when: "1")
        change.erased = [5]
        let events = try book.apply(change)
        #expect(events.map(\.what) == [.erasure, .end])

        change = ClusterChange(when: "2")
        change.records = [6]
        try book.apply(change)

        #expect(book.cluster(of: 6) == 4)
        #expect(book.members(of: 3) == [])
    }

    @Test func `a link that is withdrawn while another holds the cluster together changes nothing`() throws {
        var book = book
        var change = ClusterChange(when: "1")
        change.withdrawn = [.init(0, 1), .init(0, 5)]
        change.remaining = [Link(0, 1, weight: 9), Link(1, 2, weight: 9)]
        change.links = [Link(2, 0, weight: 9)]

        let events = try book.apply(change)

        #expect(events.isEmpty)
        #expect(book.members(of: 1) == [0, 1, 2])
    }

    @Test func `a change that names records wrongly is refused and leaves the book as it was`() {
        var book = book
        for fault in 0..<4 {
            var change = ClusterChange(when: "1")
            change.records = fault == 0 ? [6, 6] : fault == 1 ? [5] : []
            change.erased = fault == 2 ? [9] : []
            change.links = fault == 3 ? [Link(0, 1000, weight: 9)] : [Link(0, 4, weight: 9)]
            #expect(throws: ModelFault.self) { try book.apply(change) }
        }
        #expect(book.history.isEmpty && book.rows == 6 && book.members(of: 1) == [0, 1, 2])
    }

    @Test(arguments: 1...40) func `step by step gives what all at once gives`(seed: UInt64) throws {
        var life = BookLife(seed: seed)
        for step in 1...25 {
            try life.change(step)

            let expected = RandomLinks.walked(life.book.rows, life.links)
            #expect(life.book.clustering().labels == expected, "step \(step)")
            #expect(life.followed == life.membership, "step \(step)")
            #expect(life.book.history.map(\.number) == Array(1..<life.book.history.count + 1))
        }
        #expect(Set(life.book.history.map(\.what)) == Set(ClusterEvent.What.allCases))
    }

    @Test(arguments: 1...20) func `the order of what a change brings never matters`(seed: UInt64) throws {
        var one = BookLife(seed: seed)
        var other = BookLife(seed: seed)
        other.shuffling = SeededChance(seed: seed + 1000)
        for step in 1...15 {
            try one.change(step)
            try other.change(step)
        }
        #expect(one.book.history == other.book.history)
        #expect(one.membership == other.membership)
    }

    @Test(arguments: 1...20) func `a book agrees with any new clustering and tells how it came about`(
        seed: UInt64
    ) throws {
        var life = BookLife(seed: seed)
        for step in 1...8 { try life.change(step) }
        let absent = (0..<life.book.rows).filter { life.book.cluster(of: UInt32($0)) == nil }
        for round in 1...4 as ClosedRange<UInt64> {
            let random = RandomLinks(seed: seed * 10 + round, records: life.book.rows + 5, links: life.book.rows)
            let links = random.links.filter { link in !absent.contains { $0 == link.left || $0 == link.right } }
            let clustering = Clustering(labels: RandomLinks.walked(random.records, links))

            life.follow(try life.book.reconcile(with: clustering, when: "round \(round)"))

            #expect(life.book.clustering() == clustering)
            #expect(life.followed == life.membership)
            let again = try life.book.reconcile(with: clustering, when: "again")
            #expect(again.isEmpty)
        }
    }

    @Test func `a clustering with fewer rows than the book is refused`() {
        var book = book
        #expect(throws: ModelFault.self) { try book.reconcile(with: Clustering(labels: [0]), when: "1") }
    }
}

/// A book that lives through random changes, with what it should be kept on the side.
struct BookLife {
    var book = ClusterBook(founding: Clustering(labels: [0, 1, 2]))
    var links: [Link] = []
    /// How many rows were ever given: a row never means another record.
    var rows = 3
    /// What following the history line by line gives: each record's cluster.
    var followed: [UInt32: UInt32] = [0: 1, 1: 2, 2: 3]
    var chance: SeededChance
    var shuffling: SeededChance?

    init(seed: UInt64) {
        chance = SeededChance(seed: seed)
    }

    var membership: [UInt32: UInt32] {
        var membership: [UInt32: UInt32] = [:]
        for row in 0..<UInt32(book.rows) { membership[row] = book.cluster(of: row) }
        return membership
    }

    mutating func change(_ step: Int) throws {
        var change = ClusterChange(when: "step \(step)")
        let present = (0..<UInt32(book.rows)).filter { book.cluster(of: $0) != nil }
        for _ in 0..<chance.below(3) where present.count > 3 {
            let row = present[chance.below(present.count)]
            if !change.erased.contains(row) { change.erased.append(row) }
        }
        change.records = (0..<chance.below(6)).map { UInt32(rows + $0) }
        rows += change.records.count
        for _ in 0..<chance.below(4) where !links.isEmpty {
            let link = links[chance.below(links.count)]
            change.withdrawn.append(.init(link.right, link.left))
        }
        let linkable = present + change.records
        for _ in 0..<chance.below(6) {
            let one = linkable[chance.below(linkable.count)]
            change.links.append(Link(one, linkable[chance.below(linkable.count)], weight: 9))
        }
        change.remaining = links
        if var shuffling {
            change.links.shuffle(using: &shuffling)
            change.records.shuffle(using: &shuffling)
            change.erased.shuffle(using: &shuffling)
            change.remaining.shuffle(using: &shuffling)
            self.shuffling = shuffling
        }
        follow(try book.apply(change))
        links += change.links
        links.removeAll { link in
            change.erased.contains(link.left) || change.erased.contains(link.right)
                || change.withdrawn.contains(.init(link.left, link.right))
        }
        // So that two lives withdraw the same links, in whatever order they got them.
        links.sort { ($0.left, $0.right) < ($1.left, $1.right) }
    }

    mutating func follow(_ events: [ClusterEvent]) {
        for event in events {
            switch event.what {
            case .birth, .growth, .split: event.record.map { followed[$0] = event.cluster }
            case .erasure: event.record.map { followed[$0] = nil }
            case .merge: for (row, cluster) in followed where cluster == event.other { followed[row] = event.cluster }
            case .end: #expect(!followed.values.contains(event.cluster))
            }
        }
    }
}
