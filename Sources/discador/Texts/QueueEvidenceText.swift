import CampaignCore
import CampaignStore

/// An item of Z-API's queue that may be a call in doubt, as it is told.
struct QueueEvidenceText: Encodable {
    private enum CodingKeys: CodingKey {
        case zaapId, messageId, createdAt, callDuration, attempt
    }

    private let evidence: QueueEvidence

    init(_ evidence: QueueEvidence) {
        self.evidence = evidence
    }

    /// One sentence.
    var line: String {
        let what = evidence.callDuration.map { "a call of \($0) s" } ?? "an item"
        let when = evidence.createdAt.map { "created \(TimeText.iso($0))" } ?? "created nobody knows when"
        return "Z-API's queue held \(what) for this number, \(when), zaapId \(evidence.zaapId); it may be this call."
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(evidence.zaapId, forKey: .zaapId)
        try container.encode(evidence.messageId, forKey: .messageId)
        try container.encode(evidence.createdAt.map { TimeText.iso($0) }, forKey: .createdAt)
        try container.encode(evidence.callDuration, forKey: .callDuration)
        try container.encode(evidence.attempt, forKey: .attempt)
    }
}
