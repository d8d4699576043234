import CampaignCore
import CampaignStore
import Foundation

/// What a run of a campaign would do from now on.
struct CampaignPlan {
    let campaign: Campaign
    let summary: CampaignSummary
    let forecast: CallForecast
    /// What Z-API just reported about the numbers; nil when it was not asked.
    let whatsApp: WhatsAppTotals?
    /// Whether the campaign's lists are still as they were imported; nil until that was checked.
    var lists: ListStatuses?
    /// Formats commands that the user may want next; nil for pages, which name none.
    var suggested: SuggestedCommands? = SuggestedCommands()
    /// What is left of each instance's limits today.
    let today: [InstanceToday]
    let zone: TimeZone
    /// Nil when the campaign may be dialed.
    let pause: CampaignPause?
    let isBeingCancelled: Bool
    /// What the contacts' local times mean for them; nil when the window has one time zone, or there is none.
    let clocks: ContactClocks?
    /// The contacts that their list holds back, in the order of their times.
    let heldBack: [HeldBackContacts]
    /// The waiting contacts that `perPerson` keeps from being called now; nil without that limit.
    let perPerson: PersonLimitCounts?
    /// The waiting contacts whom a reply holds until somebody has decided about it.
    let heldByReply: Int
    /// When the last of those may be called who are waiting for something else than their turn; nil: nobody is.
    let lastWait: Timestamp?

    init(
        _ reader: StoreReader, of campaign: Campaign, now: Timestamp, uptime: Uptime, whatsApp: WhatsAppTotals?
    ) throws {
        self.campaign = campaign
        self.whatsApp = whatsApp
        zone = campaign.timeZone
        summary = try reader.summary(campaign: campaign.name)
        pause = try reader.pause(campaign: campaign.name)
        isBeingCancelled = try reader.isBeingCancelled(campaign: campaign.name)
        clocks = try ContactClocks(reader, of: campaign, now: now)
        heldBack = try reader.heldBack(campaign: campaign.name, at: now)
        perPerson = try campaign.perPerson.map {
            try reader.personLimitCounts(campaign: campaign.name, $0, at: now)
        }
        heldByReply = try reader.heldByReply(campaign: campaign.name)
        let waits = [perPerson?.waitsUntil, try reader.lastRedial(campaign: campaign.name)]
        lastWait = waits.compactMap(\.self).max()
        let calendar = ContactClocks.calendar(of: campaign)
        let limits = try reader.limits(of: campaign, now: now, boot: uptime.boot)
        today = InstanceToday.all(of: campaign, limits, now: now, uptime: uptime)
        var baseline = ForecastBaseline(
            of: campaign, limits, now: now, uptime: uptime, calendar: campaign.calendar)
        baseline.heldBack = heldBack
        let neverCalled = (clocks?.neverOpen ?? 0) + (perPerson?.unanswered ?? 0) + heldByReply
        forecast = CallForecast(
            of: campaign,
            contacts: max(0, summary.counts.ready - neverCalled),
            baseline: baseline, now: now, calendar: calendar)
    }

    /// Contacts that will not be called, by reason, the most frequent first.
    var excluded: [ReasonCount] { summary.reasons.filter { $0.state == .excluded } }
}

// MARK: For machines

extension CampaignPlan: Encodable {
    private struct HeldBackDocument: Encodable {
        var contacts: Int
        var firstUntil, lastUntil: String?
    }

    private struct PerPersonDocument: Encodable {
        var waiting, unanswered: Int
        var waitsUntil: String?

        init(_ counts: PersonLimitCounts) {
            (waiting, unanswered) = (counts.waiting, counts.unanswered)
            waitsUntil = counts.waitsUntil.map { $0.json() }
        }
    }

    private var endsAt: Timestamp? { forecast.endsAt.map { max($0, lastWait ?? $0) } }

    private var heldBackDocument: HeldBackDocument {
        HeldBackDocument(
            contacts: heldBack.reduce(0) { $0 + $1.contacts },
            firstUntil: heldBack.first.map { $0.first.json(in: zone) },
            lastUntil: heldBack.last.map { $0.last.json(in: zone) })
    }

    private enum CodingKeys: String, CodingKey {
        case campaign, contacts, counts, callable, excluded, rejectedRows, duplicateRows, whatsApp, callsPerHour
        case window, startsAt, endsAt, callingDays, cappedDays, notCalled, obstacle, contactClocks, list, otherLists
        case instances, pause, beingCancelled, paceRemark, redialRemark, heldBack, heldByReply, perPerson
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(campaign.name, forKey: .campaign)
        try container.encode(summary.counts.total, forKey: .contacts)
        try container.encode(summary.counts, forKey: .counts)
        try container.encode(summary.counts.ready, forKey: .callable)
        try container.encode(heldBackDocument, forKey: .heldBack)
        try container.encodeIfPresent(perPerson.map(PerPersonDocument.init), forKey: .perPerson)
        try container.encode(heldByReply, forKey: .heldByReply)
        try container.encode(
            Dictionary(excluded.map { ($0.reason, $0.contacts) }, uniquingKeysWith: +), forKey: .excluded)
        try container.encode(summary.rejectedRows, forKey: .rejectedRows)
        try container.encode(summary.duplicateRows, forKey: .duplicateRows)
        try container.encodeIfPresent(whatsApp, forKey: .whatsApp)
        try container.encode(forecast.rate.perHour, forKey: .callsPerHour)
        try container.encode(campaign.windowText, forKey: .window)
        try container.encode(forecast.startsAt.map { $0.json(in: zone) }, forKey: .startsAt)
        try container.encode(endsAt.map { $0.json(in: zone) }, forKey: .endsAt)
        try container.encode(forecast.callingDays, forKey: .callingDays)
        try container.encode(forecast.cappedDays, forKey: .cappedDays)
        try container.encode(forecast.leftOut + (clocks?.neverOpen ?? 0), forKey: .notCalled)
        try container.encode(forecast.obstacle.map { words($0, .iso(in: zone)).english }, forKey: .obstacle)
        try container.encodeIfPresent(clocks, forKey: .contactClocks)
        try container.encode(today, forKey: .instances)
        try container.encodeIfPresent(campaign.paceRemark, forKey: .paceRemark)
        try container.encodeIfPresent(campaign.redialRemark, forKey: .redialRemark)
        try container.encodeIfPresent(lists?.own, forKey: .list)
        try container.encode(lists?.others ?? [], forKey: .otherLists)
        try container.encode(isBeingCancelled, forKey: .beingCancelled)
        try container.encodeIfPresent(pause.map(PauseDocument.init), forKey: .pause)
    }
}
