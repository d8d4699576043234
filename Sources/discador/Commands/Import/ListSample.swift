import CampaignCore
import Synchronization

/// The first rows of each list, as they are understood; for looking before leaping.
final class ListSample: Sendable {
    /// One list.
    struct List: Sendable {
        var file: String
        var format: ListFormat
        var rows: [ListRow] = []
    }

    private let most: Int
    private let state = Mutex<[List]>([])

    /// - Parameter most: rows that are kept of each list.
    init(most: Int) {
        self.most = most
    }

    /// What was kept, list by list.
    var lists: [List] { state.withLock { $0 } }

    func begin(_ file: String, format: ListFormat) {
        state.withLock { $0.append(List(file: file, format: format)) }
    }

    func note(_ row: ListRow) {
        state.withLock { lists in
            guard let last = lists.indices.last, lists[last].rows.count < most else { return }
            lists[last].rows.append(row)
        }
    }
}
