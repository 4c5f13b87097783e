@testable import Charts
import Foundation
@testable import Matching
import Testing

struct ChartTests {
    @Test(arguments: ChartFixtures.hostile)
    func `whatever a value holds, the files are well-formed and hold no more elements`(text: String) throws {
        for (chart, plain) in zip(ChartFixtures.charts(text), ChartFixtures.charts("plain")) {
            let page = try #require(Elements.parsed(chart.html()), "\(chart.title)")
            let file = try #require(Elements.parsed(chart.svg()), "\(chart.title)")

            #expect(page.map(\.name) == Elements.parsed(plain.html())?.map(\.name))
            #expect(file.count { $0.name == "rect" } == Elements.parsed(plain.svg())?.count { $0.name == "rect" })
            for elements in [page, file] {
                #expect(!elements.contains { $0.name == "script" })
                #expect(elements.allSatisfy { $0.attributes.keys.allSatisfy { !$0.hasPrefix("on") } })
            }
        }
    }

    @Test(arguments: ChartFixtures.hostile) func `long values are cut in what is shown`(text: String) throws {
        for chart in ChartFixtures.charts(text) {
            let elements = try #require(Elements.parsed(chart.html()))

            #expect(elements.filter { $0.name == "text" }.allSatisfy { $0.text.count <= 160 })
            #expect(chart.html().utf8.count < 200_000)
        }
    }

    @Test func `nothing is fetched and nothing runs`() {
        for chart in ChartFixtures.charts("plain") {
            for text in [chart.html(), chart.svg()] {
                let addresses = text.replacing("xmlns=\"http://www.w3.org/2000/svg\"", with: "")
                #expect(!addresses.contains("http:") && !addresses.contains("https:"))
                #expect(!addresses.contains("url("))
                #expect(!addresses.contains("@import"))
                #expect(!addresses.contains("src=") && !addresses.contains("href="))
            }
        }
    }

    @Test func `each picture says what it is, under identifiers of its own`() throws {
        let page = ChartPage(title: "All", charts: ChartFixtures.charts("plain")).html()
        let elements = try #require(Elements.parsed(page))

        let identifiers = elements.compactMap { $0.attributes["id"] }
        #expect(Set(identifiers).count == identifiers.count)
        let pictures = elements.filter { $0.name == "svg" }
        #expect(pictures.count == 12)
        for picture in pictures {
            #expect(picture.attributes["role"] == "img")
            let named = try #require(picture.attributes["aria-labelledby"]).split(separator: " ").map(String.init)
            #expect(named.count == 2 && named.allSatisfy(identifiers.contains))
        }
    }

    @Test func `every mark of a chart lies on its sheet`() throws {
        for chart in ChartFixtures.charts("plain") {
            for drawing in [chart.wide, chart.narrow] {
                let svg = drawing.svg(title: "", about: "", id: "x")
                for element in try #require(Elements.parsed(svg)) {
                    for key in ["x", "x1", "x2", "cx"] where element.attributes[key] != nil {
                        #expect((0...drawing.width).contains(element.number(key)))
                    }
                    for key in ["y", "y1", "y2", "cy"] where element.attributes[key] != nil {
                        #expect((0...drawing.height).contains(element.number(key)))
                    }
                    if element.name == "rect" { #expect(element.number("width") >= 0 && element.number("height") >= 0) }
                }
            }
        }
    }

    @Test(arguments: [ChartPalette.light, .dark]) func `colours can be told from the paper`(palette: ChartPalette) {
        for text in [palette.ink, palette.muted, palette.warning] {
            #expect(Self.contrast(text, palette.paper) >= 4.5, "\(text)")
        }
        for mark in [palette.accent, palette.soft, palette.neutral, palette.warning, palette.muted] {
            #expect(Self.contrast(mark, palette.paper) >= 3, "\(mark)")
        }
    }

    /// The contrast ratio of WCAG 2.2.
    private static func contrast(_ one: String, _ other: String) -> Double {
        let lights = [luminance(one), luminance(other)].sorted()
        return (lights[1] + 0.05) / (lights[0] + 0.05)
    }

    private static func luminance(_ colour: String) -> Double {
        let number = Int(colour.dropFirst(), radix: 16) ?? 0
        let parts = [16, 8, 0].map { shift in
            let part = Double(number >> shift & 255) / 255
            return part <= 0.040_45
                ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
}
