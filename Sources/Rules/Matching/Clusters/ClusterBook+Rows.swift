/// The book as rows of text, for files of comma-separated values. Membership and history belong together: the names
/// that ended are in the history alone.
extension ClusterBook {
    public static let membershipHeader = ["unique_id", "cluster"]
    public static let historyHeader = ["number", "when", "what", "cluster", "other", "record"]

    /// Names above this are not read, so that there are always new ones to give.
    public static let highestName: UInt32 = 1 << 31

    /// A row for each record in the book, in order of their rows.
    ///
    /// - Parameter name: what a record is called.
    public func membershipRows(name: @escaping (UInt32) -> String) -> some Sequence<[String]> {
        places.indices.lazy.filter { [places] in places[$0] != Self.none }.map { [places, names] row in
            [name(UInt32(row)), String(names[Int(places[row])])]
        }
    }

    /// A row for each event, oldest first.
    ///
    /// - Parameters:
    ///   - number: the first event to be written: one more than the last of a file that is to be continued.
    ///   - name: what a record is called, such as an empty text for one that was erased.
    public func historyRows(
        from number: Int = 1, name: @escaping (UInt32) -> String
    ) -> some Sequence<[String]> {
        history.lazy.filter { $0.number >= number }.map { event in
            [
                String(event.number), event.when, event.what.rawValue, String(event.cluster),
                event.other.map { String($0) } ?? "", event.record.map(name) ?? "",
            ]
        }
    }

    /// Reads a book back, each from its rows without the header.
    ///
    /// - Parameter row: the row of a record by its name; nil when there is none. The history may name such records.
    /// - Throws: `ModelFault` with the number of the row, the first after the header being 1.
    public init(
        membership: some Sequence<[String]>, history: some Sequence<[String]> = [], row: (String) -> UInt32?
    ) throws(ModelFault) {
        var members: [(row: UInt32, cluster: UInt32)] = []
        var seen: Set<UInt32> = []
        var line = 0
        for fields in membership {
            line += 1
            let place = "membership, row \(line)"
            guard fields.count == 2 else {
                throw ModelFault(at: place, "There must be 2 values, a record and its cluster, not \(fields.count).")
            }
            guard let record = row(fields[0]), record != Self.none else {
                throw ModelFault(
                    at: place,
                    "No record is called '\(fields[0])'; give all records, or erase it from the clusters first.")
            }
            guard seen.insert(record).inserted else {
                throw ModelFault(
                    at: place, "The record '\(fields[0])' is in a cluster already; remove one of the two rows.")
            }
            members.append((record, try Self.cluster(fields[1], at: place)))
        }
        var events: [ClusterEvent] = []
        for fields in history { events.append(try Self.event(fields, number: events.count + 1, row: row)) }
        self.init(members: members, history: events)
    }

    /// Reads a book back whose membership was read already, each record once.
    ///
    /// - Parameters:
    ///   - members: each record's row and the name of its cluster, from 1 to `highestName`.
    ///   - history: its rows without the header. Of what they say, only names and numbers are kept.
    /// - Throws: `ModelFault` with the number of the row, the first after the header being 1.
    public init(
        members: [(row: UInt32, cluster: UInt32)], history: some Sequence<[String]>
    ) throws(ModelFault) {
        var events: [ClusterEvent] = []
        for fields in history { events.append(try Self.event(fields, number: events.count + 1) { _ in nil }) }
        self.init(members: members, history: events)
    }

    private static func event(
        _ fields: [String], number: Int, row: (String) -> UInt32?
    ) throws(ModelFault) -> ClusterEvent {
        let place = "history, row \(number)"
        guard fields.count == 6 else {
            throw ModelFault(at: place, "There must be 6 values, not \(fields.count).")
        }
        guard Int(fields[0]) == number else {
            throw ModelFault(
                at: place,
                "The number must be \(number), not '\(fields[0])': the whole history is needed, oldest first.")
        }
        guard let what = ClusterEvent.What(rawValue: fields[2]) else {
            let known = ClusterEvent.What.allCases.map(\.rawValue).joined(separator: ", ")
            throw ModelFault(at: place, "'\(fields[2])' is none of \(known).")
        }
        let other = fields[4].isEmpty ? nil : try cluster(fields[4], at: place)
        guard (other != nil) == (what == .split || what == .merge) else {
            throw ModelFault(at: place, "A split and a merge name another cluster, and nothing else does.")
        }
        return ClusterEvent(
            number: number, when: fields[1], what, try cluster(fields[3], at: place), other: other,
            record: fields[5].isEmpty ? nil : row(fields[5]))
    }

    private static func cluster(_ text: String, at place: String) throws(ModelFault) -> UInt32 {
        guard let number = UInt32(text), number >= 1, number <= highestName else {
            throw ModelFault(
                at: place, "'\(text)' is no cluster of a book: they are whole numbers from 1 to \(highestName).")
        }
        return number
    }
}
