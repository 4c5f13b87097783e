import NIOCore

/// Addresses of the network as they are compared and kept: one way to write each.
package enum NetworkAddress {
    /// The address without brackets and port; an IPv4 address that was mapped into IPv6 as itself. Nil for anything else.
    package static func plain(_ text: String) -> String? {
        var host = text[...]
        if host.hasPrefix("[") {
            guard let end = host.firstIndex(of: "]") else { return nil }
            host = host[host.index(after: host.startIndex)..<end]
        } else if host.count(where: { $0 == ":" }) == 1 {
            host = host.prefix { $0 != ":" }
        }
        guard host.utf8.count <= 45, let address = try? SocketAddress(ipAddress: String(host), port: 0) else {
            return nil
        }
        return address.ipAddress.map(unmapped)
    }

    /// A server that listens on all of IPv6 sees `::ffff:192.0.2.1` where `192.0.2.1` calls.
    package static func unmapped(_ address: String) -> String {
        let prefix = "::ffff:"
        guard address.lowercased().hasPrefix(prefix), address.contains(".") else { return address }
        return String(address.dropFirst(prefix.count))
    }
}
