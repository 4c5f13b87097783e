import Foundation
import NIOCore

/// The address cannot be listened on: which, and why.
struct ListeningFault: Error, CustomStringConvertible {
    let description: String

    /// - Returns: nil when this is another error.
    init?(_ error: any Error, at address: String) {
        switch error {
        case let error as IOError:
            description = "The server cannot listen on \(address): \(Self.reason(error))"
        case is SocketAddressError, is SocketAddressError.UnknownHost:
            description = """
                The server cannot listen on \(address): this machine has no such address. Set server.host to one it has: \
                127.0.0.1 for itself alone, 0.0.0.0 for all.
                """
        default: return nil
        }
    }

    private static func reason(_ error: IOError) -> String {
        switch error.errnoCode {
        case EADDRINUSE: "something else listens there already. Stop that, or choose another port."
        case EACCES: "this user may not. Choose a port from 1024 on, behind a reverse proxy."
        case EADDRNOTAVAIL: "this machine has no such address. Set server.host to one it has."
        default: "\(error). Check server.host and server.port."
        }
    }
}
