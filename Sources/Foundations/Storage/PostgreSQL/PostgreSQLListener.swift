import Foundation
import Logging
import NIOPosix
import Synchronization

/// Hears what other servers ring, on a thread and a session of its own.
final class PostgreSQLListener: Sendable {
    private let address: PostgreSQLAddress
    private let bells: Bells
    private let ownProcess: WritingProcess
    private let thread = NIOThreadPool(numberOfThreads: 1)
    /// Written to when it is time to stop: the thread waits on it together with the session's socket.
    private let stop: (read: Int32, write: Int32)
    private let logger = Logger(label: "touchdown.storage")

    /// Listens from now on, so nothing that is committed after this is missed.
    ///
    /// - Throws: `Interruption.unreachable` when the server does not answer.
    init(_ address: PostgreSQLAddress, bells: Bells, deafTo ownProcess: WritingProcess) throws {
        self.address = address
        self.bells = bells
        self.ownProcess = ownProcess
        let connection = try PostgreSQLConnection(to: address)
        try connection.script("LISTEN \(BellNotification.channel)")
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw StorageFault.unreachable("No pipe can be made: \(lastError).") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        stop = (ends[0], ends[1])
        thread.start()
        thread.submit { _ in self.listen(on: connection) }
    }

    /// Stops listening; the thread has ended when this returns.
    func close() {
        var byte: UInt8 = 0
        write(stop.write, &byte, 1)
        let hasEnded = DispatchSemaphore(value: 0)
        thread.shutdownGracefully { _ in hasEnded.signal() }
        hasEnded.wait()
        Foundation.close(stop.read)
        Foundation.close(stop.write)
    }

    private func listen(on first: PostgreSQLConnection) {
        var connection: PostgreSQLConnection? = first
        // Grows to five seconds while the server is away.
        var pause: Int32 = 100
        while true {
            guard !mustStop(waitingFor: connection?.socket, atMost: connection == nil ? pause : 30_000) else { return }
            do {
                if let connection {
                    for notification in try connection.notifications() { hear(notification) }
                } else {
                    connection = try reconnected()
                    pause = 100
                }
            } catch {
                if connection != nil {
                    let reason = (error as? Interruption)?.reason ?? error
                    logger.warning("Until PostgreSQL is back, changes by other servers show late: \(reason)")
                }
                connection = nil
                pause = min(pause * 2, 5_000)
            }
        }
    }

    private func reconnected() throws -> PostgreSQLConnection {
        let connection = try PostgreSQLConnection(to: address)
        try connection.script("LISTEN \(BellNotification.channel)")
        // What was notified in between is lost for ever, so everyone looks.
        bells.ringEverything()
        logger.notice("PostgreSQL is back.")
        return connection
    }

    private func hear(_ notification: (payload: String, process: Int32)) {
        if notification.process == ownProcess.number { return }
        guard let topics = BellNotification.topics(in: notification.payload) else { return bells.ringEverything() }
        bells.ring(topics)
    }

    /// Waits until there is news on the socket or the time is over. True when it is time to stop.
    private func mustStop(waitingFor socket: Int32?, atMost milliseconds: Int32) -> Bool {
        var watched = [pollfd(fd: stop.read, events: Int16(POLLIN), revents: 0)]
        if let socket { watched.append(pollfd(fd: socket, events: Int16(POLLIN), revents: 0)) }
        poll(&watched, nfds_t(watched.count), milliseconds)
        return watched[0].revents != 0
    }
}
