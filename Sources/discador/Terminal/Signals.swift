import Glibc
import UnixSignals

/// The signals by which somebody asks this program to stop in good order.
enum StopSignals {
    /// SIGINT and SIGTERM, and SIGHUP, which comes when a terminal is closed; unless `nohup` had that ignored from the
    /// beginning.
    static let all: [UnixSignal] = [.sigint, .sigterm] + (ignoresHangUp ? [] : [.sighup])

    private static let ignoresHangUp: Bool = {
        var action = sigaction()
        guard sigaction(SIGHUP, nil, &action) == 0, let handler = action.__sigaction_handler.sa_handler else {
            return false
        }
        // SIG_IGN, which Swift cannot import, is the address 1.
        return unsafeBitCast(handler, to: Int.self) == 1
    }()
}
