package import CampaignCore

/// Where the pages about replies get what they show, and what they do.
package protocol RepliesSource: Sendable {
    func replies(_ query: RepliesQuery, for viewer: Viewer) async throws -> ReplyList

    /// These replies, as far as they wait for a decision.
    func waiting(_ ids: [Int64], for viewer: Viewer) async throws -> ReplyList

    /// Decides about replies.
    ///
    /// - Returns: what was done.
    func decide(_ ids: [Int64], as decision: ReplyDecision, by actor: Actor) async throws -> Phrase
}

/// Which replies are listed.
package struct RepliesQuery: Hashable, Sendable {
    /// Only those that concern it; nil: all.
    package var campaign: String?
    /// Also those that wait for no decision.
    package var isAll: Bool
    /// Only those before this one; nil: from the latest on.
    package var before: Int64?

    package init(campaign: String? = nil, isAll: Bool = false, before: Int64? = nil) {
        (self.campaign, self.isAll, self.before) = (campaign, isAll, before)
    }
}

/// A page of replies.
package struct ReplyList: Sendable {
    package struct Reply: Hashable, Sendable {
        package var id: Int64
        /// Masked where it is not to be seen.
        package var phone: String
        /// Stands for the person in addresses; nil: in no campaign.
        package var key: String?
        package var campaign: String?
        package var at: Phrase
        /// What was written, cut off; what strangers write.
        package var text: Phrase
        /// What it was taken for, and by which rule.
        package var reading: Phrase
        /// What was decided, by whom and when; nil: nothing.
        package var decision: Phrase?
        package var isWaiting: Bool

        package init(
            id: Int64, phone: String, key: String?, campaign: String?, at: Phrase, text: Phrase, reading: Phrase,
            decision: Phrase?, isWaiting: Bool
        ) {
            self.id = id
            self.phone = phone
            self.key = key
            self.campaign = campaign
            self.at = at
            self.text = text
            self.reading = reading
            self.decision = decision
            self.isWaiting = isWaiting
        }
    }

    package var replies: [Reply] = []
    package var before: Int64?
    /// Whether enough replies were looked at, although there was room for more.
    package var isCutShort = false
    package var campaigns: [String] = []
    package var times = Phrase(verbatim: "")

    package init() {}
}
