import Foundation

/// Where a target's templates and assets are: beside the program, or where the operator has put them.
///
/// `Bundle.module` would look at the path of the machine that built the program, and crash where that is missing.
package enum Resources {
    /// - Throws: `ResourceFault` with the places that were looked at.
    package static func folder(of target: String) throws -> URL {
        let name = "touchdown_\(target).resources"
        let beside = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let places = [
            ProcessInfo.processInfo.environment["TOUCHDOWN_RESOURCES"].map { URL(filePath: $0) },
            beside, URL(filePath: CommandLine.arguments.first ?? "").deletingLastPathComponent(),
            beside.appending(path: "../share/touchdown"),
        ].compactMap { $0?.appending(path: name) }
        guard let found = places.first(where: { FileManager.default.fileExists(atPath: $0.path) }) else {
            throw ResourceFault(name: name, places: places.map(\.path))
        }
        return found
    }
}

/// A folder of templates and assets is missing.
package struct ResourceFault: Error, CustomStringConvertible {
    let name: String
    let places: [String]

    package var description: String {
        """
        The folder \(name) is missing. It belongs beside the program, or into the folder that TOUCHDOWN_RESOURCES \
        names. Looked at: \(places.joined(separator: ", ")).
        """
    }
}
