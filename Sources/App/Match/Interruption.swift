import Dispatch
import Foundation

/// Control-C, or the system's wish that the program ends.
///
/// A step that computes hears of it as cancellation and tidies up itself. One that waits in the kernel, say for the
/// next line of a pipe, cannot hear: after a moment's patience its drafts are removed and the program ends all the same.
struct Interruption {
    /// Rings once for each signal.
    let rings: AsyncStream<Void>
    private let watches: [any DispatchSourceSignal]
    private let keeps: Bool

    static let exitCode: Int32 = 130
    private static let patience = DispatchTimeInterval.milliseconds(1500)

    /// Listens from the moment that this returns. `outputs` are the files whose drafts must not stay; `keeping` says whether
    /// what is done is kept elsewhere.
    init(sparing outputs: [String], keeping: Bool = false) {
        keeps = keeping
        let (rings, bell) = AsyncStream<Void>.makeStream()
        self.rings = rings
        // A queue of its own has a thread also while the step computes on all others.
        let queue = DispatchQueue(label: "interruption")
        let beginning = DispatchGroup()
        watches = [SIGINT, SIGTERM].map { number in
            let watch = DispatchSource.makeSignalSource(signal: number, queue: queue)
            watch.setEventHandler {
                bell.yield()
                queue.asyncAfter(deadline: .now() + Self.patience) {
                    for output in outputs { Draft.removeAll(beside: output) }
                    Self.tell(keeping: keeping)
                    _exit(Self.exitCode)
                }
            }
            beginning.enter()
            watch.setRegistrationHandler { beginning.leave() }
            watch.resume()
            return watch
        }
        // A source begins to listen on a thread of its own, some time after `resume`. To ignore signals until then
        // lost those that came in between: the program read on from a pipe, and only `kill -9` ended it.
        beginning.wait()
        #if canImport(Darwin)
        // Here a source only looks on, and the signal would end the program. Elsewhere the source takes it.
        for number in [SIGINT, SIGTERM] { signal(number, SIG_IGN) }
        #endif
    }

    func end() {
        for watch in watches { watch.cancel() }
    }

    func tell() { Self.tell(keeping: keeps) }

    private static func tell(keeping: Bool) {
        Terminal.complain(
            keeping
                ? "Stopped. What is done is kept in the work folder; the same command goes on from there."
                : "Stopped. Nothing half-written was left behind.")
    }
}
