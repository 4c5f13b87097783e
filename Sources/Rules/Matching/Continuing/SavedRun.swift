import Synchronization

/// A run that can be stopped and go on later: what is done is kept in a folder, step by step, and portion by portion while
/// pairs are compared.
///
/// Steps that were finished are not done again, and the results are those of a run that was never stopped, to the last
/// bit. What was half written, or changed since, is noticed by its checksum and done again.
public final class SavedRun: Sendable {
    private static let description = "run"
    private static let model = "model"
    private static let links = "links"
    private let folder: SavedFolder
    /// Whether there was something to go on from.
    public let isContinued: Bool

    /// Something that must not change between the parts of a run, such as the size and date of an input.
    public struct Part: Equatable, Sendable {
        /// What it is, as a sentence would say it: `the model people.yaml`.
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Begins a run in a folder, which is made, or goes on with the one that is there.
    ///
    /// - Parameters:
    ///   - inputs: What the records and the trained model are made of. Where something of it has changed, the run is
    ///     refused.
    ///   - limits: What only the comparing depends on. Where something of it has changed, pairs are compared anew.
    /// - Throws: `SavedRunFault`, or `RecordFault` where nothing can be written.
    public init(in path: String, of inputs: [Part], limits: [Part]) throws {
        folder = try SavedFolder(path)
        let wanted = [inputs, limits].map { parts in parts.map { [$0.name, $0.value] } }
        let known = folder.lines(of: Self.description)
        isContinued = known != nil
        if let known, let count = known.first.flatMap(Int.init), known.count > count * 2 {
            let pairs = stride(from: 1, to: known.count - 1, by: 2).map { [known[$0], known[$0 + 1]] }
            if let part = Self.difference(Array(pairs.prefix(count)), wanted[0]) {
                throw SavedRunFault.changed(part, folder: path)
            }
            if Array(pairs.dropFirst(count)) != wanted[1] { folder.remove([Self.links]) }
        } else {
            folder.remove(["records", Self.model, Self.links])
        }
        try folder.write(["\(inputs.count)"] + wanted.joined().joined(), as: Self.description)
    }

    /// The name of the first part that is not the same.
    private static func difference(_ known: [[String]], _ wanted: [[String]]) -> String? {
        for (one, other) in zip(known, wanted) where one != other {
            return one[0] == other[0] ? one[0] : "\(other[0]), where it had \(one[0]),"
        }
        guard known.count != wanted.count else { return nil }
        return "the number of inputs"
    }

    // MARK: - Records

    /// The records as they were read; nil where that is still to do.
    public func records(for model: Model) throws(ModelFault) -> Records? {
        Records(try Layout(for: model), in: folder)
    }

    /// Keeps the records, and gives them back as they are kept: in files, whatever memory there is.
    public func keep(_ records: consuming Records) throws(RecordFault) -> Records {
        let layout = records.layout
        try records.save(in: folder)
        guard let kept = Records(layout, in: folder) else {
            throw .workFolder(folder.path, reason: "what was written there is not what can be read")
        }
        return kept
    }

    // MARK: - The trained model

    /// The trained model and what there is to know about it; nil where training is still to do.
    public func trained() throws -> (model: Model, notes: [String])? {
        guard var lines = folder.lines(of: Self.model), let text = lines.popLast() else { return nil }
        return (try Model(contents: Array(text.utf8), file: "the trained model"), lines)
    }

    /// Keeps a trained model, and gives it back as it is kept.
    public func keep(_ model: Model, notes: [String]) throws -> (model: Model, notes: [String]) {
        try folder.write(notes + [model.yaml()], as: Self.model)
        folder.remove([Self.links])
        guard let kept = try trained() else {
            throw RecordFault.workFolder(folder.path, reason: "what was written there is not what can be read")
        }
        return kept
    }

    // MARK: - Links

    /// As `Linker.links`: first hands over the links of the portions that are done, then those of the others.
    public func links(
        of linker: Linker, from floor: Double, within limits: PairLimits,
        _ receive: @escaping @Sendable ([Link], Linker.Progress) throws -> Void
    ) async throws -> (pairs: Int, links: Int) {
        let log = try LinkLog(Self.links, in: folder) { links, place, counts in
            let progress = Linker.Progress(
                rule: 0, rules: 1, share: 0, pairs: counts.pairs, links: counts.links, place: place)
            try receive(links, progress)
        }
        let (place, done) = (log.place, log.counts)
        let kept = Mutex(log)
        let new = try await linker.links(from: floor, within: limits, after: place) { links, progress in
            let counts = (pairs: done.pairs + progress.pairs, links: done.links + progress.links)
            // Kept first: what was kept and not handed over is handed over by the next run.
            try kept.withLock { try $0.append(links, progress.place, counts) }
            try receive(
                links,
                Linker.Progress(
                    rule: progress.rule, rules: progress.rules, share: progress.share, pairs: counts.pairs,
                    links: counts.links, place: progress.place))
        }
        return (done.pairs + new.pairs, done.links + new.links)
    }

    /// Removes the folder: everything is done.
    public func remove() { folder.removeAll() }
}
