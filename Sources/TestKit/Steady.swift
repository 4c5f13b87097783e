import Synchronization
import Values

/// A clock that tests move by hand. It stands at nine on the cast's Monday.
package final class TestClock: Sendable {
    private let moment: Mutex<Moment>

    package init(_ start: Moment = Cast.morning) {
        moment = Mutex(start)
    }

    package var now: Moment { moment.withLock { $0 } }

    package func wait(_ duration: Duration) {
        moment.withLock { $0 = $0 + duration }
    }
}

/// Bytes that look random and are the same in every run, for secrets and sign-ins that can be repeated.
package final class SeededBytes: Sendable {
    private let source = Mutex(SeededChance(seed: 1))

    package init() {}

    package func bytes(_ count: Int) -> [UInt8] {
        source.withLock { source in (0..<count).map { _ in UInt8.random(in: 0...255, using: &source) } }
    }
}
