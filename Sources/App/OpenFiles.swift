#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// How many files and connections this process may have open.
///
/// Beyond its limit not even a timer can be made, and the process dies. So the limit is as high as the system allows,
/// and connections are no longer accepted some way below it.
enum OpenFiles {
    /// For the database, logs, and what the runtime opens for itself.
    static let reserve = 200

    /// Raises the limit as far as it may be, and says how many connections may be open at once.
    static func mostConnections() -> Int {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return 800 }
        let most = min(limit.rlim_max, 1 << 20)
        if limit.rlim_cur < most {
            limit.rlim_cur = most
            _ = setrlimit(resource, &limit)
            _ = getrlimit(resource, &limit)
        }
        return max(16, Int(clamping: min(limit.rlim_cur, 1 << 20)) - reserve)
    }

    #if canImport(Glibc)
    private static var resource: __rlimit_resource_t { __rlimit_resource_t(RLIMIT_NOFILE.rawValue) }
    #else
    private static var resource: Int32 { RLIMIT_NOFILE }
    #endif
}
