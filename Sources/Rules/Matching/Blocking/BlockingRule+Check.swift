extension BlockingRule {
    /// Whether a part of the key is made of the elements of an array.
    func isExploding(_ pair: KeyPair) -> Bool {
        !explodes.isEmpty && (pair.left.columns + pair.right.columns).contains { explodes.contains($0) }
    }

    /// Refuses what cannot be meant, and what is not done.
    func check(_ number: Int) throws(ModelFault) {
        switch kind {
        case .equal(let pairs, let also):
            if pairs.isEmpty {
                let rest = ", so every pair of records would be looked at. Add an equality."
                throw fault(number, "nothing must be equal in \(quoted)\(rest)")
            }
            try check(pairs, also, number)
        case .neighbours(let expressions, let width):
            guard !expressions.isEmpty else { throw fault(number, "neighbours are sorted by nothing; name a column.") }
            guard width > 0 else { throw fault(number, "neighbours must be at least 1 place apart, not \(width).") }
            guard width < 1_000_000 else { throw fault(number, "neighbours \(width) places apart are no neighbours.") }
            try checkNothingExplodes(number)
        case .similar(_, let grams, let bands, let rows):
            guard grams > 0, bands > 0, rows > 0, bands <= 1000, rows <= 1000 else {
                let given = "\(grams), \(bands) and \(rows)"
                throw fault(number, "grams, bands and rows must be 1 to 1000, not \(given).")
            }
            try checkNothingExplodes(number)
        }
    }

    private func check(_ pairs: [KeyPair], _ also: Condition?, _ number: Int) throws(ModelFault) {
        let exploding = pairs.filter { isExploding($0) }
        for column in explodes {
            // Each side's element is chosen freely, part by part: that is right only while no two parts share an array.
            guard exploding.count(where: { $0.left.columns == [column] }) <= 1,
                exploding.count(where: { $0.right.columns == [column] }) <= 1
            else {
                throw fault(number, "the elements of \"\(column)\" may make only one part of the key on each side.")
            }
            guard exploding.contains(where: { ($0.left.columns + $0.right.columns).contains(column) }) else {
                throw fault(number, "\"\(column)\" is to be exploded, but no part of the key is made of it.")
            }
            guard also?.columns.contains(column) != true else {
                let rest = "is exploded, and only equalities can read its elements. Move the condition to a comparison."
                throw fault(number, "\"\(column)\" \(rest)")
            }
        }
        for pair in exploding {
            guard pair.left.columns.count == 1, pair.right.columns.count == 1 else {
                throw fault(
                    number, "what reads an exploded column's element, and what equals it, must be of one column.")
            }
        }
    }

    private func checkNothingExplodes(_ number: Int) throws(ModelFault) {
        guard explodes.isEmpty else { throw fault(number, "only equalities can read the elements of an array.") }
    }

    private func fault(_ number: Int, _ reason: String) -> ModelFault {
        ModelFault(at: "blocking rule \(number + 1)", reason.prefix(1).uppercased() + reason.dropFirst())
    }

    private var quoted: String { "\"\(text)\"" }
}
