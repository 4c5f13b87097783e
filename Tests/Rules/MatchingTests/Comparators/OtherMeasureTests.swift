@testable import Matching
import Testing

struct OtherMeasureTests {
    @Test(arguments: [
        ("%Y-%m-%d", "2000-02-28", "2000-03-01", 2), ("%Y-%m-%d", "1900-02-28", "1900-03-01", 1),
        ("%Y-%m-%d", "2000-2-3", "2000-02-03", 0), ("%d/%m/%Y", "1/2/2000", "03/02/2000", 2),
        ("%Y%m%d", "20000101", "19991231", 1), ("%d %b %Y", "3 mar 2001", "4 MAR 2001", 1),
        ("%d %B %Y", "3 March 2001", "3 september 2001", 184), ("%d/%m/%y", "01/02/69", "01/02/68", 36_159),
        ("%Y-%m-%dT%H:%M:%SZ", "2001-01-01T12:00:00Z", "2001-01-01T00:00:00Z", 0.5),
        ("%Y", "0000", "0001", 366), ("%Y %m", " 2000  01 ", "2000 01", 0),
    ]) func `days between dates follow the Gregorian calendar`(format: String, a: String, b: String, days: Double) {
        #expect(Measure.days(format: format).value(a, b) == days)
    }

    @Test(arguments: [
        "2000-02-30", "1900-02-29", "2000-13-01", "2000-00-01", "2000-01-00", "", "2000-01", "2000-01-011",
        "2000-01-01x", "-001-01-01", "2000-1 -1", "２000-01-01", "20000101",
    ]) func `what is no date is missing`(written: String) {
        #expect(Measure.days(format: "%Y-%m-%d").value(written, "2000-01-01") == nil)
    }

    @Test func `months and years have the peer's lengths`() {
        let (a, b) = ("2000-01-01", "2001-01-01")
        #expect(Measure.years(format: "%Y-%m-%d").value(a, b) == 366 / 365.25)
        #expect(Measure.months(format: "%Y-%m-%d").value(a, b) == 366 / 30.4375)
        #expect(Measure.years(format: "%Y-%m-%d").holds(Bound(.atMost, 1), a, b) == false)
        #expect(Measure.days(format: "%Y-%m-%d").holds(Bound(.atMost, 366), a, b) == true)
        #expect(!Measure.reads(format: "%j") && !Measure.reads(format: "") && !Measure.reads(format: "%"))
    }

    @Test(
        arguments: [
            ("1e5", 1e5), (" 12.5 ", 12.5), (".5", 0.5), ("5.", 5), ("+5", 5), ("-0.25", -0.25), ("1,000", nil),
            ("0x10", nil), ("e5", nil), ("1e", nil), (".", nil), ("", nil), ("nan", nil), ("inf", nil), ("1e999", nil),
            ("0.1", 0.1), ("123456789012345678901234567890", 1.2345678901234568e29),
            ("1.7976931348623157e308", .greatestFiniteMagnitude),
        ] as [(String, Double?)]) func `numbers are read exactly or not at all`(written: String, number: Double?)
    {
        #expect(Measure.difference.value(written, "0") == number.map { abs($0) })
    }

    @Test func `a relative difference is a share of the greater`() {
        #expect(Measure.relativeDifference.value("80", "100") == 0.2)
        #expect(Measure.relativeDifference.value("0", "0") == nil)
    }

    @Test func `words count in any order and once`() throws {
        #expect(Measure.tokenJaccard.value("Jones & Sons Ltd", "ltd. JONES") == 2.0 / 3)
        #expect(Measure.tokenJaccard.value("Ŵyn Siân", "siân, ŵyn") == 1)
        #expect(Measure.tokenJaccard.value("", "-") == nil)
        #expect(abs(try #require(Measure.tokenCosine.value("a b", "a c")) - 0.5) < 1e-12)
        #expect(Measure.tokenCosine.value("", "a") == nil)
    }

