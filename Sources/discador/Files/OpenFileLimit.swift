import Foundation
import Glibc

/// How many files and connections this process may have open at once.
enum OpenFileLimit {
    /// What the database, the terminal and the threads take.
    private static let reserve = 64

    /// Without so many nothing can be done at all: the threads that wait for sockets take three each and end the program
    /// where they get none.
    static let least = 26 + 3 * ProcessInfo.processInfo.activeProcessorCount

    /// Why no command can be run; nil when it can.
    static func refusal() -> Failure? {
        guard let limit = current(), limit.rlim_cur < rlim_t(least) else { return nil }
        return Failure(
            .disk,
            "This process may have \(limit.rlim_cur) files open, and needs at least \(least): raise the limit (`ulimit -n 1024`, "
                + "or LimitNOFILE= of a service), then run the same command again.")
    }

    /// Raises the limit as far as the system allows: shells give less by default.
    static func raise() {
        guard var limit = current(), limit.rlim_cur < limit.rlim_max else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(resource, &limit)
    }

    /// So many connections, or as many as leave the run the files that it needs itself: the system's timers and the database
    /// do not survive without any.
    static func affordable(connections: Int) -> Int {
        guard let limit = current() else { return connections }
        return max(1, min(connections, Int(clamping: limit.rlim_cur) - reserve))
    }

    /// That there cannot be so many connections; nil when there can.
    static func shortage(connections: Int) -> String? {
        guard let limit = current(), limit.rlim_cur < rlim_t(connections + reserve) else { return nil }
        return
            "Up to \(connections) connections may be wanted at once, and this process may have \(limit.rlim_cur) files "
            + "open: raise the limit (`ulimit -Hn`), or take fewer workers. Until then fewer calls are under way at once."
    }

    private static var resource: __rlimit_resource_t { __rlimit_resource_t(RLIMIT_NOFILE.rawValue) }

    private static func current() -> rlimit? {
        var limit = rlimit()
        return getrlimit(resource, &limit) == 0 ? limit : nil
    }
}
