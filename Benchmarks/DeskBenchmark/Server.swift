import Foundation
import Synchronization

/// The server that is measured: started here, or running already.
final class Server {
    let host: String
    let port: Int
    let ways: [Way]
    /// Milliseconds from start to the first connection; nil when it was running already.
    let startUp: Int64?
    private let process: Process?
    private let pid: Int32?
    private let folder: String?
    private let isThrownAway: Bool
    private let arguments: [String]

    /// A way in, as `touchdown demo --sign-ins` writes it.
    struct Way: Decodable {
        let role, username, password: String
        let skills: [String]
    }

    init(at url: String, signIns: String?, process pid: Int32?) throws {
        guard let parts = URL(string: url), let host = parts.host, let signIns else {
            throw Trouble("--url takes an address like http://127.0.0.1:8080, and --sign-ins the file of its sign-ins.")
        }
        self.host = host
        port = parts.port ?? 80
        ways = try JSONDecoder().decode([Way].self, from: Data(contentsOf: URL(filePath: signIns)))
        startUp = nil
        process = nil
        self.pid = pid
        folder = nil
        isThrownAway = false
        arguments = []
    }

    convenience init(command: String, port: Int, data: String?, staff: Int, history: Int) throws {
        let folder = data ?? FileManager.default.temporaryDirectory.appending(path: "touchdown-bench-\(getpid())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try self.init(
            [
                command, "demo", "--quiet", "--port", "\(port)", "--staff", "\(staff)", "--history", "\(history)",
                "--data", folder, "--sign-ins", "\(folder)/sign-ins.json",
            ], port: port, folder: folder, isThrownAway: data == nil)
    }

    private init(_ arguments: [String], port: Int, folder: String, isThrownAway: Bool) throws {
        let process = Process()
        process.executableURL = URL(filePath: arguments[0])
        process.arguments = Array(arguments.dropFirst())
        process.standardOutput = FileHandle.nullDevice
        let start = nanoseconds()
        try process.run()
        while !Server.answers(port) {
            guard process.isRunning else { throw Trouble("The server stopped before it listened on port \(port).") }
            usleep(5_000)
        }
        Server.stopTogether(with: process.processIdentifier)
        startUp = Int64((nanoseconds() - start) / 1_000_000)
        host = "127.0.0.1"
        self.port = port
        self.process = process
        pid = process.processIdentifier
        self.folder = folder
        self.isThrownAway = isThrownAway
        self.arguments = arguments
        ways = try JSONDecoder().decode([Way].self, from: Data(contentsOf: URL(filePath: "\(folder)/sign-ins.json")))
    }

    /// The same once more, on the data that is there now.
    func restarted() throws -> Server {
        stop(forGood: false)
        return try Server(arguments, port: port, folder: folder ?? "", isThrownAway: isThrownAway)
    }

    func stop() { stop(forGood: true) }

    /// Whoever stops the measurement stops the server that it started.
    private static func stopTogether(with process: pid_t) {
        measured.store(process, ordering: .relaxed)
        for sign in [SIGINT, SIGTERM, SIGHUP] {
            signal(sign) { sign in
                kill(measured.load(ordering: .relaxed), SIGTERM)
                _exit(128 + sign)
            }
        }
    }

    private func stop(forGood: Bool) {
        process?.terminate()
        process?.waitUntilExit()
        if forGood, isThrownAway, let folder { try? FileManager.default.removeItem(atPath: folder) }
    }

    private static func answers(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}

/// The server that was started last, for the signal handler, which can hold nothing of its own.
private let measured = Atomic<pid_t>(0)

/// The measurement cannot be made.
struct Trouble: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

// MARK: - What a process costs

extension Server {
    /// Seconds of processor time the server has used; 0 when nobody knows.
    var processorTime: Double { pid.map { ProcessCost.seconds(of: "\($0)") } ?? 0 }

    /// The most memory it has held, in MiB.
    var peakMemory: Int { pid.map { ProcessCost.peakMemory(of: "\($0)") } ?? 0 }
}

/// What Linux tells of a process.
enum ProcessCost {
    static func seconds(of process: String) -> Double {
        guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return 0 }
        // The name in brackets may hold blanks; user and system time are the 12th and 13th field after it.
        let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return 0 }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    static func peakMemory(of process: String) -> Int {
        guard let text = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8) else { return 0 }
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) }.map { $0 / 1_024 } ?? 0
    }
}

/// Nanoseconds of a clock that only goes forward.
func nanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
