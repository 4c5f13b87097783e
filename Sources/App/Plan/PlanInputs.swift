import ArgumentParser
import Contacts
import Storage
import Values

/// `touchdown plan inputs`: what this installation has measured, as a scenario asks for it.
struct PlanInputs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inputs",
        abstract:
            "What this installation measured, as a scenario asks for it: handling, wrap-up, patience, missed offers, lines.",
        discussion: """
            Prints the keys of a scenario that need not be guessed, for each queue and each kind of place, with how much each \
            stands on. Who comes says `plan history`, and who is there says the roster. The database is only read, also while \
            a server is at work on it.
            """)

    @OptionGroup var past: PastSpan

    @Flag(name: .long, help: "Print the figures as JSON.")
    var json = false

    func run() async throws {
        let command = self
        try await PlanCommand.run {
            try await command.past.read { store, days in
                let seen = try await store.read { try Observations.read(days, in: $0) }
                if command.json { return try JSONOutput.print(InputsSummary(seen, of: days)) }
                try Draft(seen.yaml(of: days), for: "-").finish()
            }
        }
    }
}

extension Observations {
    /// The measured keys of a scenario.
    fileprivate func yaml(of days: ClosedRange<Day>) -> String {
        var lines = [
            "# What was measured from \(days.lowerBound) to \(days.upperBound), with the keys of a scenario (docs/planning.md).",
            "# Add who comes (open, arrivals), what it takes (needs, skills) and who is there (shifts).", "queues:",
        ]
        lines += queues.flatMap(\.yaml)
        lines += queues.isEmpty ? ["  # Nobody came."] : []
        lines.append("teams:")
        lines += places.flatMap(\.yaml)
        lines += places.isEmpty ? ["  # Nobody was signed in."] : []
        return lines.joined(separator: "\n") + "\n"
    }
}

extension Observations.OfQueue {
    fileprivate var yaml: [String] {
        var lines = ["  - name: \(name.quotedForYAML)"]
        lines += channels.map { "    \(channels.count > 1 ? "# " : "")channel: \($0.rawValue)" }
        lines.append(handling.yaml("handling", of: "conversation"))
        lines.append(wrapUp.yaml("wrap-up", of: "wrap-up"))
        let waiting = PlanWords.written(waited)
        if let patience {
            lines.append(
                "    patience: {mean: \(PlanWords.written(patience))}   # \(hungUp) hung up in \(waiting) of waiting")
        } else {
            lines.append("    # patience: nobody hung up in \(waiting) of waiting")
        }
        return lines
    }
}

extension Observations.OfPlace {
    fileprivate var yaml: [String] {
        var lines = ["  - name: \(place.rawValue.quotedForYAML)", "    place: \(place.rawValue)"]
        lines.append(answering.yaml("answering", of: "answer"))
        if offers > 0 {
            lines.append("    missed: \(share(missed))   # \(missed) of \(offers) offers")
            lines.append("    refused: \(share(refused))   # \(refused)")
        }
        if let missedPause { lines.append("    missed-pause: \(PlanWords.written(missedPause.mean))") }
        let time = PlanWords.written(present)
        if let drops, let dropsEvery {
            let every = PlanWords.written(dropsEvery)
            lines.append(
                "    line: {drops-every: \(every), back-after: \(drops.inBraces)}   # \(drops.count) drops in \(time)")
        } else {
            lines.append("    # line: none dropped in \(time)")
        }
        if goneForGood > 0 {
            lines.append(
                "    # \(goneForGood) more were not back within an hour: mostly somebody who left without signing out")
        }
        return lines
    }

    private func share(_ count: Int) -> Double { (Double(count) / Double(offers) * 10_000).rounded() / 10_000 }
}

extension Observations.Times {
    /// `{mean: 11m2s, cv: 0.84}`.
    fileprivate var inBraces: String {
        let rounded = (variation * 100).rounded() / 100
        return "{mean: \(PlanWords.written(mean))" + (rounded > 0 ? ", cv: \(rounded)}" : "}")
    }
}

extension Observations.Times? {
    fileprivate func yaml(_ key: String, of what: String) -> String {
        guard let self else { return "    # \(key): no \(what) was measured" }
        return "    \(key): \(self.inBraces)   # \(self.count) \(what)\(self.count == 1 ? "" : "s")"
    }
}

extension String {
    /// In double quotes, as YAML and JSON both read it.
    fileprivate var quotedForYAML: String {
        "\"" + replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}

/// The same for programs.
private struct InputsSummary: Encodable {
    struct Times: Encodable {
        let count: Int
        let meanSeconds, variation: Double

        init(_ times: Observations.Times) {
            (count, meanSeconds, variation) = (times.count, times.mean.inSeconds, times.variation)
        }
    }

    struct Queue: Encodable {
        let name: String
        let channels: [Channel]
        let handling, wrapUp: Times?
        let hungUp: Int
        let waitedSeconds: Double
        let patienceSeconds: Double?
    }

    struct Team: Encodable {
        let place: Place
        let offers, missed, refused: Int
        let answering: Times?
        let missedPauseSeconds: Double?
        let presentSeconds: Double
        let drops: Times?
        let dropsEverySeconds: Double?
        let goneForGood: Int
    }

    let from, until: Day
    let queues: [Queue]
    let teams: [Team]

    init(_ seen: Observations, of days: ClosedRange<Day>) {
        (from, until) = (days.lowerBound, days.upperBound)
        queues = seen.queues.map { queue in
            Queue(
                name: queue.name, channels: queue.channels, handling: queue.handling.map(Times.init),
                wrapUp: queue.wrapUp.map(Times.init), hungUp: queue.hungUp, waitedSeconds: queue.waited.inSeconds,
                patienceSeconds: queue.patience?.inSeconds)
        }
        teams = seen.places.map { seats in
            Team(
                place: seats.place, offers: seats.offers, missed: seats.missed, refused: seats.refused,
                answering: seats.answering.map(Times.init), missedPauseSeconds: seats.missedPause?.mean.inSeconds,
                presentSeconds: seats.present.inSeconds, drops: seats.drops.map(Times.init),
                dropsEverySeconds: seats.dropsEvery?.inSeconds, goneForGood: seats.goneForGood)
        }
    }
}
