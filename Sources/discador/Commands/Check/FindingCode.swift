import CampaignCore

/// What a finding of `check` is about, for programs; together with its level it says what to do. The words are listed in
/// the page about JSON, and never change.
enum FindingCode: String, CaseIterable, Encodable {
    case campaignFile = "campaign_file"
    case window, pace, redial, database, answers, pause, cancel
    case listUnchanged = "list_unchanged"
    case listChanged = "list_changed"
    case listMissing = "list_missing"
    case connected = "instance_connected"
    case disconnected = "instance_disconnected"
    case misconfigured = "instance_misconfigured"
    case unreachable = "instance_unreachable"
    case account, queue, payment
    case incomingCalls = "incoming_calls"
    case webhooks
    /// Only if a new subject has been forgotten here.
    case other

    /// The code of a subject in words, such as `incoming calls of vendas`.
    init(subject: String) {
        let words = subject.split(separator: " ").prefix { $0 != "of" }
        self = Self(rawValue: words.joined(separator: "_")) ?? .other
    }

    init(_ health: InstanceHealth) {
        self =
            switch health {
            case .connected: .connected
            case .disconnected: .disconnected
            case .misconfigured: .misconfigured
            case .unreachable: .unreachable
            }
    }

    init(_ list: ListStatus) {
        self = list.isMissing ? .listMissing : list.hasChanged ? .listChanged : .listUnchanged
    }
}
