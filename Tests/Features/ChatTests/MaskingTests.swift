import Testing
import Values

@testable import Chat

struct MaskingTests {
    @Test(arguments: [
        "4111 1111 1111 1111", "4111-1111-1111-1111", "5500005555555559", "378282246310005", "6011000990139424",
    ])
    func `a card number is hidden, its spaces stay`(number: String) {
        let masked = Masking.masked("Pay with \(number), please.")
        #expect(!masked.contains { $0.isNumber })
        #expect(masked.hasPrefix("Pay with •"))
        #expect(masked.hasSuffix(", please."))
        #expect(masked.count == "Pay with \(number), please.".count)
    }

    @Test(arguments: ["QQ123456C", "qq 12 34 56 c", "AB 123456 D", "JG-10-37-59-A"])
    func `a National Insurance number is hidden`(number: String) {
        #expect(!Masking.masked("Mine is \(number).").contains { $0.isNumber })
    }

    @Test(arguments: [
        "Call 0300 200 3300.", "UTR 12345 67890", "4111 1111 1111 1112", "It was 1234567890123 pounds.",
        "QQ123456Z", "XQQ123456C1", "On 22 11 2026 at 09 30", "",
    ])
    func `what merely looks long stays`(text: String) {
        #expect(Masking.masked(text) == text)
    }

    @Test func `several numbers in one message are all hidden`() {
        #expect(
            Masking.masked("QQ123456C or 4111111111111111") == "••••••••• or ••••••••••••••••")
    }

    @Test func `any text keeps its length and comes back the same when masked twice`() {
        var chance = SeededChance(seed: 47)
        let letters = Array("0123456789 -ABQab•é👍🏽\n")
        for _ in 0..<2_000 {
            let text = String((0..<40).map { _ in letters[chance.below(letters.count)] })
            let masked = Masking.masked(text)
            #expect(masked.count == text.count)
            #expect(Masking.masked(masked) == masked)
        }
    }
}
