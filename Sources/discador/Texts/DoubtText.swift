import CampaignCore

extension DoubtReason {
    /// How far the request got, by the reason that a contact was left with.
    static func howFar(_ reason: String?) -> String {
        reason.flatMap(DoubtReason.init)?.howFar ?? "How far the request got is unknown."
    }

    /// How far the request got, as far as it is known.
    private var howFar: String {
        switch self {
        case .interrupted:
            "The program ended between the intent, which is on disk, and a result: whether the request left is unknown."
        case .noReply:
            "The request may have left; then the connection broke or the time ran out, and no reply came."
        case .gatewayError:
            "A server on the way, Z-API or a gateway in front of it, answered with an error: how far the request got is unknown."
        case .unreadableReply:
            "Z-API answered 200, and its reply names no call: what it said stands beside each; whether it rang is unknown."
        }
    }
}
