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
    /// Formats commands that the user may want next.
    var suggested = SuggestedCommands()
    /// What is left of each instance's limits today.
    private let today: [InstanceToday]
    private let zone: TimeZone
    /// Nil when the campaign may be dialed.
    private let pause: CampaignPause?
    private let isBeingCancelled: Bool
    /// What the contacts' local times mean for them; nil when the window has one time zone, or there is none.
    private let clocks: ContactClocks?
    /// The contacts that their list holds back, in the order of their times.
    private let heldBack: [HeldBackContacts]
    /// The waiting contacts that `perPerson` keeps from being called now; nil without that limit.
    private let perPerson: PersonLimitCounts?
    /// The waiting contacts whom a reply holds until somebody has decided about it.
    private let heldByReply: Int
    /// When the last of those may be called who are waiting for something else than their turn; nil: nobody is.
    private let lastWait: Timestamp?

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
    private var excluded: [ReasonCount] { summary.reasons.filter { $0.state == .excluded } }

    // MARK: For people

    var lines: [String] {
        let counts = summary.counts
        var lines = ["\(campaign.name): \(counts.total.counted("contact"))"]
        lines.append("  to be called   \(counts.ready)")
        lines += heldBackLines + perPersonLines + heldByReplyLines
        lines += excluded.map { "  not called     \($0.contacts) × \($0.reason)" }
        let others: [(Int, String)] = [
            (counts.accepted, "already accepted"),
            (
                counts.failed,
                "failed; `\(suggested.command("retry", campaign.name, "--failed"))` requeues "
                    + "\(counts.failed.noun("it", "them"))"
            ),
            (counts.inDoubt, "in doubt; see `\(suggested.command("doubts", campaign.name))`"),
            (counts.dialing, "under way, or interrupted"),
        ]
        lines += others.filter { $0.0 > 0 }.map { "  not again      \($0.0) × \($0.1)" }
        if summary.rejectedRows + summary.duplicateRows > 0 {
            lines.append(
                "  left out by the import: \(summary.rejectedRows) rejected, "
                    + summary.duplicateRows.counted("duplicate"))
        }
        lines += whatsAppLines + ["", "Pace: \(pace)"]
        lines += [campaign.paceRemark, campaign.redialRemark].compactMap { $0.map { "Note: \($0)." } }
        lines += InstanceToday.lines(today)
        lines += ["Window: \(campaign.windowText)"] + (clocks?.lines ?? []) + endLines
        return lines
    }

    private var heldBackLines: [String] {
        guard let first = heldBack.first?.first, let last = heldBack.last?.last else { return [] }
        let count = heldBack.reduce(0) { $0 + $1.contacts }
        let until = first == last ? time(first) : "\(time(first)), the last until \(time(last))"
        return [
            "  of which held back by their list: \(count), \(count > 1 && first != last ? "the first " : "")until \(until)"
        ]
    }

    private var perPersonLines: [String] {
        guard let perPerson else { return [] }
        let lines: [(Int, String)] = [
            (perPerson.waiting, "of which called too often by now (perPerson), and called later"),
            (perPerson.unanswered, "of which did not answer too often in a row (perPerson): they will be excluded"),
        ]
        return lines.filter { $0.0 > 0 }.map { "  \($0.1): \($0.0)" }
    }

    private var heldByReplyLines: [String] {
        guard heldByReply > 0 else { return [] }
        return [
            "  of which held by a reply that waits for a decision: \(heldByReply); they will be excluded; see "
                + "`\(suggested.command("replies", campaign.name))`"
        ]
    }

    private var whatsAppLines: [String] {
        guard let whatsApp else { return [] }
        return [
            "  According to Z-API, \(whatsApp.present) \(whatsApp.present.noun("has", "have")) WhatsApp "
                + "(\(whatsApp.rewritten) of them under another form of the number, which is dialed) and "
                + "\(whatsApp.absent) \(whatsApp.absent.noun("does", "do")) not"
        ]
            + (whatsApp.movedOn > 0
                ? ["  of which on the next phone of the row instead (fallback): \(whatsApp.movedOn)"] : [])
            + (whatsApp.ignored > 0 ? ["  answered with another number, and ignored: \(whatsApp.ignored)"] : [])
            + (whatsApp.unanswered > 0
                ? ["  no answer: \(whatsApp.unanswered); run the same command to ask again"] : [])
    }

    private var pace: String {
        let rate = forecast.rate
        let instances = rate.instances.map { "\($0.name) \($0.perHour.map { "\(Int($0))" } ?? "without limit")" }
        let lines = InstanceToday.named(instances).joined(separator: ", ")
        let whole = rate.perHour.map { "about \(Int($0).counted("call")) an hour" } ?? "as fast as Z-API answers"
        return switch rate.limit {
        case .instances: "\(whole) (\(lines))"
        case .campaignPace: "\(whole), the campaign's own pace (the instances would allow \(lines))"
        case .nothing: whole
        }
    }

    private var endLines: [String] {
        guard summary.counts.ready > 0 else { return ["No contact is waiting to be called."] + pauseLines }
        var lines = pauseLines
        if let starts = forecast.startsAt, let ends = forecast.endsAt {
            let days = "on \(forecast.callingDays.counted("day"))"
            if let lastWait, lastWait > ends {
                lines.append("Starts \(time(starts)), ends not before \(time(lastWait)): until then, some have to wait")
            } else {
                lines.append("Starts \(time(starts)), ends about \(time(ends)): \(duration(starts, ends)), \(days)")
            }
            if let redial = campaign.redial {
                let after = DurationText.plain(max(redial.after, EventRule.span))
                lines.append(
                    "Whoever does not answer is called up to \(redial.attempts.counted("more time", "more times")) (redial), "
                        + "at least \(after) later each time: that is not in this forecast")
            }
        }
        if forecast.cappedDays > 0 {
            lines.append("Daily caps are reached on \(forecast.cappedDays.counted("day"))")
        }
        if let obstacle = forecast.obstacle {
            lines.append("\(forecast.leftOut) would not be called: \(words(obstacle))")
        }
        return lines
    }

    private var pauseLines: [String] {
        guard !isBeingCancelled else {
            return ["Being cancelled: none of the waiting contacts will be called, whatever this plan says below."]
        }
        guard let pause else { return [] }
        return [
            "Paused \(pause.text): no call is placed until "
                + "`\(suggested.command("resume", campaign.name))`; the times assume "
                + "that it is resumed now"
        ]
    }

    private func words(_ obstacle: CallForecast.Obstacle) -> String {
        switch obstacle {
        case .expires: "the campaign expires \(campaign.expires.map(time) ?? "before")"
        case .windowNeverOpens: "the window is never open long enough for a call; correct `window` or `timeout`"
        case .noCallsAllowed: "no instance may place a call; correct `dailyCap` or `warmup`"
        case .moreThanTenYears: "their turn would come in more than ten years; add instances or raise the caps"
        }
    }

    private func time(_ moment: Timestamp) -> String { TimeText.iso(moment, in: zone) }

    private func duration(_ start: Timestamp, _ end: Timestamp) -> String {
        DurationText.left(start.duration(to: end))
    }
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
        try container.encode(forecast.obstacle.map(words), forKey: .obstacle)
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
