#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// How many contacts an adviser has at once, and what that costs each of them.
///
/// The model: an adviser has k places for chats; new chats go to whoever has fewest, so chats stay spread evenly; a chat
/// beside j - 1 others lasts 1 + c (j - 1) times as long as alone, on average, exponentially distributed. So the number
/// of chats is a birth-death process, and the queue before full advisers is Erlang's with k·n places.
/// With c = 0 the handling time is that of a chat whatever is beside it: Erlang C or A with k·n servers. With c = 1 nothing is gained.
///
/// Source: T. Tezcan, J. Zhang, "Routing and staffing in customer service chat systems with impatient customers", Operations
/// Research 62, 2014 (service rates that depend on the number in service, balanced routing). That the spread stays even also
/// between two arrivals is our simplification: it flatters, the more so the larger the slowdown is (some points of service level with 0.9, under two with 0.4).
public struct Concurrency: Equatable, Sendable {
    /// How many at once; 1 for calls.
    public let chats: Int
    /// By what share of its length alone each other chat lengthens one: 0 to 1.
    public let slowdown: Double

    /// The most chats at once that are reckoned with.
    public static let most = 100
    /// One at a time.
    public static let one = Concurrency(unchecked: 1, 0)

    /// So many at once. Refuses fewer than one, more than `most`, and a slowdown outside 0 to 1.
    public init(chats: Int, slowdown: Double = 0) throws(StaffingRefusal) {
        guard (1...Self.most).contains(chats) else { throw .chats(chats) }
        guard (0...1).contains(slowdown) else { throw .slowdown(slowdown) }
        self.init(unchecked: chats, slowdown)
    }

    private init(unchecked chats: Int, _ slowdown: Double) {
        self.chats = chats
        self.slowdown = slowdown
    }

    /// How many contacts an adviser ends in the time of one alone, with so many at once.
    func pace(_ atOnce: Int) -> Double {
        Double(atOnce) / (1 + slowdown * Double(max(0, atOnce - 1)))
    }

    /// How many contacts all advisers end in the time of one alone, with so many among them.
    func pace(_ contacts: Int, among advisers: Int) -> Double {
        let (each, more) = contacts.quotientAndRemainder(dividingBy: advisers)
        return Double(advisers - more) * pace(each) + Double(more) * pace(each + 1)
    }

    /// Of the states in which a place is free: ln of the sum of their weights, the last one's weight being 1, and the mean
    /// number of contacts in them.
    func free(load: Double, advisers: Int) -> (logSum: Double, inService: Double) {
        let last = advisers * chats - 1
        if slowdown == 0 || chats == 1 {
            let logSum = ErlangB.logInverse(load: load, lines: last)
            // The carried load of a loss system with as many lines as the last state has contacts.
            return (logSum, load * -expm1(-logSum))
        }
        // sum(j) = 1 + sum(j - 1)·pace(j) / load, and the same for the sum of j times the weight; kept small by `log`.
        var (sum, contacts, one, log) = (1.0, 0.0, 1.0, 0.0)
        for state in stride(from: 1, through: last, by: 1) {
            let ratio = pace(state, among: advisers) / load
            sum = one + sum * ratio
            contacts = one * Double(state) + contacts * ratio
            guard sum > 1e200 else { continue }
            log += 200 * 2.302585092994045684
            (sum, contacts, one) = (sum / 1e200, contacts / 1e200, one / 1e200)
        }
        return (log + Self.logarithm(sum), contacts / sum)
    }

    private static func logarithm(_ number: Double) -> Double { log(number) }
}
