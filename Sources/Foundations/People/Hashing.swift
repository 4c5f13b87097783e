import NIOPosix
import Synchronization
import Values

/// Where passwords are hashed: few threads of their own, and a bounded row of those who wait.
///
/// Each hash takes 19 MiB and a core for 50 ms. A storm of sign-ins therefore waits in line, and beyond the line is
/// told to come back, instead of taking memory and processors from people at work.
final class Hashing: Sendable {
    private let cost: HashCost
    private let limit: Int
    private let threads: NIOThreadPool
    private let taken = Mutex(0)
    private let done = Atomic(0)
    /// What the password of nobody is compared with, at the same cost as anybody's.
    private let nobody: PasswordHash

    /// - Parameter limit: so many hashes at the most are running or waiting.
    init(cost: HashCost, threads count: Int, limit: Int, salt: [UInt8]) throws {
        self.cost = cost
        self.limit = limit
        nobody = try PasswordHash(of: "", cost: cost, salt: salt)
        threads = NIOThreadPool(numberOfThreads: count)
        threads.start()
    }

    deinit {
        threads.shutdownGracefully { _ in }
    }

    /// How many passwords were hashed or compared: unknown and known users must cost the same number.
    var count: Int { done.load(ordering: .relaxed) }

    /// Reserves a place in the line while the body runs, or refuses at once.
    func inLine<Result>(_ body: () async throws -> Result) async throws -> Result {
        let hasPlace = taken.withLock { taken in
            guard taken < limit else { return false }
            taken += 1
            return true
        }
        guard hasPlace else { throw SignInRefusal.tooMany(retryAfter: .seconds(3)) }
        defer { taken.withLock { $0 -= 1 } }
        return try await body()
    }

    /// Whether the password is the one that was hashed. Without a hash it takes as long and says no.
    func matches(_ password: String, _ hash: PasswordHash?) async throws -> Bool {
        done.add(1, ordering: .relaxed)
        let compared = hash ?? nobody
        let isSame = try await threads.runIfActive { compared.matches(password) }
        return isSame && hash != nil
    }

    func hash(_ password: String, salt: [UInt8]) async throws -> PasswordHash {
        done.add(1, ordering: .relaxed)
        return try await threads.runIfActive { [cost] in try PasswordHash(of: password, cost: cost, salt: salt) }
    }

    func isCurrent(_ hash: PasswordHash) -> Bool {
        hash.costs(cost)
    }
}
