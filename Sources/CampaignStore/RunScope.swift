import GRDB
import Synchronization

/// What the queue must remember between `begin` and `commit`: the rows of the campaign and of the run's instances.
final class RunScope: Sendable {
    struct Rows {
        var campaign: Int64
        var instances: [Int64]
        var store: String
        /// The present life of the machine.
        var boot: String
    }

    private let rows = Mutex<Rows?>(nil)

    func enter(_ rows: Rows) {
        self.rows.withLock { $0 = rows }
    }

    var current: Rows? {
        rows.withLock { $0 }
    }
}
