extension ShortComparison {
    /// The levels from the strictest to the loosest, the one for missing values first.
    func levels(in dialect: SQLDialect) -> [Level] {
        var levels = [missing]
        switch kind {
        case .names where isRich: levels = richNames
        case .date where isRich: levels = richDates
        case .names: levels += bothNames
        case .place: levels += measured(whole)
        case .array, .closestLevenshtein, .closestJaroWinkler: levels += arrays
        case .postcode: levels += [exact] + postcode
        case .email: levels += [exact] + email
        case .date: levels += [exact] + dates
        case .nickname: levels += [exact, nickname] + measured(columns[0])
        default: levels += [exact] + (measure == nil ? [] : measured(columns[0]))
        }
        levels.append(Level(.otherwise, label: "all other"))
        for index in levels.indices { levels[index].text = (try? levels[index].condition.sql(in: dialect)) ?? "" }
        return levels
    }

    private var words: String {
        columns.map { (try? $0.sql()) ?? "" }.joined(separator: " and ")
    }

    /// Latitude and longitude as one.
    private var whole: Expression { .joined([columns[0], .text(","), columns[1]]) }

    private func same(_ expression: Expression) -> Condition {
        .equal(Operand(.left, expression), Operand(.right, expression))
    }

    private func isMissing(_ expression: Expression) -> Condition {
        .any([.isMissing(Operand(.left, expression)), .isMissing(Operand(.right, expression))])
    }

    private var missing: Level {
        let condition: Condition =
            switch kind {
            case .names: .all(columns.map(isMissing))
            case .place: .any(columns.map(isMissing))
            case .date: isMissing(.date(columns[0], format: format))
            default: isMissing(columns[0])
            }
        return Level(condition, label: "\(words) missing", isNull: true)
    }

    private var exact: Level { Level(same(columns[0]), label: "\(words) the same") }

    private func compared(_ expression: Expression, _ measure: Measure, _ bound: Bound) -> Condition {
        .measured(measure, Operand(.left, expression), Operand(.right, expression), bound)
    }

    /// A level for each limit of the kind's measure.
    private func measured(_ expression: Expression) -> [Level] {
        guard let (measure, _, moreIsBetter) = measure else { return [] }
        return chosenLimits.map { limit in
            let bound = Bound(moreIsBetter ? .atLeast : .atMost, limit)
            let label =
                "\(kind.rawValue) of \(words) \(moreIsBetter ? "at least" : "at most") \(SQLWriter.number(limit))"
            return Level(compared(expression, measure, bound), label: label)
        }
    }

    private var arrays: [Level] {
        guard kind != .array else { return measured(columns[0]) }
        let common = compared(columns[0], .commonElements, Bound(.atLeast, 1))
        return [Level(common, label: "\(words) share one")] + measured(columns[0])
    }

    /// Forename and surname, which people swap.
    private var bothNames: [Level] {
        let (first, last) = (columns[0], columns[1])
        let swapped = Condition.all([
            .equal(Operand(.left, first), Operand(.right, last)), .equal(Operand(.right, first), Operand(.left, last)),
        ])
        let alike = chosenLimits.map { limit in
            let both = columns.map { compared($0, .jaroWinkler, Bound(.atLeast, limit)) }
            return Level(.all(both), label: "jaro-winkler of \(words) at least \(SQLWriter.number(limit))")
        }
        let firstWords = (try? first.sql()) ?? ""
        let lastWords = (try? last.sql()) ?? ""
        return [
            Level(.all(columns.map(same)), label: "\(words) the same"), Level(swapped, label: "\(words) swapped"),
        ] + alike + [
            Level(same(last), label: "\(lastWords) the same"), Level(same(first), label: "\(firstWords) the same"),
        ]
    }

    private var nickname: Level {
        Level(compared(columns[0], .nickname, Bound(.atLeast, 1)), label: "forms of one \(words)")
    }

    /// The parts of a British postcode: `SW1A 2` of `SW1A 2AA` is the sector, `SW1A` the district, `SW` the area.
    private var postcode: [Level] {
        let area = "^[A-Za-z]{1,2}"
        let district = area + "[0-9][A-Za-z0-9]?"
        return [("sector", district + " [0-9]"), ("district", district), ("area", area)].map { name, pattern in
            let part = Expression.extract(columns[0], pattern: pattern, group: 0)
            return Level(same(part), label: "\(name) of \(words) the same")
        }
    }

    private var email: [Level] {
        let user = Expression.extract(columns[0], pattern: "^[^@]+", group: 0)
        let alike = chosenLimits.flatMap { limit in
            let bound = Bound(.atLeast, limit)
            return [
                Level(
                    compared(columns[0], .jaroWinkler, bound),
                    label: "jaro-winkler of \(words) at least \(SQLWriter.number(limit))"),
                Level(
                    compared(user, .jaroWinkler, bound),
                    label: "jaro-winkler of the part before @ at least \(SQLWriter.number(limit))"),
            ]
        }
        return [Level(same(user), label: "part before @ the same")] + alike
    }

    /// One slip of the finger first, because a slip in the year is years away.
    private var dates: [Level] {
        let slip = compared(columns[0], .damerauLevenshtein, Bound(.atMost, 1))
        return [Level(slip, label: "one slip in \(words)")]
            + chosenPeriods.map { period in
                let measure: Measure =
                    switch period.unit {
                    case .day: .days(format: format)
                    case .month: .months(format: format)
                    case .year: .years(format: format)
                    }
                let condition = compared(columns[0], measure, Bound(.atMost, period.count))
                return Level(condition, label: "\(words) within \(period.words)")
            }
    }
}
