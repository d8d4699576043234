import CampaignCore
import CampaignStore

extension ContactRow {
    /// `failed (rejected)`.
    var stateText: String { state.text(reason) }

    /// `5511987654321  failed, HTTP 422 | nome: Ana`: the number, facts about it, and the contact's own cells with
    /// their column names, without empty ones.
    func line(_ facts: [String?], columns: [String]) -> String {
        let cells = zip(columns, own).filter { !$1.isEmpty }.map { "\($0): \($1)" }
        return (["\(phone.text)  \(facts.compactMap(\.self).joined(separator: ", "))"] + cells).joined(separator: " | ")
    }
}

extension AttemptRow {
    /// `HTTP 422`, and the error: the reply, as far as it is known.
    var reply: [String] { [httpStatus.map { "HTTP \($0)" }, error].compactMap(\.self) }
}

extension CallState {
    /// The state with the reason for it, if there is one.
    func text(_ reason: String?) -> String { rawValue + (reason.map { " (\($0))" } ?? "") }
}

extension CallReceipt {
    /// The call's id at Z-API.
    var text: String {
        if let zaapId { return "zaapId \(zaapId)" }
        return messageId.map { "messageId \($0)" } ?? "no id"
    }
}

extension Int {
    /// `1 item waits`, `3 items wait`: in the provider queue.
    var itemsWaiting: String { "\(counted("item")) \(noun("waits", "wait"))" }
}
