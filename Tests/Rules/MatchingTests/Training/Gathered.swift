import Matching
import Synchronization

/// Links handed over in portions, put together again.
final class Gathered: Sendable {
    private let state = Mutex<[Link]>([])

    var links: [Link] { state.withLock { $0 } }

    func add(_ more: [Link]) { state.withLock { $0 += more } }
}
