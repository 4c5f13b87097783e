import Testing
import Values

@testable import Matching

struct DerivationTests {
    private let x = Expression.column("x")

    private func value(_ expression: Expression, _ text: String?) throws -> String? {
        try Derivation(expression).value(text.map { ["x": $0] } ?? [:])
    }

    /// What DuckDB 2.0's `substring` gives.
    @Test(
        arguments: [
            ("abc", 1, 1, "a"), ("abc", 2, nil, "bc"), ("abc", 0, 2, "a"), ("abc", 0, nil, "abc"), ("abc", -2, 1, "b"),
            ("abc", -5, 3, "a"), ("abc", -5, 1, ""), ("abc", 4, 1, ""), ("abc", 9, nil, ""), ("", 1, 1, ""),
            ("a👍🏽bé", 2, 2, "👍🏽"), ("zoë", -1, nil, "ë"), ("zoë", 3, 9, "ë"), ("zoë", -9, 8, "zo"), ("abc", 2, 0, ""),
        ] as [(String, Int, Int?, String)])
    func `a substring counts characters as SQL does`(text: String, from: Int, count: Int?, part: String) throws {
        #expect(try value(.substring(x, from: from, count: count), text) == part)
    }

    @Test func `a substring at the ends of what can be counted is harmless`() throws {
        for place in [Int.min, .max, .min + 1] {
            for text in ["abc", "zoë"] {
                #expect(try value(.substring(x, from: place, count: 1), text) == "")
                #expect(try value(.substring(x, from: place, count: nil), text) == (place < 0 ? text : ""))
            }
        }
    }

    @Test func `an empty text is not missing`() throws {
        #expect(try value(x, "") == "")
        #expect(try value(x, nil) == nil)
        #expect(try value(.lowercased(x), "") == "")
        #expect(try value(.nullIf(x, ""), "") == nil)
    }

    @Test(arguments: [
        ("Zoë ÉMILE", "zoë émile", "ZOË ÉMILE"), ("ß", "ß", "ß"), ("İ", "i", "İ"), ("ΣΑΣ", "σασ", "ΣΑΣ"),
        ("ᾀ", "ᾀ", "ᾈ"), ("ǆ", "ǆ", "Ǆ"), ("ﬁ", "ﬁ", "ﬁ"), ("ÿ×÷", "ÿ×÷", "Ÿ×÷"),
        ("az AZ@[`{", "az az@[`{", "AZ AZ@[`{"),
    ]) func `case changes character by character`(text: String, lower: String, upper: String) throws {
        #expect(try value(.lowercased(x), text) == lower)
        #expect(try value(.uppercased(x), text) == upper)
    }

    @Test func `trimming takes spaces and leaves tabs`() throws {
        #expect(try value(.trimmed(x), "\u{a0} a\t \u{3000}\u{2003}") == "a\t")
        #expect(try value(.trimmed(x), "   ") == "")
        #expect(try value(.trimmed(x), "é") == "é")
    }

    @Test func `replacing goes from the left and never into what was put in`() throws {
        #expect(try value(.replaced(x, "aa", with: "a"), "aaaaa") == "aaa")
        #expect(try value(.replaced(x, "", with: "b"), "aaa") == "aaa")
        #expect(try value(.replaced(x, "é", with: ""), "éaé") == "a")
        #expect(try value(.replaced(.lowercased(x), "a", with: "bb"), "AxA") == "bbxbb")
    }

    @Test func `a missing part makes the joined text missing`() throws {
        let derivation = try Derivation(
            .joined([.column("y"), .text("-"), .substring(x, from: 1, count: 1), .column("y")]))

        #expect(derivation.columns == ["y", "x"])
        #expect(derivation.value(["x": "amina", "y": "é"]) == "é-aé")
        #expect(derivation.value(["y": "é"]) == nil)
    }

    @Test func `the first that is there is chosen, whatever those before left behind`() throws {
        let failing = Expression.joined([.uppercased(x), .column("y")])
        let chosen = Expression.firstOf([failing, .nullIf(.lowercased(x), "amina"), .joined([.text("<"), x])])

        #expect(try value(chosen, "AMINA") == "<AMINA")
        #expect(try value(chosen, "Bram") == "bram")
        #expect(try value(.joined([.text("1"), chosen, .text("2")]), "AMINA") == "1<AMINA2")
    }

    @Test(
        arguments: [
            ("a\u{1f}b\u{1f}c", 1, "a"), ("a\u{1f}b\u{1f}c", 3, "c"), ("a\u{1f}b\u{1f}c", -1, "c"),
            ("a\u{1f}b\u{1f}c", -3, "a"), ("a\u{1f}b\u{1f}c", 4, nil), ("a\u{1f}b\u{1f}c", -4, nil),
            ("a\u{1f}\u{1f}c", 2, ""),
            ("", 1, nil), ("a", 1, "a"), ("a", Int.min, nil), ("a", Int.max, nil),
        ] as [(String, Int, String?)])
    func `elements are counted from either end`(text: String, place: Int, element: String?) throws {
        #expect(try value(.element(x, place), text) == element)
    }

    @Test func `results are appended and missing ones leave nothing`() throws {
        let derivation = try Derivation(.extract(.uppercased(x), pattern: "^[A-Z]+", group: 0))
        var output = Array("before ".utf8)
        let bytes = Array("abc1".utf8)

        let outcomes = bytes.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return [Bool]() }
            return [(0, 4), (3, 1), (1, 2)].map { from, count in
                derivation.append(Text(start: start + from, count: count, isASCII: true), to: &output)
            }
        }

        #expect(outcomes == [true, false, true])
        #expect(output == Array("before ABCBC".utf8))
    }

    @Test func `what cannot be computed is refused with a sentence`() {
        var deep = x
        for _ in 0..<200 { deep = .lowercased(deep) }
        let impossible: [Expression] = [
            .element(x, 0), .firstOf([]), .joined([]), .substring(x, from: 1, count: -1), deep,
            .joined([.extract(x, pattern: "(", group: 0)]),
        ]
        for expression in impossible {
            let fault = #expect(throws: ModelFault.self) { try Derivation(expression) }
            #expect(fault?.sentence.hasSuffix(".") == true)
        }
    }

    @Test(
        arguments: [
            ("SW1A 1AA", "SW1A 1AA", "SW1A 1", "SW1A", "SW"), ("sw1a1aa", "SW1A 1AA", "SW1A 1", "SW1A", "SW"),
            (" m1  1ae ", "M1 1AE", "M1 1", "M1", "M"), ("M11AE", "M1 1AE", "M1 1", "M1", "M"),
            ("EC1A1BB", "EC1A 1BB", "EC1A 1", "EC1A", "EC"), ("SW11 1AA", "SW11 1AA", "SW11 1", "SW11", "SW"),
            ("GIR 0AA", "GIR 0AA", "GIR 0", "GIR", "GIR"), ("sw1 1", nil, "SW1 1", "SW1", "SW"),
            ("SW11", nil, nil, "SW11", "SW"), ("", nil, nil, nil, nil), ("1234 AB", nil, nil, nil, nil),
            ("SW1A 1AAX", nil, nil, nil, nil),
        ] as [(String, String?, String?, String?, String?)])
    func `the postcode's ladder bears what people write`(
        text: String, unit: String?, sector: String?, district: String?, area: String?
    ) throws {
        #expect(try value(.postcodeUnit(of: x), text) == unit)
        #expect(try value(.postcodeSector(of: x), text) == sector)
        #expect(try value(.postcodeDistrict(of: x), text) == district)
        #expect(try value(.postcodeArea(of: x), text) == area)
    }
}
