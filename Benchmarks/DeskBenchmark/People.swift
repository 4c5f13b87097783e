import Foundation
import NIOCore
import NIOHTTP1

/// An adviser with a live desk, who accepts what she is offered.
final class Desk {
    let way: Server.Way
    var token = ""
    var isLive = false
    /// The last number seen of each of her contacts.
    var numbers: [Int: Int] = [:]
    /// The offers she has seen.
    var offers: Set<Int> = []
    /// The contacts she has accepted and not finished.
    var contacts: [Int] = []
    /// Since when she waits for the next offer; nil when nothing is measured.
    var freeSince: UInt64?
    /// Whether she became free by coming back from a break.
    var isBack = false

    init(_ way: Server.Way) {
        self.way = way
    }
}

/// A customer with a live chat.
final class Customer {
    let contact: Int
    let token: String
    var number = 0
    weak var desk: Desk?
    /// When the chat was asked for.
    let cameAt: UInt64

    init(contact: Int, token: String, cameAt: UInt64) {
        self.contact = contact
        self.token = token
        self.cameAt = cameAt
    }
}

/// What a desk event tells of its offers.
struct OffersTold: Decodable {
    let offers: [Offer]
    struct Offer: Decodable { let id, contact: Int }
}

struct TokenTold: Decodable { let token: String }
struct ChatTold: Decodable { let id: Int; let token: String }

extension ByteBuffer {
    func decoded<Value: Decodable>(as type: Value.Type = Value.self) -> Value? {
        try? JSONDecoder().decode(type, from: Data(readableBytesView))
    }
}

extension Server {
    /// So many advisers, none of whom speaks Welsh: that queue is for contacts nobody answers.
    func desks(_ count: Int) throws -> [Desk] {
        let able = ways.filter { $0.role == "adviser" && !$0.skills.contains("Welsh") }
        guard able.count >= count else {
            throw Trouble("The server has \(able.count) advisers with sign-ins, not \(count).")
        }
        return able.prefix(count).map(Desk.init)
    }
}

extension Load {
    /// Signs these in; who is told to come back does so a second later, a few times.
    func signIn(_ desks: [Desk], then: @escaping () -> Void) {
        each(of: desks, atOnce: 40) { [self] desk, done in
            signIn(desk, tries: 5, done)
        } then: {
            then()
        }
    }

    private func signIn(_ desk: Desk, tries: Int, _ done: @escaping () -> Void) {
        let json = #"{"username":"\#(desk.way.username)","password":"\#(desk.way.password)"}"#
        expect(Call(method: .POST, path: "/api/v1/sessions", json: json)) { [self] body in
            if let told = body?.decoded(as: TokenTold.self) {
                desk.token = told.token
                done()
            } else if tries > 1 {
                after(milliseconds: 1_000) { [self] in signIn(desk, tries: tries - 1, done) }
            } else {
                print("\(desk.way.username) cannot sign in; the measurement cannot be made.")
                end()
            }
        }
    }

    /// Opens the desks' live streams, and then says that they are at work or on a break.
    func open(
        _ desks: [Desk], status: String, onEnd: @escaping () -> Void, onEvent: @escaping (Desk, LiveEvent) -> Void,
        then: @escaping () -> Void
    ) {
        each(of: desks, atOnce: 40) { [self] desk, done in
            listen(to: "/api/v1/desk/live", token: desk.token, onEnd: onEnd) { event in
                if !desk.isLive {
                    desk.isLive = true
                    self.set(desk, to: status) { done() }
                }
                onEvent(desk, event)
            }
        } then: {
            then()
        }
    }

    func set(_ desk: Desk, to status: String, then: @escaping () -> Void) {
        let reason = status == "break" ? #","reason":"Short break""# : ""
        let json = #"{"status":"\#(status)","place":"home"\#(reason)}"#
        expect(Call(method: .PUT, path: "/api/v1/desk/status", token: desk.token, json: json)) { _ in then() }
    }

    func beginChat(_ number: Int, queue: String, then: @escaping (Customer?) -> Void) {
        let json =
            #"{"queue":"\#(queue)","name":"Customer \#(number)","message":"Hello, I have a question.","reference":"REF\#(number)"}"#
        let start = nanoseconds()
        expect(Call(method: .POST, path: "/api/v1/chats", json: json)) { body in
            let told = body?.decoded(as: ChatTold.self)
            then(told.map { Customer(contact: $0.id, token: $0.token, cameAt: start) })
        }
    }

    /// The offers in a desk event that this desk has not seen yet.
    func newOffers(in event: LiveEvent, at desk: Desk) -> [OffersTold.Offer] {
        guard event.kind == .desk, event.data.place(of: #""offers":[]"#) == nil,
            let told = event.data.decoded(as: OffersTold.self)
        else { return [] }
        return told.offers.filter { desk.offers.insert($0.id).inserted }
    }

    static let queues = ["paye", "self-assessment", "vat", "child-benefit", "job-retention-scheme"]
}
