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
        try await reads.quick { reader in
            let clock = Self.clock(zone) ?? .machine
            let holding = WriterLock.holding(ofDatabase: databasePath)
            let now = SystemEnvironment.now()
            var (cards, lines): ([CampaignCard], [InstanceLine]) = ([], [])
            for campaign in try reader.overviews() {
                let facts = try CampaignFacts(
                    reader, of: campaign.name, holding: holding, now: now, uptime: SystemEnvironment.uptime())
                cards.append(card(campaign, facts, clock))
                for line in self.instances(facts, clock) {
                    if let known = lines.firstIndex(where: { $0.name == line.name }) {
                        lines[known].campaigns.append(campaign.name)
                    } else {
                        lines.append(line)
                    }
                }
            }
            let alarms = try reader.hearing(now: now).flatMap { self.alarms(of: $0, clock) }
            return Overview(campaigns: cards, instances: lines, alarms: alarms, zone: clock.name)
        }
    }

    func campaign(_ name: String, zone: String?) async throws -> CampaignView {
        let (found, asOf) = await problems.latest(of: name)
        return try await reads.quick { reader in
            guard let overview = try reader.overviews(of: [name]).first else { throw DashboardError.noCampaign(name) }
            let holding = WriterLock.holding(ofDatabase: databasePath)
            let facts = try CampaignFacts(
                reader, of: name, holding: holding, now: SystemEnvironment.now(), uptime: SystemEnvironment.uptime())
            let clock = Self.clock(zone) ?? facts.clock
            var view = CampaignView(card: card(overview, facts, clock), zone: clock.name)
            view.happened = try reader.outcomes(campaign: name).phrases
            view.instances = instances(facts, clock)
            view.alarms = facts.hearing.flatMap { alarms(of: $0, clock) }
            view.problems = found
            view.problemsAsOf = asOf.map { Phrase("as of ", "de ") + clock.text($0) }
            view.chart = try CampaignChart(reader, facts, lastCall: overview.lastCallAt, clock)?.chart
            view.actions = Self.actions(facts)
            return view
        }
    }

    private func card(_ campaign: CampaignOverview, _ facts: CampaignFacts, _ clock: LocalClock) -> CampaignCard {
        let status = facts.status()
        let word = campaign.state(facts.holding)
        let why = status.sentence(TimeWords(clock), withRemedy: true)
        var card = CampaignCard(
            name: campaign.name, state: word.phrase, tone: word.tone, counts: campaign.counts, why: why)
        card.answered = campaign.answered
        card.notAnswered = campaign.notAnswered
        card.repliesWaiting = facts.repliesWaiting
        card.lastCall = campaign.lastCallAt.map { clock.text($0) }
        return card
    }

    private func instances(_ facts: CampaignFacts, _ clock: LocalClock) -> [InstanceLine] {
        facts.instances.map { status in
            var line = InstanceReport(status, calendar: facts.calendar, moment: facts.moment)
                .line(of: facts.campaign, status.condition, clock)
            line.next = status.nextAt.flatMap { $0 > facts.now ? clock.text($0) : nil }
            return line
        }
    }

    private func alarms(of heard: InstanceHearing, _ clock: LocalClock) -> [Phrase] {
        let suggested = SuggestedCommands()
        return [
            heard.restPhrase(of: heard.name, suggested, clock), heard.silencePhrase(of: heard.name, suggested, clock),
        ].compactMap(\.self).map { Phrase(verbatim: "\(heard.name): ") + $0 }
    }

    /// What makes sense now.
    private static func actions(_ facts: CampaignFacts) -> Set<CampaignAction> {
        let isOpen = facts.counts.ready + facts.counts.dialing > 0
        if facts.activity.isBeingCancelled { return [] }
        if facts.activity.pause != nil { return isOpen ? [.resume, .cancel] : [.resume] }
        if facts.runner != nil { return [.pause, .stop, .cancel] }
        return isOpen ? [.start, .canary, .pause, .cancel] : []
    }

    private static func clock(_ zone: String?) -> LocalClock? {
        TimeZone(browser: zone).map { LocalClock($0) }
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
