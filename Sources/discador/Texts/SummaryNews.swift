import CampaignCore
import CampaignStore
import Reports

extension ReportContext {
    /// Notes what is still to come: events about the last calls, and decisions about replies.
    mutating func noteNews(_ reader: StoreReader, of campaign: String, now: Timestamp) throws(StoreError) {
        let last = summary.lastAttemptAt?.advanced(by: EventRule.span)
        // Nothing comes to a database without an address.
        if let last, last > now, try !reader.webhookAddresses(now: now).isEmpty { eventsComeUntil = last }
        isPaused = try reader.pause(campaign: campaign) != nil
        repliesWaiting = try reader.replyCount(ReplyChoice(campaign: campaign, isUndecided: true))
    }
}
