import CampaignCore
import ZAPISimulator

/// What the ledger and the database know about one phone.
struct PhoneTraces {
    /// When each call arrived at the simulator, in order.
    private(set) var arrivals: [Int64] = []
    /// The zaapId of each ring.
    private(set) var rings: [String?] = []
    /// The calls that Z-API has taken, by their zaapId.
    private var calls: [String: TakenCall] = [:]
    private var intents: [Int64] = []
    private var recordedIDs: Set<String> = []
    /// What webhooks call attempts that have never had a zaapId, because no readable reply came.
    private var idsFromWebhooks: Set<String> = []

    /// The traces of each phone in the ledger.
    static func byPhone(in ledger: [LedgerEntry]) -> [String: PhoneTraces] {
        ledger.reduce(into: [:]) { traces, entry in
            guard let phone = entry.phone else { return }
            if entry.isCall { traces[phone, default: PhoneTraces()].arrivals.append(entry.at) }
            if entry.rang { traces[phone, default: PhoneTraces()].rings.append(entry.zaapId) }
            if let zaapId = entry.zaapId {
                traces[phone, default: PhoneTraces()].calls[zaapId, default: TakenCall()].note(entry)
            }
        }
    }

    /// Adds an attempt of the database.
    mutating func note(_ attempt: AttemptRow) {
        intents.append(attempt.startedAt.milliseconds)
        if let zaapId = attempt.receipt?.zaapId {
            recordedIDs.insert(zaapId)
        } else if attempt.isSettledByEvent, let id = attempt.receipt?.messageId {
            idsFromWebhooks.insert(id)
        }
    }

    /// Whether the call of an attempt did not ring, and the webhook that says so has not been acknowledged: then it
    /// still counts as accepted.
    func hasUntoldFailure(_ attempt: AttemptRow?) -> Bool {
        guard let ids = attempt?.receipt else { return false }
        let call =
            ids.zaapId.map { calls[$0] } ?? calls.values.first { call in ids.messageId.map(call.isNamed) ?? false }
        return call?.hasUntoldFailure ?? false
    }

    /// Rings whose id is not in the database, unless no reply has brought it and their attempt has the name that
    /// webhooks gave this very call.
    var unrecordedRings: Int {
        rings.count { id in
            guard let id, !recordedIDs.contains(id) else { return id == nil }
            return !idsFromWebhooks.contains { calls[id]?.isNamed($0) ?? false }
        }
    }

    /// Calls without an intent before them: each needs its own, written no later than the call arrived.
    var withoutIntent: Int {
        let written = intents.sorted()
        return arrivals.sorted().enumerated().count { index, arrival in
            index >= written.count || written[index] > arrival
        }
    }
}

/// A call that Z-API has taken, as the ledger knows it.
private struct TakenCall {
    /// Its messageId, and what webhooks call it.
    private var names: Set<String> = []
    /// What they call the call of the person who rings back.
    private var namesOfCallBack: Set<String> = []
    private var neverRings = false
    private var isFailureTold = false

    mutating func note(_ entry: LedgerEntry) {
        if let disposition = entry.disposition, !disposition.rings { neverRings = true }
        guard entry.endpoint == "webhook" else {
            if let id = entry.messageId { names.insert(id) }
            return
        }
        if entry.isAcknowledged, entry.event == "error" { isFailureTold = true }
        guard let event = entry.event, event.hasPrefix("CALL_"), let id = entry.messageId else { return }
        // Only a call of theirs is announced with a name.
        if event == "CALL_RECEIVED" { namesOfCallBack.insert(id) } else { names.insert(id) }
    }

    func isNamed(_ id: String) -> Bool { names.contains(id) && !namesOfCallBack.contains(id) }

    var hasUntoldFailure: Bool { neverRings && !isFailureTold }
}

extension LedgerEntry {
    /// Whether the line is a request for a call, not the later ring of a held call.
    var isCall: Bool { endpoint == "send-call" }
}
