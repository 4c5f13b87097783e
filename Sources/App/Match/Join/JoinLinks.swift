import Matching
import Tables

/// Links on their way to their file and into the book of clusters.
struct JoinLinks {
    private let past: JoinPast
    private let tables: JoinTables
    private let plan: ClusteringPlan
    private let model: Model
    private let table: LinkTable?
    /// What makes clusters of all links, where those of the past were given.
    private var clusterer: Clusterer?
    /// What connects new records, where they were not.
    private var change = ClusterChange(when: "")
    private let leastWeight: Double

    init(
        _ past: JoinPast, _ tables: JoinTables, _ plan: ClusteringPlan, _ model: Model, to path: String?,
        inputs: [String]
    ) throws {
        (self.past, self.tables, self.plan, self.model) = (past, tables, plan, model)
        table = try path.map { try LinkTable($0, tables.records, of: model, inputs: inputs) }
        leastWeight = try plan.leastWeight(calibrated: model.calibration)
        guard let file = past.links else { return }
        let old = OldLinks(file, past, plan)
        try old.checkClusters()
        let rows = tables.records.count + past.withdrawn.count
        var clusterer = try Clusterer(plan, records: rows, sources: Self.sources(tables.records, rows, plan))
        for place in file.links.indices {
            guard let (left, right) = try old.rows(ofLink: place, tables) else { continue }
            clusterer.add(Link(left, right, weight: file.links[place].weight))
            try table?.write([Link(left, right, weight: file.weights[place])])
        }
        self.clusterer = clusterer
    }

    mutating func take(_ links: [Link]) throws {
        try table?.write(links)
        guard clusterer == nil else {
            for link in links { clusterer?.add(Link(link.left, link.right, weight: model.calibrated(link.weight))) }
            return
        }
        for link in links where link.weight >= leastWeight { change.links.append(link) }
    }

    /// Writes the clusters, their history and the links: all files get their names when all are whole, or none does.
    mutating func finish(_ command: MatchJoin, _ past: JoinPast, _ inputs: [String]) throws -> JoinedBook {
        let book = try book(when: command.when ?? MatchJoin.today)
        try table?.settle()
        let clusters = try book.writtenClusters(to: command.outputClusters, inputs: inputs)
        let history = try book.writtenHistory(after: past.history, to: command.outputHistory, inputs: inputs)
        try table?.finish()
        try clusters.finish()
        try history.finish()
        return book
    }

    /// The book after all this.
    private mutating func book(when: String) throws -> JoinedBook {
        var (members, erased): ([(row: UInt32, cluster: UInt32)], [UInt32]) = ([], [])
        var names: [String] = []
        for (number, row) in tables.rows.enumerated() {
            let place = row ?? UInt32(tables.records.count + erased.count)
            members.append((place, past.clusters.clusters[number]))
            guard row == nil else { continue }
            erased.append(place)
            names.append(past.clusters.names.name(of: UInt32(number)))
        }
        var book = try ClusterBook(members: members, history: past.history?.events ?? [])
        change.when = when
        change.records = tables.new
        change.corrected = tables.corrected
        change.erased = erased
        var events: [ClusterEvent] = []
        if let taken = clusterer.take() {
            events = try book.reconcile(with: taken.clusters(), adding: tables.new, erasing: erased, when: when)
        } else {
            events = try book.apply(change)
        }
        return JoinedBook(
            book: book, events: events, records: tables.records, erasedNames: names, hasSources: past.hasSources)
    }

    private static func sources(_ records: Records, _ rows: Int, _ plan: ClusteringPlan) throws -> [UInt8]? {
        guard plan.method == .oneToOne else { return nil }
        guard records.sources.count <= 256 else { throw MatchFault("The records are of more than 256 sources.") }
        let numbers = records.sources.enumerated().flatMap { number, source in
            repeatElement(UInt8(number), count: source.rows.count)
        }
        return numbers + repeatElement(0, count: rows - numbers.count)
    }
}

/// The links that the clusters were made of.
private struct OldLinks {
    private let file: LinkFile
    private let past: JoinPast
    private let plan: ClusteringPlan
    /// By the number of a record in the links: its number in the clusters.
    private let numbers: [UInt32?]

    init(_ file: LinkFile, _ past: JoinPast, _ plan: ClusteringPlan) {
        (self.file, self.past, self.plan) = (file, past, plan)
        numbers = (0..<UInt32(file.names.count)).map { past.clusters.names.number(ofKnown: file.names.name(of: $0)) }
    }

    /// Refuses links that give other clusters: they are of another run, or the threshold is another.
    func checkClusters() throws {
        var clusterer = try Clusterer(plan, records: past.clusters.clusters.count, sources: sources())
        for link in file.links {
            clusterer.add(Link(try number(link.left), try number(link.right), weight: link.weight))
        }
        let (found, given) = (clusterer.clusters().labels, past.clusters.partition.labels)
        guard let place = found.indices.first(where: { found[$0] != given[$0] }) else { return }
        // The first row whose smallest fellow is another: one of the two has it elsewhere.
        let isApart = found[place] > given[place]
        let fellow = min(found[place], given[place])
        throw MatchFault(
            """
            \(file.path) does not give the clusters of \(past.clusters.path) at the threshold \(plan.threshold): by the \
            links the records "\(words(UInt32(place)))" and "\(words(fellow))" are \(isApart ? "apart" : "together"). Give \
            all links that the clusters were made of, and the threshold and method of then.
            """)
    }

    /// The rows of a link's records; nil when it holds no more, because one of them left or came again otherwise.
    func rows(ofLink place: Int, _ tables: JoinTables) throws -> (UInt32, UInt32)? {
        let link = file.links[place]
        guard let left = tables.rows[Int(try number(link.left))], let right = tables.rows[Int(try number(link.right))],
            !tables.isCorrected(left), !tables.isCorrected(right)
        else { return nil }
        return (left, right)
    }

    private func number(_ record: UInt32) throws -> UInt32 {
        if let number = numbers[Int(record)] { return number }
        throw MatchFault(
            """
            \(file.path) links a record "\(RecordKey.words(file.names.name(of: record), hasSources: past.hasSources))" \
            that is in no cluster of \(past.clusters.path). Give the links that the clusters were made of.
            """)
    }

    private func words(_ number: UInt32) -> String {
        RecordKey.words(past.clusters.names.name(of: number), hasSources: past.hasSources)
    }

    /// The number of each record's source, where that matters.
    private func sources() throws -> [UInt8]? {
        guard plan.method == .oneToOne else { return nil }
        var known: [String: UInt8] = [:]
        return try past.clusters.clusters.indices.map { number in
            let source = past.clusters.parts(of: UInt32(number)).source ?? ""
            if let number = known[source] { return number }
            guard known.count < 256 else { throw MatchFault("The records are of more than 256 sources.") }
            known[source] = UInt8(known.count)
            return UInt8(known.count - 1)
        }
    }
}
