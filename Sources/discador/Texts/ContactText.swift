import CampaignCore
import CampaignStore

extension ContactRow {
    /// `failed (rejected)`.
    var stateText: String { state.text(reason) }

    /// The contact's own cells with the names of their columns, without empty ones.
    func namedCells(_ columns: [String]) -> String {
        zip(columns, own).filter { !$1.isEmpty }.map { "\($0): \($1)" }.joined(separator: " | ")
    }
}

extension CallState {
    /// The state with the reason for it, if there is one.
    func text(_ reason: String?) -> String { rawValue + (reason.map { " (\($0))" } ?? "") }
}

extension CallReceipt {
    /// The id by which Z-API knows the call.
    var text: String {
        if let zaapId { return "zaapId \(zaapId)" }
        return messageId.map { "messageId \($0)" } ?? "no id"
    }
}

extension Int {
    /// `1 item waits`, `3 items wait`: in Z-API's queue.
    var itemsWaiting: String { "\(counted("item")) \(noun("waits", "wait"))" }
}
