import NIOCore
import NIOHTTP1

/// How soon somebody is offered something: from a contact's arrival, and from an adviser becoming free.
final class OffersScenario {
    private let load: Load
    private let desks: [Desk]
    private let active: [Desk]
    private let waiting: Int
    private let rate: Int
    private let seconds: Int

    private enum Phase { case idle, arrivals, filling, freeing }
    private var phase = Phase.idle
    private var busy: Set<ObjectIdentifier> = []
    private var cameAt: [Int: UInt64] = [:]
    private var offeredAt: [Int: UInt64] = [:]
    private var welsh: [Customer] = []
    private var begun = 0
    private var accepted = 0
    private var ended = 0

    private var fromArrival = Latencies()
    private var fromWrapUp = Latencies()
    private var fromBreak = Latencies()

    init(_ load: Load, _ desks: [Desk], active: Int, waiting: Int, rate: Int, seconds: Int) {
        self.load = load
        self.desks = desks
        self.active = Array(desks.prefix(active))
        self.waiting = waiting
        self.rate = rate
        self.seconds = seconds
    }

    func begin() {
        let others = Array(desks.dropFirst(active.count))
        load.signIn(desks) { [self] in
            open(active, "available") { [self] in
                open(others, "break") { [self] in
                    show("advisers", "\(desks.count) live, \(active.count) of them at work")
                    waitForNobody()
                }
            }
        }
    }

    private func open(_ desks: [Desk], _ status: String, then: @escaping () -> Void) {
        load.open(desks, status: status) { [self] in
            ended += 1
        } onEvent: { [self] in
            hear($1, at: $0)
        } then: {
            then()
        }
    }

    // MARK: - Arrivals

    /// Contacts that nobody at work can answer wait all the while.
    private func waitForNobody() {
        load.each(of: Array(0..<waiting), atOnce: 20) { [self] number, done in
            begin(number, queue: "cymraeg") { [self] customer in
                if let customer { welsh.append(customer) }
                done()
            }
        } then: { [self] in
            let server = load.server.processorTime
            phase = .arrivals
            load.after(milliseconds: 2_000) { [self] in
                load.pace(rate, seconds: seconds) { [self] number in
                    begin(waiting + number, queue: Load.queues[number % Load.queues.count]) { _ in }
                } then: { [self] in
                    load.after(milliseconds: 3_000) { [self] in
                        show("contact arrives -> offer", fromArrival.line)
                        show(
                            "server, milliseconds a contact",
                            oneDecimal((load.server.processorTime - server) * 1_000 / Double(rate * seconds)))
                        endWelsh()
                    }
                }
            }
        }
    }

    private func begin(_ number: Int, queue: String, then: @escaping (Customer?) -> Void) {
        load.beginChat(number, queue: queue) { [self] customer in
            guard let customer else { return then(nil) }
            begun += 1
            cameAt[customer.contact] = customer.cameAt
            if let at = offeredAt.removeValue(forKey: customer.contact) {
                fromArrival.note(from: customer.cameAt, to: at)
            }
            load.listen(
                to: "/api/v1/chats/\(customer.contact)/live", token: customer.token, onEnd: {}, onEvent: { _ in })
            then(customer)
        }
    }

    private func endWelsh() {
        phase = .filling
        load.each(of: welsh, atOnce: 20) { [self] customer, done in
            load.expect(Call(method: .POST, path: "/api/v1/chats/\(customer.contact)/ending", token: customer.token)) {
                _ in done()
            }
        } then: { [self] in
            fill()
        }
    }

    // MARK: - Advisers becoming free

    /// Until all have as much as they can and so many wait.
    private func fill() {
        begun = 0
        accepted = 0
        let count = active.count * 3 + waiting
        load.each(of: Array(0..<count), atOnce: 20) { [self] number, done in
            begin(1_000_000 + number, queue: Load.queues[number % Load.queues.count]) { _ in done() }
        } then: { [self] in
            load.after(milliseconds: 5_000) { [self] in free() }
        }
    }

    private func free() {
        show("contacts waiting", begun - accepted)
        phase = .freeing
        let server = load.server.processorTime
        load.pace(rate, seconds: seconds) { [self] in
            release($0)
        } then: { [self] in
            load.after(milliseconds: 5_000) { [self] in
                show("wrap-up done -> offer", fromWrapUp.line)
                show("back from a break -> offer", fromBreak.line)
                show(
                    "server, milliseconds an offer",
                    oneDecimal((load.server.processorTime - server) * 1_000 / Double(rate * seconds)))
                show("waiting at the end", begun - accepted)
                show("streams that ended", ended)
                show("refused or failed requests", load.refusals)
                show("peak memory", "server \(load.server.peakMemory) MiB")
                load.end()
            }
        }
    }

    /// Somebody finishes a contact; every other time she does so during a break, and comes back.
    private func release(_ number: Int) {
        let idle = active.filter { !$0.contacts.isEmpty && !busy.contains(ObjectIdentifier($0)) }
        guard let desk = idle.randomElement(), let contact = desk.contacts.popLast() else { return }
        busy.insert(ObjectIdentifier(desk))
        if number.isMultiple(of: 2) {
            end(contact, at: desk) { [self] in
                desk.freeSince = nanoseconds()
                wrapUp(contact, at: desk) { [self] in _ = busy.remove(ObjectIdentifier(desk)) }
            }
        } else {
            load.set(desk, to: "break") { [self] in
                end(contact, at: desk) { [self] in
                    wrapUp(contact, at: desk) { [self] in
                        desk.freeSince = nanoseconds()
                        desk.isBack = true
                        load.set(desk, to: "available") { [self] in _ = busy.remove(ObjectIdentifier(desk)) }
                    }
                }
            }
        }
        begin(2_000_000 + number, queue: Load.queues[number % Load.queues.count]) { _ in }
    }

    private func end(_ contact: Int, at desk: Desk, then: @escaping () -> Void) {
        load.expect(Call(method: .POST, path: "/api/v1/chats/\(contact)/ending", token: desk.token)) { _ in then() }
    }

    private func wrapUp(_ contact: Int, at desk: Desk, then: @escaping () -> Void) {
        let json = #"{"code":"answered","note":"done"}"#
        load.expect(Call(method: .POST, path: "/api/v1/contacts/\(contact)/wrap-up", token: desk.token, json: json)) {
            _ in then()
        }
    }

    // MARK: - Offers

    private func hear(_ event: LiveEvent, at desk: Desk) {
        for offer in load.newOffers(in: event, at: desk) {
            let now = nanoseconds()
            if phase == .arrivals {
                if let came = cameAt[offer.contact] {
                    fromArrival.note(from: came, to: now)
                } else {
                    offeredAt[offer.contact] = now
                }
            } else if phase == .freeing, let since = desk.freeSince {
                if desk.isBack { fromBreak.note(from: since, to: now) } else { fromWrapUp.note(from: since, to: now) }
                desk.freeSince = nil
                desk.isBack = false
            }
            load.expect(Call(method: .POST, path: "/api/v1/offers/\(offer.id)/acceptance", token: desk.token)) {
                [self] body in
                if body != nil { hold(offer.contact, at: desk) }
            }
        }
    }

    /// Arrivals are finished at once, so that somebody is always free; later they are kept until they are released.
    private func hold(_ contact: Int, at desk: Desk) {
        accepted += 1
        guard phase == .arrivals else { return desk.contacts.append(contact) }
        end(contact, at: desk) { [self] in wrapUp(contact, at: desk) {} }
    }
}
