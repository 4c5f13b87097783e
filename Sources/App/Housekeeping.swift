import Logging
import People
import ServiceLifecycle
import Values

/// Throws away what has served its time: ended sessions, forgotten tries.
struct Housekeeping: Service {
    let signIn: SignIn
    let logger: Logger

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                do {
                    try await signIn.purge()
                } catch is CancellationError {
                    return
                } catch {
                    logger.error("Old sessions could not be removed", metadata: ["error": "\(error)"])
                }
                try await Task.sleep(for: .hours(1))
            }
        }
    }
}
