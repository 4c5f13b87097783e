import Values

/// All contacts that ask for the same needs on the same channel, and all advisers who meet them.
///
/// The cost of an event grows with the number of distinct demands, of which there are hundreds, not with contacts or advisers.
struct Demand: Sendable {
    struct Key: Hashable, Sendable {
        /// One per skill, by skill; none that everybody meets.
        let needs: [Need]
        let channel: Channel

        init(_ needs: [Need], on channel: Channel) {
            self.channel = channel
            if needs.isEmpty || needs.count == 1 && needs[0].level > 0 {
                self.needs = needs
                return
            }
            var highest: [Need] = []
            for need in needs.sorted() where need.level > 0 {
                if highest.last?.skill == need.skill { highest.removeLast() }
                highest.append(need)
            }
            self.needs = highest
        }
    }

    /// A need with the skill's index instead of its number.
    struct Test: Sendable {
        let skill: Int
        let level: UInt8
    }

    let key: Key
    let tests: [Test]
    var advisers: Podium
    var line = Line<Turn>()
    /// How many tickets have it among their demands, in line or not.
    var askers = 0
    /// The count of demands asked for when this one was last: the smallest is dropped first.
    var lastAsked: Int
}

/// What an adviser has to look at in a demand when she is free: kept apart and close together, for speed.
struct Head: Sendable {
    var turn = Turn.last
    var channel: Channel
}
