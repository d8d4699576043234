import CampaignCore

extension DoubtReason {
    /// How far the request got, as far as it is known.
    var howFar: String {
        switch self {
        case .interrupted:
            "The program ended between the intent, which is on disk, and a result: whether the request left is unknown."
        case .noReply:
            "The request may have left; then the connection broke or the time ran out, and no reply came."
        case .gatewayError:
            "A gateway in front of Z-API answered with an error: whether Z-API got the request is unknown."
        case .unreadableReply:
            "Z-API answered 200, but no id could be read in its reply: the phone has almost certainly rung."
        }
    }
}
