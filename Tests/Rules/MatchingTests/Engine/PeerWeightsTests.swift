import Testing

@testable import Matching

/// The peer's own pairs and weights on the same records by the same model.
struct PeerWeightsTests {
    private static let people = PeerPeople.rows

    @Test func `the peer's pairs are ours, and its weights too`() async throws {
        let model = try Model(splink: PeerModel.json, file: "peer.json")
        let records = try Records(of: Self.people, sources: ["people"], for: model)

        let links = try await Linker(model, records).all(from: -.infinity)

        var expected = PeerWeights.weights
        #expect(links.count == 776)
        for link in links {
            let (left, right) = (Int(link.left), Int(link.right))
            let pair = [records.name(of: left), records.name(of: right)].sorted()
            let found = expected.removeValue(forKey: pair)
            let weight = try #require(found, "\(pair) is not looked at by the peer")
            guard !Self.mayDiffer(Self.people[left], Self.people[right]) else { continue }
            #expect(abs(weight - link.weight) < 1e-6, "\(pair)")
        }
        #expect(expected.isEmpty)
    }

    @Test func `a link's explanation adds up to the peer's weight`() throws {
        let model = try Model(splink: PeerModel.json, file: "peer.json")
        let linker = try Linker(model, Records(of: Self.people, sources: ["people"], for: model))

        for (pair, weight) in PeerWeights.weights {
            let rows = try pair.map { try #require(linker.records.row(named: $0)) }
            guard !Self.mayDiffer(Self.people[rows[0]], Self.people[rows[1]]) else { continue }
            #expect(abs(linker.explanation(of: rows[0], and: rows[1]).weight - weight) < 1e-6, "\(pair)")
        }
    }

    /// DuckDB counts the bytes of a text where we count its scalars, which shows only where texts differ.
    private static func mayDiffer(_ one: PlainRecord, _ other: PlainRecord) -> Bool {
        one.values.contains { column, value in
            guard let second = other.values[column], second != value else { return false }
            return (value + second).utf8.contains { $0 > 127 }
        }
    }
}

extension PeerPeople {
    /// The people, one a line.
    static var rows: [PlainRecord] {
        let lines = csv.split(separator: "\n").map { fields(of: $0) }
        let columns = lines[0].map { $0 ?? "" }
        return lines.dropFirst().map { fields in
            var values: [String: String] = [:]
            for (column, field) in zip(columns, fields) { values[column] = field }
            return PlainRecord(name: values[columns[0]] ?? "", source: 0, values: values)
        }
    }

    private static func fields(of line: Substring) -> [String?] {
        var fields: [String?] = []
        var (field, isQuoted, wasQuoted): (String, Bool, Bool) = ("", false, false)
        func end() {
            fields.append(field.isEmpty && !wasQuoted ? nil : field)
            (field, wasQuoted) = ("", false)
        }
        for character in line {
            switch character {
            case "\"":
                // A quote that opens again within a field stands for itself.
                if !isQuoted, wasQuoted { field.append("\"") }
                isQuoted.toggle()
                wasQuoted = true
            case "," where !isQuoted: end()
            default: field.append(character)
            }
        }
        end()
        return fields
    }
}

extension PeerWeights {
    /// By the two names.
    static var weights: [[String]: Double] {
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        var weights: [[String]: Double] = [:]
        for place in stride(from: 0, to: words.count, by: 3) {
            weights[[words[place], words[place + 1]].sorted()] = Double(words[place + 2])
        }
        return weights
    }
}
