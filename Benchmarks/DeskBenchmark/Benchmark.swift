import ArgumentParser
import NIOPosix

/// Measures the running product from outside, in a process of its own: `bin/bench desk|offers|pages`.
@main
struct Benchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "DeskBenchmark",
        abstract: "Measures a running Touchdown server: messages under load, offers, pages.",
        subcommands: [DeskCommand.self, OffersCommand.self, PagesCommand.self])
}

/// Which server is measured.
struct ServerOptions: ParsableArguments {
    @Option(help: "The touchdown command to start.")
    var server = ".build/release/touchdown"

    @Option(help: "The port to start it on.")
    var port = 8090

    @Option(help: "The folder for its data, kept. Default: a throw-away folder.")
    var data: String?

    @Option(help: "Measure the server that runs at this address instead of starting one: http://127.0.0.1:8080.")
    var url: String?

    @Option(help: "The sign-ins of that server, as `touchdown demo --sign-ins` writes them.")
    var signIns: String?

    @Option(help: "The process of that server, to count its processor time.")
    var pid: Int32?

    /// Measures with so many advisers. A twelfth of the demo's staff are no advisers, and some speak Welsh.
    func measure(advisers: Int, _ begin: @escaping (Load, [Desk]) -> Void) throws {
        let server = try open(staff: advisers * 12 / 11 + 40)
        defer { server.stop() }
        let desks = try server.desks(advisers)
        Load.run(against: server) { begin($0, desks) }
    }

    /// The server, started if need be with so many staff and past contacts.
    func open(staff: Int, history: Int = 0) throws -> Server {
        if let url { return try Server(at: url, signIns: signIns, process: pid) }
        return try Server(command: server, port: port, data: data, staff: staff, history: history)
    }
}

/// `desk`: many desks and chats on live streams, and messages in all directions.
struct DeskCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "desk", abstract: "Messages between many live desks and chats, each delivered once and in order.")

    @OptionGroup var options: ServerOptions
    @Option(help: "Advisers signed in, each with a live desk.") var desks = 2_000
    @Option(help: "Open chats, each with a live stream.") var chats = 5_000
    @Option(help: "Messages a second.") var rate = 500
    @Option(help: "For so many seconds.") var seconds = 60

    func run() throws {
        try options.measure(advisers: desks) { load, desks in
            DeskScenario(load, desks, chats: chats, rate: rate, seconds: seconds).begin()
        }
    }
}

/// `offers`: how soon an adviser who becomes free, or a contact that arrives, leads to an offer.
struct OffersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "offers",
        abstract: "The time from an adviser becoming free, and from a contact arriving, to the offer.")

    @OptionGroup var options: ServerOptions
    @Option(help: "Advisers signed in, each with a live desk.") var advisers = 5_000
    @Option(help: "So many of them are at work, the others on a break.") var active = 200
    @Option(help: "Contacts that wait meanwhile.") var waiting = 300
    @Option(help: "Offers a second.") var rate = 20
    @Option(help: "For so many seconds each.") var seconds = 30

    func run() throws {
        try options.measure(advisers: advisers) { load, desks in
            OffersScenario(load, desks, active: active, waiting: waiting, rate: rate, seconds: seconds).begin()
        }
    }
}

/// `pages`: start-up, and every page and list of a large body.
struct PagesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pages", abstract: "Start-up and every page with 58,000 staff and a million past contacts.")

    @OptionGroup var options: ServerOptions
    @Option(help: "Staff of the body.") var staff = 58_000
    @Option(help: "Contacts it has had.") var history = 1_000_000
    @Option(help: "How often each page is fetched.") var rounds = 40

    func run() throws {
        let first = try options.open(staff: staff, history: history)
        // What counts is the start on a database that is there.
        let server = options.url == nil ? try first.restarted() : first
        defer { server.stop() }
        if let took = server.startUp {
            print("start-up on the existing database  \(Duration.milliseconds(took)) (aim < 2 s)")
        }
        Load.run(against: server) { load in PagesScenario(load, rounds: rounds).begin() }
    }
}
