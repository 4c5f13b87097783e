/// The forms with many levels. Trained on records like those they are for, each level has its own worth; where there is
/// too little to learn from, a level is drawn towards what is common to all pairs.
extension ShortComparison {
    private func alike(_ one: Operand, _ other: Operand) -> Condition {
        .measured(.jaroWinkler, one, other, Bound(.atLeast, 0.84))
    }

    /// Missing, or not alike: true where `alike` is not.
    private func unlike(_ one: Operand, _ other: Operand) -> Condition {
        .any([.isMissing(one), .isMissing(other), .measured(.jaroWinkler, one, other, Bound(.below, 0.84))])
    }

    private func isMissing(_ expression: Expression) -> Condition {
        .any([.isMissing(Operand(.left, expression)), .isMissing(Operand(.right, expression))])
    }

    private func same(_ expression: Expression) -> Condition {
        .equal(Operand(.left, expression), Operand(.right, expression))
    }

    private func words(_ expression: Expression) -> String { (try? expression.sql()) ?? "" }

    /// Forename and surname together: each the same, alike, missing or neither, and the two exchanged.
    var richNames: [Level] {
        let (first, last) = (columns[0], columns[1])
        let crossings = [
            (Operand(.left, first), Operand(.right, last)), (Operand(.left, last), Operand(.right, first)),
        ]
        let oneSame = Condition.any(crossings.map { .equal($0, $1) })
        let oneAlike = Condition.any(crossings.map(alike))
        let missing = Condition.any([isMissing(first), isMissing(last)])
        let (a, b) = (same(first), same(last))
        let likeA = alike(Operand(.left, first), Operand(.right, first))
        let likeB = alike(Operand(.left, last), Operand(.right, last))
        let (one, two) = (words(first), words(last))
        let nothing = Condition.all([isMissing(first), isMissing(last)] + crossings.map(unlike))
        return [
            Level(nothing, label: "\(one) and \(two) missing", isNull: true),
            Level(.all([a, b]), label: "\(one) and \(two) the same"),
            Level(.all([a, likeB]), label: "\(one) the same, \(two) alike"),
            Level(.all([b, likeA]), label: "\(two) the same, \(one) alike"),
            Level(.all([likeA, likeB]), label: "\(one) and \(two) alike"),
            Level(.all(crossings.map { .equal($0, $1) }), label: "\(one) and \(two) exchanged"),
            Level(.all(crossings.map(alike)), label: "\(one) and \(two) exchanged, alike"),
            Level(.all([b, isMissing(first)]), label: "\(two) the same, \(one) missing"),
            Level(.all([a, isMissing(last)]), label: "\(one) the same, \(two) missing"),
            Level(.all([isMissing(first), likeB]), label: "\(two) alike, \(one) missing"),
            Level(.all([isMissing(last), likeA]), label: "\(one) alike, \(two) missing"),
            Level(.all([missing, oneSame]), label: "one exchanged, one missing"),
            Level(.all([missing, oneAlike]), label: "one exchanged, alike, one missing"),
            Level(b, label: "\(two) the same"), Level(a, label: "\(one) the same"),
            Level(likeB, label: "\(two) alike"), Level(likeA, label: "\(one) alike"),
            Level(oneSame, label: "one exchanged"), Level(missing, label: "\(one) or \(two) missing"),
        ]
    }

    /// The levels of ``richNames`` where the rarity of names counts, and of which.
    var richNameFrequencies: [FrequencyAdjustment?] {
        let names = columns.map { $0.columns.first ?? "" }
        var both = FrequencyAdjustment(column: names[0])
        both.also = [names[1]]
        let (one, two) = (FrequencyAdjustment(column: names[0]), FrequencyAdjustment(column: names[1]))
        return [nil, both, one, two, nil, nil, nil, two, one, nil, nil, nil, nil, two, one, nil, nil, nil, nil, nil]
    }

    /// A date by what goes wrong with dates: slips, day and month exchanged, one part of three wrong, and how far off.
    var richDates: [Level] {
        let column = columns[0]
        let date = Expression.date(column, format: format)
        let (year, month, day) = (part(date, 1, 4), part(date, 6, 2), part(date, 9, 2))
        let exchanged = Condition.all([
            same(year), .equal(Operand(.left, month), Operand(.right, day)),
            .equal(Operand(.left, day), Operand(.right, month)),
        ])
        let twoParts = [[year, month], [year, day], [month, day]].map { Condition.all($0.map(same)) }
        let name = words(column)
        return [
            Level(isMissing(column), label: "\(name) missing", isNull: true),
            Level(same(column), label: "\(name) the same"),
            Level(slips(1), label: "one slip in \(name)"),
            Level(exchanged, label: "day and month of \(name) exchanged"),
            Level(
                .all([.any(twoParts + [isMissing(date)]), slips(2)]),
                label: "two slips in \(name), in one part or not a date"),
            Level(.any(twoParts), label: "two of year, month and day of \(name) the same"),
            Level(within(62), label: "\(name) within 62 days"), Level(within(400), label: "\(name) within 400 days"),
            Level(
                .all([.any([same(month), same(day)]), within(3700)]),
                label: "month or day of \(name) the same, within 3700 days"),
            Level(within(3700), label: "\(name) within 3700 days"),
        ]
    }

    private func part(_ date: Expression, _ from: Int, _ count: Int) -> Expression {
        .substring(date, from: from, count: count)
    }

    private func slips(_ count: Double) -> Condition {
        let (left, right) = (Operand(.left, columns[0]), Operand(.right, columns[0]))
        return .measured(.damerauLevenshtein, left, right, Bound(.atMost, count))
    }

    private func within(_ days: Double) -> Condition {
        let (left, right) = (Operand(.left, columns[0]), Operand(.right, columns[0]))
        return .measured(.days(format: format), left, right, Bound(.atMost, days))
    }
}

extension Condition {
    /// Calls with every measure in it, in order.
    func visitMeasures(_ visit: (Measure, [Operand]) -> Void) {
        switch self {
        case .all(let parts), .any(let parts): for part in parts { part.visitMeasures(visit) }
        case .not(let part): part.visitMeasures(visit)
        case .measured(let measure, let one, let other, _): visit(measure, [one, other])
        case .otherwise, .isMissing, .equal: break
        }
    }
}
