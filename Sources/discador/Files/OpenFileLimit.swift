import CampaignCore
import Foundation
import Glibc

/// How many files and connections this process may have open at the same time.
enum OpenFileLimit {
    /// What the database, the terminal and the threads need.
    private static let reserve = 64

    /// With fewer, no command works: the threads that wait for sockets need three each, and end the program if they get
    /// none.
    static let minimum = 26 + 3 * ProcessInfo.processInfo.activeProcessorCount

    /// Why no command can run; nil when commands can.
    static func refusal() -> Failure? {
        guard let limit = current(), limit.rlim_cur < rlim_t(minimum) else { return nil }
        return Failure(
            .disk,
            Phrase(
                "This process may have only \(limit.rlim_cur) files open, and needs at least \(minimum): raise the "
                    + "limit (`ulimit -n 1024`, or LimitNOFILE= of a service), then run the same command again.",
                "Este processo só pode ter \(limit.rlim_cur) arquivos abertos e precisa de pelo menos \(minimum): aumente o "
                    + "limite (`ulimit -n 1024`, ou LimitNOFILE= de um serviço) e execute o mesmo comando de novo."))
    }

    /// How many files and connections this process may have open now.
    static var inForce: Int { current().map { Int(clamping: $0.rlim_cur) } ?? 0 }

    /// Raises the limit as far as the system allows: shells give less by default.
    static func raise() {
        guard var limit = current(), limit.rlim_cur < limit.rlim_max else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(resource, &limit)
    }

    /// The given number of connections, or as many as leave enough files for the run itself, whose timers and database
    /// are indispensable.
    static func affordable(connections: Int) -> Int {
        guard let limit = current() else { return connections }
        return max(1, min(connections, Int(clamping: limit.rlim_cur) - reserve))
    }

    /// How many connections others may open to this process: at most half of what it may have, so that calls can still be
    /// placed.
    static func affordable(incoming connections: Int) -> Int {
        max(1, min(connections, affordable(connections: .max) / 2))
    }

    /// A warning that fewer connections than this are possible; nil when there is no shortage.
    static func shortage(connections: Int) -> Phrase? {
        guard let limit = current(), limit.rlim_cur < rlim_t(connections + reserve) else { return nil }
        return Phrase(
            "Up to \(connections) concurrent connections may be needed, and this process may have \(limit.rlim_cur) "
                + "files open: raise the limit (`ulimit -Hn`), or use fewer workers. Until then, fewer calls are placed "
                + "concurrently.",
            "Podem ser necessárias até \(connections) conexões simultâneas, e este processo pode ter "
                + "\(limit.rlim_cur) arquivos abertos: aumente o limite (`ulimit -Hn`), ou use menos workers. Até lá, menos "
                + "ligações são feitas ao mesmo tempo.")
    }

    private static var resource: __rlimit_resource_t { __rlimit_resource_t(RLIMIT_NOFILE.rawValue) }

    private static func current() -> rlimit? {
        var limit = rlimit()
        return getrlimit(resource, &limit) == 0 ? limit : nil
    }
}
