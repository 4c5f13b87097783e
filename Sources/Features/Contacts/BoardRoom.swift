import Logging
import ServiceLifecycle
import Storage
import Synchronization
import Values
import Web

/// The room that watches the board: it is rendered at most once a second, only while somebody watches here, and the
/// same bytes go to everybody.
final class BoardRoom: Service {
    private struct Last {
        let board: Board
        let event: Event
    }

    private struct Known {
        var last: Last?
        var memory = BoardMemory()
    }

    private let store: Store
    private let now: @Sendable () -> Moment
    private let logger: Logger
    private let known = Mutex(Known())

    /// A rendering is good for so long, and no new one is made before.
    private static let pace = Duration.seconds(1)
    /// Waits grow although nothing happens, so at least this often there is a new one.
    fileprivate static let patience = Duration.seconds(5)

    init(store: Store, now: @escaping @Sendable () -> Moment, logger: Logger) {
        self.store = store
        self.now = now
        self.logger = logger
    }

    func run() async throws {
        try? await cancelWhenGracefulShutdown { [self] in
            for await _ in store.bells.rings(for: .board, .boardWanted) where isWatched {
                do {
                    _ = try await render()
                    store.bells.ring([.boardRendered])
                } catch is CancellationError {
                    return
                } catch {
                    logger.error("The board could not be read", metadata: ["error": "\(error)"])
                }
                try await Task.sleep(for: BoardRoom.pace)
            }
        }
    }

    private var isWatched: Bool { store.bells.listeners(to: .boardRendered) > 0 }

    /// The board of this second.
    func board() async throws -> Board {
        let now = now()
        if let last = known.withLock({ $0.last?.board }), last.at <= now, now - last.at < BoardRoom.pace { return last }
        return try await render()
    }

    /// What a watcher is told now. Nothing when there is no fresh rendering: then one is asked for, and rings.
    func news() -> Web.News {
        let now = now()
        if let last = known.withLock({ $0.last }), now - last.board.at < BoardRoom.patience + BoardRoom.pace {
            return .events([last.event])
        }
        store.bells.ring([.boardWanted])
        return .events([])
    }

    private func render() async throws -> Board {
        let now = now()
        let memory = known.withLock { $0.memory }
        let (board, remembered) = try await store.read { transaction in
            var memory = memory
            return (try Board.read(&memory, at: now, in: transaction), memory)
        }
        let event = try Event("board", board)
        return known.withLock { known in
            // Of two that read at once, the later one is shown.
            if let last = known.last?.board, last.at > board.at { return last }
            known = Known(last: Last(board: board, event: event), memory: remembered)
            return board
        }
    }
}

extension Topic {
    /// A watcher has come, or the figures have grown old.
    static let boardWanted = Topic("board-wanted")
    /// There is a new rendering of the board.
    static let boardRendered = Topic("board-rendered")
}

/// Rings for a new board although nothing has happened.
struct BoardClock: Service {
    let bells: Bells

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                try await Task.sleep(for: BoardRoom.patience)
                bells.ring([.boardWanted])
            }
        }
    }
}
