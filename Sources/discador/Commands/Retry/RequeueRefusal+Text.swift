import CampaignCore

extension RequeueRefusal {
    /// Why contacts stay where they are, and what to do about it.
    func explanation(campaign: String, _ suggested: SuggestedCommands) -> String {
        switch self {
        case .notFinished: "they wait or are being dialed already"
        case .called: "Z-API has taken them, or a person said that they rang"
        case .inDoubt:
            "they may have rung; find out, then: \(suggested.command("resolve", campaign)) --where … --as not-called"
        case .doNotCall: "they are on the do-not-call list"
        case .sameWhatsApp: "another contact of the campaign has the same WhatsApp"
        }
    }
}
