import Foundation
import Matching
import Tables
import Values

/// The steps of linking, as the commands put them together.
struct MatchSteps: Sendable {
    let input: MatchInput
    var limits = PairLimits()
    /// Where what is done is kept, if it is.
    var kept: SavedRun?

    /// Makes a linker of the model and the inputs.
    func linker() throws -> Linker {
        let model = try input.readModel()
        for doubt in model.doubts { Terminal.note(doubt.inside(input.model).sentence) }
        let frequencies = try input.readFrequencies(of: model)
        let records = try records(for: model)
        for values in records.unreadValues(of: model) where values.isMany { Terminal.note(values.sentence) }
        return try linker(model, records, frequencies)
    }

    private func records(for model: Model) throws -> Records {
        guard let kept else { return try input.readRecords(for: model) }
        if let records = try kept.records(for: model) { return records }
        return try kept.keep(try input.readRecords(for: model))
    }

    /// Says so when a model is used without numbers of its own.
    static func noteUntrained(_ model: Model, _ file: String) {
        guard model.isUntrained else { return }
        Terminal.note("\(file) has no trained numbers, so defaults count. Train it first: touchdown match train.")
    }

    func linker(_ model: Model, _ records: Records, _ frequencies: [String: [String: Double]]) throws -> Linker {
        var linker = try Linker(
            model, records, frequencies: frequencies,
            workers: input.cores ?? ProcessInfo.processInfo.activeProcessorCount)
        linker.limits = boundLimits
        return linker
    }

    /// The limits, with the memory that blocks may take.
    private var boundLimits: PairLimits {
        var limits = limits
        limits.bytes = input.memory.blockBytes
        return limits
    }

    /// What becomes of blocks that are too large, said as it is done.
    func splitBlocks(_ linker: Linker) throws -> [SplitBlock] {
        guard limits.hugeBlocks != .refuse else { return [] }
        return try linker.splitBlocks()
    }

    /// The linker with its model trained, by a file of what is true if there is one, and what there is to know about that,
    /// as sentences.
    func trained(_ linker: Linker, by truth: String? = nil) async throws -> (linker: Linker, notes: [String]) {
        let (model, notes) = try await trainedModel(linker, by: truth)
        let frequencies = try input.readFrequencies(of: linker.model)
        return (try self.linker(model, linker.records, frequencies), notes)
    }

    private func trainedModel(_ linker: Linker, by truth: String?) async throws -> (model: Model, notes: [String]) {
        if let done = try kept?.trained() { return done }
        let truth = try truth.map { try TruthFile($0).truth(about: linker.records) }
        var progress = ProgressLine("Training")
        progress.show(nil)
        let (model, notes) =
            if let truth { try await linker.trained(by: truth) } else { try await linker.trained() }
        progress.finish()
        let found = (model, notes.map(\.sentence))
        return try kept?.keep(found.0, notes: found.1) ?? found
    }

    /// Scores all pairs, or the chosen ones, and hands over the links from a probability on.
    func score(
        _ linker: Linker, from probability: Double, among choice: PairChoice? = nil,
        _ receive: @escaping @Sendable ([Link]) throws -> Void
    ) async throws -> (pairs: Int, links: Int) {
        let line = Locked(ProgressLine("Comparing"))
        let floor = linker.model.weight(of: probability)
        let tell: @Sendable ([Link], Linker.Progress) throws -> Void = { links, progress in
            try receive(links)
            let share = (Double(progress.rule) + progress.share) / Double(progress.rules)
            line.change { $0.show(share, "\(progress.pairs.grouped) pairs, \(progress.links.grouped) links") }
        }
        let counts =
            if let kept {
                try await kept.links(of: linker, from: floor, within: boundLimits, tell)
            } else {
                try await linker.links(from: floor, within: boundLimits, among: choice, tell)
            }
        line.change { $0.finish() }
        return counts
    }
}

extension Model {
    /// The weight that has a probability, before calibration.
    func weight(of probability: Double) -> Double {
        let weight = LogOdds.weight(probability)
        return calibration.map { (weight - $0.offset) / $0.slope } ?? weight
    }
}

/// What a run used, for its summary.
struct Expense: Sendable {
    private let began = ContinuousClock.now

    /// Wall time, processor time of all cores, and the most memory at any time.
    var spent: (seconds: Double, processorSeconds: Double, peakBytes: Int) {
        var usage = rusage()
        getrusage(__rusage_who_t(0), &usage)
        let wall = ContinuousClock.now - began
        return (
            Double(wall.components.seconds) + Double(wall.components.attoseconds) / 1e18,
            Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
                + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6,
            usage.ru_maxrss * 1024
        )
    }
}
