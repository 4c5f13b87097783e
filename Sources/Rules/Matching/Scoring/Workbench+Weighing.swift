extension Workbench {
    /// The weight of a pair, or minus infinity when it cannot reach the floor; `levels` then say little.
    ///
    /// What codes decide comes first. As soon as the rest cannot lift the pair to the floor, no string is looked at.
    @inline(__always)
    mutating func weight(_ left: Int, _ right: Int, atLeast floor: Double) -> Double {
        if scorer.hasParents { return givenWeight(left, right, atLeast: floor) }
        var sum = prior
        var best = 0.0
        var open = 0
        for number in 0..<scorer.comparisonCount {
            let level = quickLevel(number, left, right)
            levels[number] = level
            let base = Int(scorer.compared[number].base)
            if level >= 0 {
                sum += weights[base + Int(level)] + adjustment(base + Int(level), left, right)
            } else {
                best += bestFrom[base - 1 - Int(level)]
                open += 1
            }
        }
        guard open > 0 else { return settled(sum, left, right, atLeast: floor) }
        // A hair of room for the order in which weights are added.
        guard sum + best >= floor - 1e-9 else { return -.infinity }
        return costlyWeight(sum, best, left, right, atLeast: floor)
    }

    private mutating func costlyWeight(
        _ known: Double, _ most: Double, _ left: Int, _ right: Int, atLeast floor: Double
    ) -> Double {
        var sum = known
        var best = most
        for place in 0..<scorer.comparisonCount {
            let number = Int(scorer.order[place])
            let open = levels[number]
            guard open < 0 else { continue }
            let base = Int(scorer.compared[number].base)
            best -= bestFrom[base - 1 - Int(open)]
            let level = costlyLevel(number, from: -1 - open, left, right)
            levels[number] = level
            sum += weights[base + Int(level)] + adjustment(base + Int(level), left, right)
            guard sum + best >= floor - 1e-9 else { return -.infinity }
        }
        return settled(sum, left, right, atLeast: floor)
    }

    /// The weight of a pair whose levels are all known: until here the rarity of values counted with the share that chance
    /// has in agreement, which is never less than what it is worth.
    @inline(__always)
    private mutating func settled(_ sum: Double, _ left: Int, _ right: Int, atLeast floor: Double) -> Double {
        guard sum >= floor else { return -.infinity }
        guard chance < 1 else { return sum }
        let terms = adjustment(left, right)
        let exact = sum + Rarity.worth(ofShared: terms, chance) - terms
        return exact >= floor ? exact : -.infinity
    }

    /// The same where weights are given by another comparison's level.
    private mutating func givenWeight(_ left: Int, _ right: Int, atLeast floor: Double) -> Double {
        var adjusted = 0.0
        var open = 0
        for number in 0..<scorer.comparisonCount {
            let level = quickLevel(number, left, right)
            levels[number] = level
            if level >= 0 {
                adjusted += adjustment(Int(scorer.compared[number].base + level), left, right)
            } else {
                open += 1
            }
        }
        var most = mostOfLevels() + adjusted
        guard open > 0 else { return settled(most, left, right, atLeast: floor) }
        for place in 0..<scorer.comparisonCount {
            let number = Int(scorer.order[place])
            guard levels[number] < 0 else { continue }
            guard most >= floor - 1e-9 else { return -.infinity }
            let level = costlyLevel(number, from: -1 - levels[number], left, right)
            levels[number] = level
            adjusted += adjustment(Int(scorer.compared[number].base + level), left, right)
            most = mostOfLevels() + adjusted
        }
        return settled(most, left, right, atLeast: floor)
    }

    /// The prior and the weights of the levels, frequencies left out; of levels that are not known yet, the most they
    /// can bring, frequencies included.
    private mutating func mostOfLevels() -> Double {
        var sum = prior
        for number in 0..<scorer.comparisonCount {
            let level = levels[number]
            let place = weightPlace(number, level: level >= 0 ? level : -1 - level)
            sum += level >= 0 ? weights[place] : bestFrom[place]
        }
        return sum
    }

    /// Where the weight of a comparison's level stands in the stratum's table, given the levels of the others.
    @inline(__always)
    mutating func weightPlace(_ number: Int, level: Int32) -> Int {
        let compared = UnsafePointer(scorer.compared + number)
        guard compared.pointee.parent >= 0 else { return Int(compared.pointee.table + level) }
        let given = levels[Int(compared.pointee.parent)]
        return Int(
            compared.pointee.table + (given >= 0 ? given : compared.pointee.unknownRow) * compared.pointee.count + level
        )
    }

    /// The number of the pair's pattern of levels.
    mutating func pattern(_ left: Int, _ right: Int) -> Int {
        var pattern = 0
        for number in 0..<scorer.comparisonCount {
            var level = quickLevel(number, left, right)
            if level < 0 { level = costlyLevel(number, from: -1 - level, left, right) }
            levels[number] = level
            pattern += Int(level) * scorer.compared[number].stride
        }
        return pattern
    }

    /// The level that codes decide; else minus one minus the first level that needs more.
    @inline(__always)
    private mutating func quickLevel(_ number: Int, _ left: Int, _ right: Int) -> Int32 {
        let compared = UnsafePointer(scorer.compared + number)
        if compared.pointee.nullField >= 0 {
            let one = gathered(compared.pointee.nullField, left)
            let other = gathered(compared.pointee.nullField, right)
            if one == 0 || other == 0 { return compared.pointee.nullLevel }
            if compared.pointee.exactField == compared.pointee.nullField, one == other {
                return compared.pointee.exactLevel
            }
        }
        if compared.pointee.exactField >= 0, compared.pointee.exactField != compared.pointee.nullField {
            let one = gathered(compared.pointee.exactField, left)
            if one != 0, one == gathered(compared.pointee.exactField, right) { return compared.pointee.exactLevel }
        }
        var level = compared.pointee.firstOther
        while level < compared.pointee.firstCostly {
            let field = scorer.equalFields[Int(compared.pointee.base + level)]
            if field >= 0 {
                let one = code(Int(field), left)
                if one != 0, one == code(Int(field), right) { return level }
            } else if truth(at: scorer.roots[Int(compared.pointee.base + level)], left, right) == 1 {
                return level
            }
            level += 1
        }
        return compared.pointee.isMixed ? mixedLevel(compared, from: level, left, right) : -1 - level
    }

    /// The same for levels that ask for codes and measures together: codes alone refute most of them.
    private mutating func mixedLevel(
        _ compared: UnsafePointer<Scorer.Compared>, from first: Int32, _ left: Int, _ right: Int
    ) -> Int32 {
        for level in first..<compared.pointee.count {
            switch quickTruth(at: scorer.roots[Int(compared.pointee.base + level)], left, right) {
            case 1: return level
            case 3: return -1 - level
            default: continue
            }
        }
        return compared.pointee.count - 1
    }

    /// The first level from a given one that holds; the last when none does.
    @inline(never)
    private mutating func costlyLevel(_ number: Int, from first: Int32, _ left: Int, _ right: Int) -> Int32 {
        let compared = UnsafePointer(scorer.compared + number)
        guard compared.pointee.slot >= 0, compared.pointee.nullField >= 0, memory.pays(number) else {
            return computedLevel(compared, from: first, left, right)
        }
        var one = gathered(compared.pointee.nullField, left)
        var other = gathered(compared.pointee.nullField, right)
        if compared.pointee.isSymmetric, one > other { swap(&one, &other) }
        let known = memory.level(number, one, other)
        if known >= 0 { return known }
        let level = computedLevel(compared, from: first, left, right)
        memory.remember(number, one, other, level: level)
        return level
    }

    private mutating func computedLevel(
        _ compared: UnsafePointer<Scorer.Compared>, from first: Int32, _ left: Int, _ right: Int
    ) -> Int32 {
        forgetMeasured()
        var level = first
        while level < compared.pointee.count - 1 {
            if truth(at: scorer.roots[Int(compared.pointee.base + level)], left, right) == 1 { return level }
            level += 1
        }
        return compared.pointee.count - 1
    }

    /// What the rarity of the values brings to a pair whose pattern was asked for last, times the share of chance.
    mutating func adjustment(_ left: Int, _ right: Int) -> Double {
        var sum = 0.0
        for number in 0..<scorer.comparisonCount {
            sum += adjustment(Int(scorer.compared[number].base + levels[number]), left, right)
        }
        return sum
    }

    /// What the rarity of the values brings to a level, times the share that chance has in the stratum's agreements.
    @inline(__always)
    mutating func adjustment(_ level: Int, _ left: Int, _ right: Int) -> Double {
        var number = scorer.adjustments[level]
        var sum = 0.0
        while number >= 0 {
            let frequencies = scorer.frequencies[Int(number)]
            sum += adjustment(frequencies, lent.logs[Int(number)], left, right)
            number = frequencies.next
        }
        return sum
    }

    @inline(__always)
    private mutating func adjustment(
        _ frequencies: Tables.Adjustment, _ logs: UnsafePointer<Double>, _ left: Int, _ right: Int
    ) -> Double {
        let one = code(Int(frequencies.field), left)
        let other = code(Int(frequencies.field), right)
        guard one < UInt32(frequencies.count), other < UInt32(frequencies.count), one != 0, other != 0 else { return 0 }
        let log = max(logs[Int(one)], logs[Int(other)])
        return log < .infinity ? frequencies.weight * (frequencies.logU - log) * chance : 0
    }
}
