import Foundation

/// A copy of a whole PostgreSQL database by the server's own `pg_dump`, in its custom format for `pg_restore`.
struct PostgreSQLDump {
    private let address: PostgreSQLAddress

    init(of address: PostgreSQLAddress) {
        self.address = address
    }

    /// - Throws: `StorageFault.copy` when something is at the path already, or `pg_dump` is missing or fails.
    func write(to path: String) throws {
        let copy = try CopyFile(at: path)
        do {
            try dump(to: copy.draft)
            try copy.finish()
        } catch {
            copy.discard()
            throw error
        }
    }

    private func dump(to path: String) throws {
        let command = Process()
        command.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        command.arguments = ["pg_dump", "--format=custom", "--no-password", "--file=\(path)"]
        // By the environment, because everybody on the computer sees a command's arguments.
        command.environment = ProcessInfo.processInfo.environment.merging(address.environment) { $1 }
        let complaints = Pipe()
        command.standardError = complaints
        command.standardInput = FileHandle.nullDevice
        try command.run()
        let complaint = String(decoding: complaints.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        command.waitUntilExit()
        switch command.terminationStatus {
        case 0: return
        case 127: throw StorageFault.copy("No copy was made: pg_dump is missing. Install postgresql-client.")
        default:
            let words = complaint.split(whereSeparator: \.isNewline).joined(separator: " ")
            throw StorageFault.copy("No copy was made. pg_dump says: \(address.withoutPassword(words))")
        }
    }
}
