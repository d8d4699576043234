import CampaignCore
import CampaignStore

extension DoubtReason {
    /// How far the request got, derived from the reason of a contact in doubt.
    static func howFar(_ reason: String?) -> String {
        reason.flatMap(DoubtReason.init)?.howFar ?? "It is not known how far the request got."
    }

    private var howFar: String {
        switch self {
        case .interrupted:
            "The program ended after the intent was written but before the result was: it is not known whether the "
                + "request left."
        case .noReply:
            "The request may have left before the connection broke or timed out; no reply came."
        case .gatewayError:
            "Z-API, or a gateway in front of it, answered with an error: it is not known how far the request got."
        case .unreadableReply:
            "Z-API answered 200 with a reply that does not name a call: what it said is shown with each call; it is "
                + "not known whether the phone rang."
        case .deliveryUnknown:
            "Z-API accepted the call, and then did not know whether it went out to WhatsApp."
        }
    }
}

/// An item of the provider queue that may be a call in doubt, as text and as JSON.
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
        let when = evidence.createdAt.map { "created \(TimeText.iso($0))" } ?? "created at an unknown time"
        return "Z-API's queue held \(what) for this number, \(when), zaapId \(evidence.zaapId); it may be this call."
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(evidence.zaapId, forKey: .zaapId)
        try container.encode(evidence.messageId, forKey: .messageId)
        try container.encode(evidence.createdAt.map { $0.json() }, forKey: .createdAt)
        try container.encode(evidence.callDuration, forKey: .callDuration)
        try container.encode(evidence.attempt, forKey: .attempt)
    }
}
