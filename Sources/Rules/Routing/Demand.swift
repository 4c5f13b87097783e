import Values

/// All contacts that ask for the same needs on the same channel.
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
    var line = Line<Turn>()
    /// How many tickets have it among their demands, in line or not.
    var askers = 0
    /// The count of demands asked for when this one was last: the smallest is dropped first.
    var lastAsked: Int
}

/// Whose turn it is in each demand: what an adviser has to look at when she is free, kept apart and close together.
struct Heads: Sendable {
    /// By demand; the last where nobody waits.
    private var turns: [Turn] = []
    private var channels: [Channel] = []
    /// Where somebody waits, a bit a demand: a word for each channel, then those of the next 64 demands.
    private var waiting = [UInt64](repeating: 0, count: Channel.count)

    var indices: Range<Int> { turns.indices }

    /// Setting it keeps the channel.
    subscript(demand: Int) -> Turn {
        get { turns[demand] }
        set {
            turns[demand] = newValue
            let word = (demand >> 6) * Channel.count + channels[demand].index
            let bit: UInt64 = 1 << UInt64(demand & 63)
            if newValue < .last { waiting[word] |= bit } else { waiting[word] &= ~bit }
        }
    }

    /// A demand for which nobody waits: the next, or in the place of one for which nobody did.
    mutating func open(_ demand: Int, on channel: Channel) {
        if demand < turns.count {
            channels[demand] = channel
            return
        }
        turns.append(.last)
        channels.append(channel)
        if demand > 0, demand & 63 == 0 { waiting += repeatElement(0, count: Channel.count) }
    }

    func channel(of demand: Int) -> Channel { channels[demand] }

    /// The demands of a word for which somebody waits on any of these channels, a bit a channel.
    func waiting(inWord word: Int, on open: UInt8) -> UInt64 {
        var demands: UInt64 = 0
        Channel.each { channel in
            if open & 1 << channel.index != 0 { demands |= waiting[word * Channel.count + channel.index] }
        }
        return demands
    }
}
