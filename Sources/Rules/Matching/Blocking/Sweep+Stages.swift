extension Sweep {
    /// Calls the body with the numbers of portions that are worked on together, and what was brought near for them, always
    /// one ahead of the body. Where columns are in memory all are worked on together, and nothing is.
    func eachStage(
        of units: ArraySlice<Unit>, _ blocks: Blocks, _ body: (Range<Int>, NearRows) async throws -> Void
    ) async throws {
        let stages = stages(of: units)
        records.look(hereAndThere: true)
        defer { records.look(hereAndThere: false) }
        guard let first = stages.first else { return }
        var near = NearRows(units[first], of: blocks, in: records)
        for (place, stage) in stages.enumerated() {
            async let next =
                place + 1 < stages.count ? NearRows(units[stages[place + 1]], of: blocks, in: records) : nil
            try await body(stage, near)
            if let next = await next { near = next }
        }
    }

    /// As many portions each as there is memory for the rows that they need near.
    private func stages(of units: ArraySlice<Unit>) -> [Range<Int>] {
        guard records.codes.isInFile else { return units.isEmpty ? [] : [units.indices] }
        // Two at a time: the workers', and the one that is made.
        let most = limits.bytesNear / 2
        var stages: [Range<Int>] = []
        var (start, bytes) = (units.startIndex, 0)
        for (number, unit) in zip(units.indices, units) {
            let more = unit.rows * NearRows.bytesOfRow(of: records)
            if number > start, bytes + more > most {
                stages.append(start..<number)
                (start, bytes) = (number, 0)
            }
            bytes += more
        }
        if start < units.endIndex { stages.append(start..<units.endIndex) }
        return stages
    }
}
