import Foundation
import Storage
import TestKit
import Testing

@Suite struct SQLiteFileTests {
    private func fault(opening path: String) async -> String {
        let fault = await #expect(throws: StorageFault.self) {
            try await Store.open(.sqlite(path: path), migrations: tables)
        }
        return fault?.description ?? ""
    }

    @Test func `a file that cannot be used is refused in sentences that name it`() async throws {
        try await withFolder { folder in
            let letter = folder + "/letter.txt"
            try Data(repeating: 65, count: 5_000).write(to: URL(fileURLWithPath: letter))
            for path in [folder + "/missing/a.sqlite", letter, folder] {
                let sentence = await fault(opening: path)
                #expect(sentence.hasPrefix("The database \(path) cannot be used: "))
                #expect(sentence.hasSuffix("."))
            }
            #expect(await fault(opening: folder + "/missing/a").contains("the folder \(folder)/missing does not exist"))
            #expect(await fault(opening: letter).contains("The file is no database"))
        }
    }

    @Test func `a damaged file is told as such`() async throws {
        try await withFolder { folder in
            let path = folder + "/a.sqlite"
            try await withStore(at: .sqlite(path: path)) { store in
                try await store.write { try $0.insert(0..<5_000, into: "note (text, n)") { "'some text', \($0)" } }
            }
            var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            for index in 8_192..<bytes.count { bytes[index] = UInt8(truncatingIfNeeded: index &* 31) }
            try bytes.write(to: URL(fileURLWithPath: path))

            let fault = await #expect(throws: StorageFault.self) {
                try await withStore(at: .sqlite(path: path)) { store in
                    try await store.read { _ = try $0.rows("SELECT id, text, n FROM note") }
                }
            }
            #expect(fault?.description.contains("The file is damaged. Stop Touchdown") == true)
        }
    }

    @Test func `a new file is for its owner alone, and safe against a power cut`() async throws {
        try await withFolder { folder in
            let path = folder + "/a.sqlite"
            try await withStore(at: .sqlite(path: path)) { store in
                for file in [path, path + "-wal", path + "-shm"] {
                    let rights = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
                    #expect(rights == 0o600, "\(file)")
                }
                let (synchronous, journal) = try await store.write { transaction in
                    (try transaction.row("PRAGMA synchronous"), try transaction.row("PRAGMA journal_mode"))
                }
                #expect(try synchronous?.value("synchronous", as: Int.self) == 2)
                #expect(try journal?.value("journal_mode", as: String.self) == "wal")
            }
        }
    }

    @Test func `a full database refuses, loses nothing, and goes on when there is room`() async throws {
        try await withFolder { folder in
            try await withStore(at: .sqlite(path: folder + "/a.sqlite")) { store in
                _ = try await store.write { try $0.rows("PRAGMA max_page_count = 100") }
                try await refuses(
                    store,
                    until: {
                        _ = try await store.write { try $0.rows("PRAGMA max_page_count = 1000000") }
                    })
            }
        }
    }

    @Test(.enabled(if: getuid() == 0))
    func `a full disk refuses, loses nothing, and goes on when there is room`() async throws {
        try await withFolder { folder in
            guard mount("tmpfs", folder, "tmpfs", 0, "size=2m") == 0 else {
                print("This system lets root mount nothing, so the full disk was not tried.")
                return
            }
            defer { umount2(folder, Int32(MNT_DETACH)) }
            let ballast = folder + "/ballast"
            try Data(repeating: 1, count: 1 << 20).write(to: URL(fileURLWithPath: ballast))
            try await withStore(at: .sqlite(path: folder + "/a.sqlite")) { store in
                try await refuses(store, until: { unlink(ballast) })
            }
        }
    }

    private func refuses(_ store: Store, until relief: () async throws -> Void) async throws {
        let acknowledged = Shared<Set<Int>>([])
        let page = String(repeating: "x", count: 4_000)
        let refusals = await withTaskGroup(of: Int.self) { group in
            for number in 0..<600 {
                group.addTask {
                    do {
                        try await store.write { try $0.run("INSERT INTO note (text, n) VALUES (\(page), \(number))") }
                        acknowledged.change { _ = $0.insert(number) }
                        return 0
                    } catch {
                        #expect(error is NoRoom, "\(error)")
                        return 1
                    }
                }
            }
            return await group.reduce(0, +)
        }
        let stored = try await store.numbers()
        #expect(refusals > 0)
        #expect(stored == acknowledged.value)

        try await relief()
        try await store.write { try $0.run("INSERT INTO note (text, n) VALUES (\(page), 1000)") }
        #expect(try await store.numbers() == stored.union([1_000]))
        let health = try await store.read { try $0.row("PRAGMA integrity_check") }
        #expect(try health?.value("integrity_check", as: String.self) == "ok")
    }

    @Test func `the log stays bounded although some reader is always at work`() async throws {
        try await withFolder { folder in
            let path = folder + "/a.sqlite"
            try await withStore(at: .sqlite(path: path)) { store in
                let isDone = Shared(false)
                let text = String(repeating: "y", count: 100_000)
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for _ in 0..<3 {
                        group.addTask {
                            while !isDone.value {
                                _ = try await store.read { transaction in
                                    _ = try transaction.rows("SELECT count(*) AS n FROM note")
                                    usleep(3_000)
                                }
                            }
                            return 0
                        }
                    }
                    group.addTask {
                        var largest = 0
                        for number in 0..<1_500 {
                            try await store.write {
                                try $0.run("INSERT INTO note (text, n) VALUES (\(text), \(number))")
                            }
                            let size = try FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int
                            largest = max(largest, size ?? 0)
                        }
                        isDone.change { $0 = true }
                        return largest
                    }
                    let largest = try await group.reduce(0, max)
                    // 150 MB were written; the log is emptied at 32 MB, or one step later.
                    #expect(largest < 100 << 20)
                    #expect(largest > 0)
                }
            }
        }
    }
}

extension Store {
    fileprivate func numbers() async throws -> Set<Int> {
        try await read { Set(try $0.rows("SELECT n FROM note").map { try $0.value("n", as: Int.self) }) }
    }
}
