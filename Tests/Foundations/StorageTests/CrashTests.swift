import Foundation
import Storage
import TestKit
import Testing

@Suite struct CrashTests {
    @Test(arguments: [20, 301, 702])
    func `what was acknowledged is there after the process was killed while it wrote`(limit: Int) async throws {
        try await withFolder { folder in
            let path = folder + "/a.sqlite"
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, limit = limit as Int] in
                let store = try await Store.open(.sqlite(path: path), migrations: tables)
                let log = open(path + ".acknowledged", O_CREAT | O_WRONLY | O_APPEND, 0o600)
                let count = Shared(0)
                await withTaskGroup { group in
                    for writer in 0..<16 {
                        group.addTask {
                            for number in 0..<1_000 {
                                let n = writer * 1_000 + number
                                do {
                                    try await store.write {
                                        try $0.run("INSERT INTO note (text, n) VALUES ('a', \(n))")
                                    }
                                } catch {
                                    exit(1)
                                }
                                let line = Array("\(n)\n".utf8)
                                write(log, line, line.count)
                                // Others are writing at this very moment.
                                let isLast = count.change { count in
                                    count += 1
                                    return count == limit
                                }
                                if isLast { kill(getpid(), SIGKILL) }
                            }
                        }
                    }
                }
            }
            let acknowledged = try String(contentsOfFile: path + ".acknowledged", encoding: .utf8)
                .split(separator: "\n").compactMap { Int($0) }
            try await withStore(at: .sqlite(path: path)) { store in
                let rows = try await store.read { try $0.rows("SELECT n FROM note ORDER BY n") }
                let stored = try rows.map { try $0.value("n", as: Int.self) }
                #expect(Set(stored).isSuperset(of: acknowledged))
                #expect(Set(stored).count == stored.count)
                #expect(acknowledged.count >= limit)
            }
        }
    }
}
