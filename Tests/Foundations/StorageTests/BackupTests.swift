import Foundation
import Storage
import TestKit
import Testing

@Suite struct BackupTests {
    @Test func `a copy made while writers write is whole and holds a beginning of what they wrote`() async throws {
        try await withFolder { folder in
            try await withStore(at: .sqlite(path: folder + "/live.sqlite")) { store in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    // One after the other, so the copy must hold 0, 1, 2 … without a gap.
                    group.addTask {
                        for number in 0..<2_000 {
                            try await store.write { try $0.run("INSERT INTO note (text, n) VALUES ('a', \(number))") }
                        }
                    }
                    for copy in 0..<5 {
                        group.addTask { try await store.backUp(to: folder + "/copy\(copy).sqlite") }
                    }
                    try await group.waitForAll()
                }
            }
            for copy in 0..<5 {
                try await withStore(at: .sqlite(path: folder + "/copy\(copy).sqlite")) { store in
                    let row = try await store.read {
                        try $0.row("SELECT count(*) AS count, coalesce(max(n) + 1, 0) AS next FROM note")
                    }
                    #expect(try row?.value("count", as: Int.self) == row?.value("next", as: Int.self))
                    let health = try await store.read {
                        try $0.row("PRAGMA integrity_check")?.value("integrity_check", as: String.self)
                    }
                    #expect(health == "ok")
                }
            }
        }
    }

    @Test(arguments: Engine.available)
    func `what is there already is not overwritten, and nothing unfinished stays`(engine: Engine) async throws {
        try await withFolder { folder in
            try await withLocation(on: engine) { location in
                try await withStore(at: location) { store in
                    try await store.write { try $0.run("INSERT INTO note (text) VALUES ('kept')") }
                    let path = folder + "/copy"
                    try await store.backUp(to: path)
                    let before = try Data(contentsOf: URL(fileURLWithPath: path))
                    let taken = await #expect(throws: StorageFault.self) { try await store.backUp(to: path) }
                    #expect(taken?.description.hasPrefix("There is already something at \(path).") == true)
                    let nowhere = folder + "/no/copy"
                    let missing = await #expect(throws: StorageFault.self) { try await store.backUp(to: nowhere) }
                    #expect(missing?.description.contains("\(nowhere) cannot be written: No such file") == true)

                    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
                    #expect(before.count > 100)
                    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["copy"])
                    let rights = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
                    #expect(rights == 0o600)
                }
            }
        }
    }

    @Test func `a copy of a database in memory can be opened`() async throws {
        try await withFolder { folder in
            try await withStore(on: .sqlite, migrations: tables) { store in
                try await store.write { try $0.run("INSERT INTO note (text) VALUES ('kept')") }
                try await store.backUp(to: folder + "/copy")
            }
            try await withStore(at: .sqlite(path: folder + "/copy")) { store in
                let text = try await store.answer("SELECT text AS answer FROM note", as: String.self)
                #expect(text == "kept")
            }
        }
    }
}
