import CampaignCore
import ZAPISimulator

/// What the ledger and the database know about one phone.
struct PhoneTraces {
    /// When each call arrived at the simulator, in order.
    private(set) var arrivals: [Int64] = []
    /// The zaapId of each ring.
    private(set) var rings: [String?] = []
    private var intents: [Int64] = []
    private var recordedIDs: Set<String> = []

    /// The traces of each phone in the ledger.
    static func byPhone(in ledger: [LedgerEntry]) -> [String: PhoneTraces] {
        ledger.reduce(into: [:]) { traces, entry in
            guard let phone = entry.phone else { return }
            if entry.isCall { traces[phone, default: PhoneTraces()].arrivals.append(entry.at) }
            if entry.rang { traces[phone, default: PhoneTraces()].rings.append(entry.zaapId) }
        }
    }

    /// Adds an attempt of the database whose intent was written at `moment`.
    mutating func noteIntent(at moment: Int64, _ receipt: CallReceipt?) {
        intents.append(moment)
        if let zaapId = receipt?.zaapId { recordedIDs.insert(zaapId) }
    }

    /// Rings whose id is not in the database.
    var unrecordedRings: Int { rings.count { $0.map { !recordedIDs.contains($0) } ?? true } }

    /// Calls without an intent before them: each needs its own, written no later than the call arrived.
    var withoutIntent: Int {
        let written = intents.sorted()
        return arrivals.sorted().enumerated().count { index, arrival in
            index >= written.count || written[index] > arrival
        }
    }
}

extension LedgerEntry {
    /// Whether the line is a request for a call, not the later ring of a held call.
    var isCall: Bool { endpoint == "send-call" }
}
