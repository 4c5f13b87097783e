import TestKit
import Testing
import Values

@testable import Chat

struct StartLimitTests {
    private let now = Cast.morning

    @Test func `one network may begin so many within any minute`() throws {
        let limit = StartLimit(perMinute: 2)
        try limit.note("192.0.2.1", at: now)
        try limit.note("192.0.2.1", at: now + .seconds(40))
        #expect(throws: TooManyStarts.self) { try limit.note("192.0.2.1", at: now + .seconds(59)) }
        try limit.note("192.0.2.1", at: now + .seconds(60))
        #expect(throws: TooManyStarts.self) { try limit.note("192.0.2.1", at: now + .seconds(99)) }
        try limit.note("192.0.2.1", at: now + .seconds(100))
        try limit.note("192.0.2.2", at: now + .seconds(100))
    }

    @Test func `a clock that is set back by an hour keeps nobody out for an hour`() throws {
        let limit = StartLimit(perMinute: 2)
        for _ in 0..<2 { try limit.note("192.0.2.1", at: now + .hours(1)) }
        for _ in 0..<2 { try limit.note("192.0.2.1", at: now) }
        #expect(throws: TooManyStarts.self) { try limit.note("192.0.2.1", at: now + .seconds(1)) }
        try limit.note("192.0.2.1", at: now + .minutes(1))
    }

    @Test func `who holds a network of IPv6 gains nothing by another address in it`() throws {
        let limit = StartLimit(perMinute: 2)
        try limit.note("2001:db8:0:1::1", at: now)
        try limit.note("2001:db8:0:1::2", at: now)
        #expect(throws: TooManyStarts.self) { try limit.note("2001:db8:0:1:ffff::3", at: now) }
        try limit.note("2001:db8:0:2::1", at: now)
    }

    @Test func `however many networks come within a minute, it remembers a bounded number`() throws {
        let limit = StartLimit(perMinute: 2)
        for number in 0..<50_000 {
            try limit.note("2001:db8:\(String(number, radix: 16)):1::1", at: now)
        }
        #expect(limit.networks <= 2 * StartLimit.mostNetworks)
        try limit.note("192.0.2.1", at: now + .minutes(1))
        try limit.note("192.0.2.1", at: now + .minutes(2))
        #expect(limit.networks == 2, "one in each generation; what was before is forgotten")
    }
}
