import CampaignCore
import CampaignStore
import ZAPISimulator

/// Holds what the simulator saw against what the database says.
struct LedgerAudit: Encodable {
    /// Phones that rang.
    var rings = 0
    /// Phones that rang more than once.
    var dialledTwice = 0
    /// Contacts that are neither done nor excluded.
    var leftOut = 0
    /// Rings whose zaapId is not in the database, though the call is not in doubt either.
    var idsLost = 0
    /// Contacts in doubt.
    var inDoubt = 0
    /// Contacts in doubt whose phone had really rung.
    var inDoubtThatRang = 0

    /// Whether no promise is broken.
    var isClean: Bool { dialledTwice == 0 && leftOut == 0 && idsLost == 0 }

    /// Audits one campaign that was dialled against one ledger.
    init(_ ledger: [LedgerEntry], campaign: String, reader: StoreReader) throws {
        let rang = Dictionary(grouping: ledger.filter(\.rang)) { $0.phone ?? "" }
        rings = rang.values.reduce(0) { $0 + $1.count }
        dialledTwice = rang.values.count { $0.count > 1 }
        var recorded: Set<String> = []
        try reader.forEachAttempt(campaign: campaign) { attempt in
            if let id = attempt.receipt?.zaapId { recorded.insert(id) }
        }
        try reader.forEachContact(campaign: campaign) { contact in
            let rings = rang[contact.phone.text] ?? []
            switch contact.state {
            case .ready, .dialing: leftOut += 1
            case .inDoubt:
                inDoubt += 1
                if !rings.isEmpty { inDoubtThatRang += 1 }
            case .accepted, .failed, .excluded:
                idsLost += rings.count { !recorded.contains($0.zaapId ?? "") }
            }
        }
    }
}
