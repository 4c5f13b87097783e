/// The measures as their definitions say, slow and obvious.
enum Slow {
    static func levenshtein(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var above = Array(0...b.count)
        for (i, left) in a.enumerated() {
            var row = [i + 1]
            for (j, right) in b.enumerated() {
                row.append(min(above[j] + (left == right ? 0 : 1), above[j + 1] + 1, row[j] + 1))
            }
            above = row
        }
        return above[b.count]
    }

    /// Lowrance and Wagner's table, each cell looking at every swap that could end there.
    static func damerauLevenshtein(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var table = [[Int]](repeating: Array(0...b.count), count: a.count + 1)
        for i in 0...a.count {
            for j in 0...b.count {
                if i == 0 || j == 0 {
                    table[i][j] = i + j
                    continue
                }
                var best = min(
                    table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), table[i - 1][j] + 1, table[i][j - 1] + 1)
                for k in stride(from: 1, to: i, by: 1) where a[k - 1] == b[j - 1] {
                    for l in stride(from: 1, to: j, by: 1) where b[l - 1] == a[i - 1] {
                        best = min(best, table[k - 1][l - 1] + i - k + j - l - 1)
                    }
                }
                table[i][j] = best
            }
        }
        return table[a.count][b.count]
    }

    static func jaro(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Double {
        let reach = max(max(a.count, b.count) / 2 - 1, 0)
        var taken = [Bool](repeating: false, count: a.count)
        var matched: [Unicode.Scalar] = []
        for (j, symbol) in b.enumerated() {
            let match = a.indices.first { !taken[$0] && a[$0] == symbol && abs($0 - j) <= reach }
            guard let match else { continue }
            taken[match] = true
            matched.append(symbol)
        }
        guard !matched.isEmpty else { return 0 }
        let others = a.indices.filter { taken[$0] }.map { a[$0] }
        let displaced = zip(matched, others).count { $0 != $1 } / 2
        let m = Double(matched.count)
        return (m / Double(a.count) + m / Double(b.count) + (m - Double(displaced)) / m) / 3
    }

    static func jaroWinkler(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Double {
        let jaro = jaro(a, b)
        let prefix = zip(a, b).prefix(4).prefix { $0 == $1 }.count
        return jaro > 0.7 ? jaro + Double(prefix) * 0.1 * (1 - jaro) : jaro
    }
}
