import ArgumentParser
import Matching
import Tables

/// `touchdown match cluster`: from links to the things they are about.
struct MatchCluster: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cluster", abstract: "Make clusters of links: one for each person or thing.",
        discussion: """
            Without --input only records that have links are written, in the order of the links; with it every record \
            of the tables, in their order and alone where nothing links it, as `run` writes them.
            """)

    @Option(name: .long, help: ArgumentHelp("The links, as `predict` writes them.", valueName: "file"))
    var links: String

    @Option(
        name: .long, parsing: .upToNextOption,
        help: ArgumentHelp("The tables that were linked, named as they were then.", valueName: "file"))
    var input: [String] = []

    @Option(name: .long, help: ArgumentHelp("The column of the tables that names a record.", valueName: "column"))
    var identifier = "unique_id"

    @Option(
        name: .long,
        help: ArgumentHelp("Where the clusters go: CSV, .tsv, .csv.gz, .csv.zst or .parquet.", valueName: "file"))
    var output: String

    @Option(name: .long, help: ArgumentHelp("Links below this probability are not used.", valueName: "probability"))
    var threshold = 0.95

    @Option(name: .long, help: ArgumentHelp("How links become clusters.", valueName: "method"))
    var method = ClusteringPlan.Method.connected

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Clusters with more records than this are broken at their weakest links.", valueName: "number"))
    var mostRecords: Int?

    @Option(
        name: .long,
        help: ArgumentHelp("Also draw the sizes of the clusters: .svg, or .html with a table.", valueName: "file"))
    var chart: String?

    @Flag(name: .long, help: "Print a summary as JSON.")
    var json = false

    func validate() throws {
        try Threshold.check(threshold)
        try outputs.validate(json: json)
        if let mostRecords, mostRecords < 1 { throw ValidationError("--most-records is 1 or more.") }
    }

    func run() async throws {
        let command = self
        try await MatchCommand.run(writing: outputs.paths) { try command.cluster() }
    }

    private var outputs: MatchOutputs { MatchOutputs(tables: [output], texts: [chart]) }

    private func cluster() throws {
        let tables = try MatchInput.sources(of: input)
        let inputs = [links] + tables.map(\.path)
        try outputs.check(inputs: inputs)
        var file = try LinkFile(links)
        let order = try tables.isEmpty ? nil : file.records(of: tables, identifier: identifier)
        var plan = ClusteringPlan()
        plan.threshold = threshold
        plan.method = method
        plan.mostRecords = mostRecords
        var clusterer = try Clusterer(
            plan, records: file.names.count, sources: method == .oneToOne ? file.sources() : nil)
        clusterer.add(contentsOf: file.links)
        let clustering = clusterer.clusters()
        let sizes = clustering.sizes().filter { $0 > 0 }.map(Int.init)
        let drawn = try chart.map { try ChartFile.draft(of: .clusterSizes(sizes), to: $0) }
        try write(clustering, file, order ?? Array(0..<UInt32(file.names.count)), inputs)
        try drawn?.finish()
        let summary = Summary(
            records: file.names.count, clusters: sizes.count, withSeveralRecords: sizes.count { $0 > 1 },
            largest: sizes.max() ?? 0, threshold: threshold, method: method.rawValue)
        if json { return try JSONOutput.print(summary) }
        Terminal.say(
            """
            \(summary.records.grouped) records\(input.isEmpty ? " that have links" : ""), \
            \(summary.clusters.grouped) clusters, \(summary.withSeveralRecords.grouped) of them with several records, \
            the largest with \(summary.largest.grouped). Clusters: \(output)
            """)
    }

    private func write(_ clustering: Clustering, _ file: LinkFile, _ order: [UInt32], _ inputs: [String]) throws {
        var columns: [TableColumn] = ["unique_id", TableColumn("cluster", .integer)]
        if file.hasSources { columns.append("source_dataset") }
        let writer = try TableWriter(output, columns: columns, inputs: inputs)
        var numbers: [UInt32: Int] = [:]
        for record in order {
            let label = clustering.labels[Int(record)]
            let number = numbers[label] ?? numbers.count + 1
            numbers[label] = number
            let (source, name) = file.parts(of: record)
            writer.append(name)
            writer.append(number)
            if file.hasSources { writer.append(source) }
            try writer.endRow()
        }
        try writer.finish()
    }

    private struct Summary: Encodable {
        let records, clusters, withSeveralRecords, largest: Int
        let threshold: Double
        let method: String
    }
}

extension ClusteringPlan.Method: ExpressibleByArgument {}

extension LinkFile {
    /// The numbers of all records of some tables, in their order; those without links become known.
    fileprivate mutating func records(
        of tables: [(name: String, path: String)], identifier: String
    ) throws -> [UInt32] {
        guard hasSources || tables.count == 1 || names.count == 0 else {
            throw MatchFault(
                """
                \(path) does not say of which table each record is, so it cannot be of several. Give --input the one \
                table that was linked.
                """)
        }
        let linked = names.count
        var isSeen = [Bool](repeating: false, count: linked)
        var order: [UInt32] = []
        for table in tables {
            let reader = try TableReader(table.path)
            try reader.select([identifier])
            try reader.eachRow { batch, row in
                guard let name = batch[row, 0] else {
                    throw MatchFault("\(table.path), row \(batch.firstRow + row + 1): \(identifier) is missing.")
                }
                let number = names.number(of: PairColumns.joined(hasSources ? table.name : nil, name))
                while isSeen.count <= Int(number) { isSeen.append(false) }
                guard !isSeen[Int(number)] else {
                    throw MatchFault(
                        "\(table.path), row \(batch.firstRow + row + 1): the record \(name) stands there already.")
                }
                isSeen[Int(number)] = true
                order.append(number)
            }
        }
        if let missing = isSeen[..<linked].firstIndex(of: false) {
            throw MatchFault(
                """
                \(path) links a record "\(parts(of: UInt32(missing)).name)" that none of the tables has. Name all that \
                were linked, as they were named then.
                """)
        }
        return order
    }
}
