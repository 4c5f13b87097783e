extension Linker {
    /// What each blocking rule brings, before anything is compared.
    public func blockingReport() async throws -> BlockingReport {
        let sweep = try sweep(over: model.blocking)
        let gains = try await sweep.countByRule()
        return BlockingReport(
            rules: model.blocking.enumerated().map { number, rule in
                BlockingReport.Rule(text: rule.text, pairs: gains[number] ?? 0, gain: gains[number] ?? 0)
            }, total: gains.values.reduce(0, +))
    }
}
extension Sweep {
    func countByRule() async throws -> [Int: Int] { [:] }
}