    @Test func `a rare word in common says more than a frequent one`() {
        var counts = WordCounts()
        for name in ["acme ltd", "jones ltd", "smith ltd"] { Text.borrowed(name) { counts.add($0) } }
        let comparator = Comparator(.tokenCosine, wordWeights: counts.weights)

        func value(_ a: String, _ b: String) -> Double {
            Text.borrowed(a) { left in Text.borrowed(b) { comparator.value(left, $0) } } ?? -1
        }

        #expect(value("acme ltd", "acme plc") > value("acme ltd", "jones ltd"))
        #expect(value("acme ltd", "ltd acme") == 1)
        #expect(value("unseen", "unseen") == 1)
    }

    @Test func `arrays are compared element by element`() throws {
        #expect(Measure.commonElements.value("a\u{1f}a\u{1f}b", "a\u{1f}a\u{1f}c") == 1)
        #expect(Measure.commonElements.value("", "a") == 0)
        #expect(Measure.closestLevenshtein.value("abc\u{1f}xyz", "abd\u{1f}qqqqq") == 1)
        #expect(Measure.closestLevenshtein.holds(Bound(.atMost, 1), "abc\u{1f}xyz", "abd") == true)
        #expect(Measure.closestLevenshtein.value("", "abd") == nil)
        #expect(Measure.closestJaroWinkler.value("x\u{1f}martha", "martha") == 1)
        #expect(Measure.closestJaro.holds(Bound(.above, 1), "martha", "martha") == false)
        #expect(Measure.closestDamerauLevenshtein.value("ab", "ba") == 1)
        #expect(abs(try #require(Measure.cosine.value("1\u{1f}2", "2\u{1f}1.5")) - 0.894_427_190_999_915_9) < 1e-12)
        #expect(Measure.cosine.value("1", "1\u{1f}2") == nil)
        #expect(Measure.cosine.value("0", "0") == nil)
    }

    @Test func `kilometres are those of the great circle`() throws {
        let london = "51.5074,-0.1278"
        #expect(abs(try #require(Measure.kilometres.value(london, "48.8566, 2.3522")) - 343.56) < 0.05)
        #expect(Measure.kilometres.value(london, london) == 0)
        #expect(abs(try #require(Measure.kilometres.value("90,0", "-90,0")) - 6371 * Double.pi) < 1e-6)
        #expect(Measure.kilometres.value("91,0", "0,0") == nil)
        #expect(Measure.kilometres.value("51.5", "0,0") == nil)
    }

    @Test(arguments: [
        ("Margaret", "peggy", 1.0), ("Elizabeth", "Bess", 1), ("Mohammed", "Muhammad", 1), (" Bob ", "ROBERT", 1),
        ("Dafydd", "David", 1), ("Siân", "jane", 1), ("peggy", "bess", 0), ("qwerty", "qwerty", 1), ("", "", 0),
        ("bob", "qwerty", 0), ("qwerty", "asdf", 0),
    ]) func `forms of a forename are known`(a: String, b: String, form: Double) {
        #expect(Measure.nickname.value(a, b) == form)
        #expect(Measure.nickname.value(b, a) == form)
    }

    @Test func `the table of names keeps its promises`() {
        let sets = NicknameTable.sets
        #expect(sets.count > 200)
        var occurrences: [String: Int] = [:]
        for set in sets {
            #expect(Set(set).count == set.count && set.count > 1, "\(set)")
            for name in set { occurrences[name, default: 0] += 1 }
        }
        #expect((occurrences.values.max() ?? 0) <= 8)
    }

    @Test func `broken UTF-8 is compared byte by byte and never read beyond`() {
        let broken: [[UInt8]] = [[0xc3], [0xe2, 0x82], [0x61, 0xff, 0x62], [0xf0, 0x9f, 0x91], [0x80, 0x80]]
        let comparator = Comparator(.levenshtein)
        for bytes in broken {
            bytes.withUnsafeBufferPointer { buffer in
                guard let start = buffer.baseAddress else { return }
                let text = Text(start: start, count: bytes.count, isASCII: false)
                let empty = Text(start: start, count: 0, isASCII: true)
                #expect(comparator.value(text, text) == 0)
                #expect(comparator.value(text, empty) == Double(bytes.count))
            }
        }
    }
}
