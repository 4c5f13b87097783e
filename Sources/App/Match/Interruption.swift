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

    /// Listens, from now on. `outputs` are the files whose drafts must not stay; `keeping` says whether what is done is
    /// kept elsewhere.
    init(sparing outputs: [String], keeping: Bool = false) {
        keeps = keeping
        let (rings, bell) = AsyncStream<Void>.makeStream()
        self.rings = rings
        watches = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let watch = DispatchSource.makeSignalSource(signal: number, queue: .global())
            watch.setEventHandler {
                bell.yield()
                DispatchQueue.global().asyncAfter(deadline: .now() + Self.patience) {
                    for output in outputs { Draft.removeAll(beside: output) }
                    Self.tell(keeping: keeping)
                    _exit(Self.exitCode)
                }
            }
            watch.resume()
            return watch
        }
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
