import Foundation
import Synchronization

/// Locks that one process holds and others see: a file of each beside the database, locked as long as we live.
final class SQLiteLocks: Sendable {
    /// Nil for a database in memory, which nobody else can see.
    private let file: SQLiteFile?
    private let held = Mutex<[String: Int32]>([:])

    init(beside file: SQLiteFile?) {
        self.file = file
    }

    func hold(_ lock: String) throws -> Bool {
        guard let file else { return true }
        return try held.withLock { held in
            if held[lock] != nil { return true }
            let path = "\(file.path).\(lock).lock"
            let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else {
                throw file.fault("its lock \(path) cannot be opened (\(lastError))", "Remove what is in its place.")
            }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                close(descriptor)
                return false
            }
            held[lock] = descriptor
            return true
        }
    }

    /// The file stays: removing it would let two processes lock two files of the same name.
    func release(_ lock: String) {
        if let descriptor = held.withLock({ $0.removeValue(forKey: lock) }) { close(descriptor) }
    }

    func releaseAll() {
        for lock in held.withLock({ Array($0.keys) }) { release(lock) }
    }
}
