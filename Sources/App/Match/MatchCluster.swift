import ArgumentParser
import Matching
import Tables

/// `touchdown match cluster`: from links to the things they are about.
struct MatchCluster: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cluster", abstract: "Make clusters of links: one for each person or thing.")

    @Option(name: .long, help: "The links, as `predict` writes them.")
    var links: String

    @Option(name: .long, help: "Where the clusters go.")
    var output: String

    @Option(name: .long, help: "Links below this probability are not used.")
    var threshold = 0.95

    @Option(name: .long, help: "connected, bridges, best-link or one-to-one.")
    var method = ClusteringPlan.Method.connected

    @Option(name: .long, help: "Clusters with more records than this are broken at their weakest links.")
    var mostRecords: Int?

    @Option(name: .long, help: "Draw the sizes of the clusters to this file: .svg, or .html with a table.")
    var chart: String?

    @Flag(name: .long, help: "Print a summary as JSON.")
    var json = false

    func validate() throws {
        try Threshold.check(threshold)
        if let mostRecords, mostRecords < 1 { throw ValidationError("--most-records is 1 or more.") }
    }

    func run() async throws {
        let command = self
        try await MatchCommand.run { try command.cluster() }
    }

    private func cluster() throws {
        let file = try LinkFile(links)
        var plan = ClusteringPlan()
        plan.threshold = threshold
        plan.method = method
        plan.mostRecords = mostRecords
        var clusterer = try Clusterer(
            plan, records: file.names.count, sources: method == .oneToOne ? file.sources() : nil)
        clusterer.add(contentsOf: file.links)
        let clustering = clusterer.clusters()
        try write(clustering, file)
        let sizes = clustering.sizes()
        if let chart { try ChartFile.write(.clusterSizes(sizes.filter { $0 > 0 }.map(Int.init)), to: chart) }
        let summary = Summary(
            records: file.names.count, clusters: clustering.count, withSeveralRecords: sizes.count { $0 > 1 },
            largest: sizes.max().map(Int.init) ?? 0, threshold: threshold, method: method.rawValue)
        if json { return JSONOutput.print(summary) }
        Terminal.say(
            """
            \(output): \(summary.clusters.grouped) clusters of the \(summary.records.grouped) records that have links, \
            the largest with \(summary.largest.grouped).
            """)
    }

    private func write(_ clustering: Clustering, _ file: LinkFile) throws {
        var columns: [TableColumn] = ["unique_id", TableColumn("cluster", .integer)]
        if file.hasSources { columns.append("source_dataset") }
        let writer = try TableWriter(output, columns: columns, inputs: [links])
        var numbers: [UInt32: Int] = [:]
        for record in 0..<UInt32(file.names.count) {
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
