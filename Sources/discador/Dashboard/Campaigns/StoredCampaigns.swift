import CampaignCore
import CampaignStore
import Dashboard
import Foundation

/// What the pages about campaigns show, from the database.
struct StoredCampaigns: CampaignSource {
    let reads: StoreReads
    /// Who holds the database: this process.
    let databasePath: String
    let problems: CampaignProblems

    func overview(zone: String?) async throws -> Overview {
        try await reads { reader in
            let now = SystemEnvironment.now()
            let clock = Self.clock(zone)
            let holding = WriterLock.holding(ofDatabase: databasePath)
            let campaigns = try reader.overviews()
            let cards = try campaigns.map { try card($0, reader, holding, clock, now) }
            var lines: [InstanceLine] = []
            for campaign in campaigns {
                for line in try instances(of: campaign.name, reader, clock, now) {
                    if let known = lines.firstIndex(where: { $0.name == line.name }) {
                        lines[known].campaigns.append(campaign.name)
                    } else {
                        lines.append(line)
                    }
                }
            }
            let alarms = try reader.hearing(now: now).flatMap { alarms(of: $0, clock) }
            return Overview(campaigns: cards, instances: lines, alarms: alarms, zone: clock.name)
        }
    }

    func campaign(_ name: String, zone: String?) async throws -> CampaignView {
        let (found, asOf) = await problems.latest(of: name)
        return try await reads { reader in
            guard let overview = try reader.overviews(of: [name]).first else { throw DashboardError.notFound }
            let now = SystemEnvironment.now()
            let clock = zone.flatMap { TimeZone(identifier: $0) }.map { LocalClock($0) }
            let ownClock = try clock ?? reader.clock(of: [name])
            let holding = WriterLock.holding(ofDatabase: databasePath)
            var view = CampaignView(
                card: try card(overview, reader, holding, ownClock, now), zone: ownClock.name)
            view.happened = try reader.outcomes(campaign: name).phrases
            view.instances = try instances(of: name, reader, ownClock, now)
            let ids = Set(try reader.instances(campaign: name, now: now).map(\.id))
            view.alarms = try reader.hearing(now: now).filter { ids.contains($0.instance) }
                .flatMap { alarms(of: $0, ownClock) }
            view.problems = found
            view.problemsAsOf = asOf.map { Phrase("as of ", "de ") + ownClock.text($0) }
            view.actions = Self.actions(overview, isDialed: holding.holder?.dialing.contains(name) ?? false)
            return view
        }
    }

    private func card(
        _ campaign: CampaignOverview, _ reader: StoreReader, _ holding: WriterLock.Holding, _ clock: LocalClock,
        _ now: Timestamp
    ) throws -> CampaignCard {
        let status = try CampaignStatus(
            reader, of: campaign.name, holding: holding, now: now, uptime: SystemEnvironment.uptime())
        let state = campaign.state(holding)
        var card = CampaignCard(
            name: campaign.name, state: state.phrase, tone: state.tone, counts: campaign.counts, why: status.doing)
        card.answered = campaign.answered
        card.notAnswered = campaign.notAnswered
        card.repliesWaiting = try reader.replyCount(ReplyChoice(campaign: campaign.name, isUndecided: true))
        card.lastCall = campaign.lastCallAt.map { clock.text($0) }
        return card
    }

    private func instances(
        of campaign: String, _ reader: StoreReader, _ clock: LocalClock, _ now: Timestamp
    ) throws -> [InstanceLine] {
        let uptime = SystemEnvironment.uptime()
        let calendar = WindowCalendar(window: nil, zone: try reader.clock(of: [campaign]).zone)
        let moment = LimitClock.moment(
            wall: now, uptime: uptime, believedOffset: try reader.believedOffset(boot: uptime.boot))
        return try reader.instances(campaign: campaign, now: now).map { status in
            InstanceReport(status, calendar: calendar, moment: moment).line(of: campaign, status.condition, clock)
        }
    }

    private func alarms(of heard: InstanceHearing, _ clock: LocalClock) -> [Phrase] {
        let suggested = SuggestedCommands()
        return [
            heard.restPhrase(of: heard.name, suggested, clock), heard.silencePhrase(of: heard.name, suggested, clock),
        ].compactMap(\.self).map { Phrase(verbatim: "\(heard.name): ") + $0 }
    }

    /// What makes sense now.
    private static func actions(_ campaign: CampaignOverview, isDialed: Bool) -> Set<CampaignAction> {
        let isOpen = campaign.counts.ready + campaign.counts.dialing > 0
        if campaign.activity.isBeingCancelled { return [] }
        if campaign.activity.pause != nil { return isOpen ? [.resume, .cancel] : [.resume] }
        if isDialed { return [.pause, .stop, .cancel] }
        return isOpen ? [.start, .canary, .pause, .cancel] : []
    }

    private static func clock(_ zone: String?) -> LocalClock {
        zone.flatMap { TimeZone(identifier: $0) }.map { LocalClock($0) } ?? .machine
    }
}

extension CampaignWord {
    /// How a page shows it.
    fileprivate var tone: String {
        switch self {
        case .active: "good"
        case .paused: "warn"
        default: ""
        }
    }
}
