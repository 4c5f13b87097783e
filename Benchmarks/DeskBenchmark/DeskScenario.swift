import NIOCore
import NIOHTTP1

/// Many live desks and chats, and messages between them, each to be received once and in its place.
final class DeskScenario {
    private let load: Load
    private let desks: [Desk]
    private let chatCount: Int
    private let rate: Int
    private let seconds: Int

    private var customers: [Int: Customer] = [:]
    /// What arrived at a desk before the answer told who the customer is.
    private var acceptedEarly: [Int: Desk] = [:]
    private var talks: [Customer] = []
    private var isBegun = false

    private var sentAt: [UInt64] = []
    private var isAcknowledged: [Bool] = []
    private var receipts: [UInt8] = []
    private var doubled = 0
    private var outOfOrder = 0
    private var ended = 0
    private var toReceipt = Latencies()
    private var toAnswer = Latencies()
    private var events = 0

    init(_ load: Load, _ desks: [Desk], chats: Int, rate: Int, seconds: Int) {
        self.load = load
        self.desks = desks
        chatCount = chats
        self.rate = rate
        self.seconds = seconds
    }

    func begin() {
        let start = nanoseconds()
        load.signIn(desks) { [self] in
            show("signed in", "\(desks.count) in \(since(start))")
            load.open(desks, status: "available") { [self] in
                ended += 1
            } onEvent: { [self] in
                hear($1, at: $0)
            } then: { [self] in
                show("live desks", "\(desks.count) in \(since(start))")
                beginChats(start)
            }
        }
    }

    private func since(_ start: UInt64) -> String { "\(oneDecimal(Double(nanoseconds() - start) / 1e9)) s" }

    // MARK: - Chats

    private func beginChats(_ start: UInt64) {
        load.each(of: Array(0..<chatCount), atOnce: 40) { [self] number, done in
            load.beginChat(number, queue: Load.queues[number % Load.queues.count]) { [self] customer in
                guard let customer else { return done() }
                customers[customer.contact] = customer
                load.listen(to: "/api/v1/chats/\(customer.contact)/live", token: customer.token) { [self] in
                    ended += 1
                } onEvent: { [self] in
                    hear($0, by: customer)
                }
                if let desk = acceptedEarly.removeValue(forKey: customer.contact) { join(customer, desk) }
                done()
            }
        } then: { [self] in
            waitForAll(start, patience: 60)
        }
    }

    /// Until every chat has been answered, or no more are for a while.
    private func waitForAll(_ start: UInt64, patience: Int) {
        guard talks.count < chatCount, patience > 0 else {
            show("chats answered, all live", "\(talks.count) of \(chatCount) in \(since(start))")
            // What the start has stirred up settles first.
            return load.after(milliseconds: 3_000) { [self] in talk() }
        }
        load.after(milliseconds: 500) { [self] in waitForAll(start, patience: patience - 1) }
    }

    private func accept(_ offer: OffersTold.Offer, at desk: Desk) {
        load.expect(Call(method: .POST, path: "/api/v1/offers/\(offer.id)/acceptance", token: desk.token)) {
            [self] body in
            guard body != nil else { return }
            if let customer = customers[offer.contact] {
                join(customer, desk)
            } else {
                acceptedEarly[offer.contact] = desk
            }
        }
    }

    private func join(_ customer: Customer, _ desk: Desk) {
        customer.desk = desk
        talks.append(customer)
    }

    // MARK: - Messages

    private func talk() {
        guard !talks.isEmpty else { return report(0, 0, 0) }
        let count = rate * seconds
        sentAt = Array(repeating: 0, count: count)
        receipts = Array(repeating: 0, count: count)
        isAcknowledged = Array(repeating: false, count: count)
        let server = load.server.processorTime, own = ProcessCost.seconds(of: "self"), start = nanoseconds()
        events = 0
        isBegun = true
        load.pace(rate, seconds: seconds) { [self] in
            say($0)
        } then: { [self] in
            let took = Double(nanoseconds() - start) / 1e9
            let serverTime = load.server.processorTime - server, ownTime = ProcessCost.seconds(of: "self") - own
            load.after(milliseconds: 5_000) { [self] in report(took, serverTime, ownTime) }
        }
    }

    private func say(_ index: Int) {
        guard let customer = talks.randomElement(), let desk = customer.desk else { return }
        let token = Bool.random() ? customer.token : desk.token
        let json = #"{"text":"load \#(index) and a few words more, as people write them","clientId":"c\#(index)"}"#
        let start = nanoseconds()
        sentAt[index] = start
        let path = "/api/v1/chats/\(customer.contact)/messages"
        load.expect(Call(method: .POST, path: path, token: token, json: json)) { [self] body in
            guard body != nil else { return }
            isAcknowledged[index] = true
            toAnswer.note(since: start)
        }
    }

    private func hear(_ event: LiveEvent, at desk: Desk) {
        if isBegun { events += 1 }
        if event.kind == .message, let contact = event.data.number(after: #""contact":"#) {
            check(event.data, last: &desk.numbers[contact, default: 0], from: #""author":"customer""#)
        } else {
            for offer in load.newOffers(in: event, at: desk) { accept(offer, at: desk) }
        }
    }

    private func hear(_ event: LiveEvent, by customer: Customer) {
        if isBegun { events += 1 }
        if event.kind == .message { check(event.data, last: &customer.number, from: #""author":"adviser""#) }
    }

    /// Every listener hears every number once, and one after the other.
    private func check(_ data: ByteBuffer, last: inout Int, from other: StaticString) {
        guard let number = data.number(after: #""number":"#) else { return }
        if number <= last { doubled += 1 } else if number != last + 1 { outOfOrder += 1 }
        last = max(last, number)
        guard data.place(of: other) != nil, let index = data.number(after: #""text":"load "#), index < receipts.count
        else { return }
        receipts[index] &+= 1
        toReceipt.note(since: sentAt[index])
    }

    private func report(_ took: Double, _ serverTime: Double, _ ownTime: Double) {
        let acknowledged = isAcknowledged.count { $0 }
        let lost = zip(isAcknowledged, receipts).count { $0 && $1 == 0 }
        show(
            "messages sent in \(oneDecimal(took)) s",
            "\(sentAt.count), acknowledged \(acknowledged), received \(toReceipt.count)")
        show("lost / doubled / out of order", "\(lost) / \(doubled + receipts.count { $0 > 1 }) / \(outOfOrder)")
        show("streams that ended", ended)
        show("refused or failed requests", load.refusals)
        show("send to receipt, other side", toReceipt.line)
        show("send to answer", toAnswer.line)
        show("events on live streams", "\(events) (\(Int(Double(events) / max(1, took))) a second)")
        show("processor seconds", "server \(oneDecimal(serverTime)), load \(oneDecimal(ownTime))")
        show("server, milliseconds a message", oneDecimal(serverTime * 1_000 / Double(max(1, sentAt.count))))
        show("peak memory", "server \(load.server.peakMemory) MiB, load \(ProcessCost.peakMemory(of: "self")) MiB")
        load.end()
    }
}
