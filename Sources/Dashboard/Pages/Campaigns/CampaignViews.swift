package import CampaignCore

/// Everything at a glance.
package struct Overview: Sendable {
    package var campaigns: [CampaignCard]
    package var instances: [InstanceLine]
    /// What is wrong and needs somebody.
    package var alarms: [Phrase]
    /// Of which zone its times are.
    package var zone: Phrase

    package init(campaigns: [CampaignCard], instances: [InstanceLine], alarms: [Phrase], zone: Phrase) {
        (self.campaigns, self.instances, self.alarms, self.zone) = (campaigns, instances, alarms, zone)
    }
}

/// A campaign in a few lines.
package struct CampaignCard: Sendable {
    package var name: String
    package var state: Phrase
    /// `good`, `warn`, `bad`, or empty.
    package var tone: String
    package var counts: StateCounts
    package var answered = 0
    package var notAnswered = 0
    package var repliesWaiting = 0
    /// Why nothing is dialed right now, or that it is being dialed.
    package var why: Phrase
    package var lastCall: Phrase?

    package init(name: String, state: Phrase, tone: String, counts: StateCounts, why: Phrase) {
        (self.name, self.state, self.tone, self.counts, self.why) = (name, state, tone, counts, why)
    }
}

/// An instance in a row.
package struct InstanceLine: Sendable {
    package var name: String
    package var state: Phrase
    /// `good`, `warn`, `bad`, or empty.
    package var tone: String
    /// Why it is not connected.
    package var detail: Phrase?
    /// What it has placed today, and what is left.
    package var today: Phrase
    /// When it may place the next call; nil: now, or not known.
    package var next: Phrase?
    package var campaigns: [String]

    package init(name: String, state: Phrase, tone: String, today: Phrase, campaigns: [String]) {
        (self.name, self.state, self.tone, self.today, self.campaigns) = (name, state, tone, today, campaigns)
    }
}

/// People who share a problem, and what helps.
package struct ProblemGroup: Sendable {
    package var state: Phrase
    package var reason: Phrase
    package var contacts: Int
    package var remedy: Phrase?
    /// The expression that finds them.
    package var filter: String

    package init(state: Phrase, reason: Phrase, contacts: Int, remedy: Phrase?, filter: String) {
        (self.state, self.reason, self.contacts, self.remedy, self.filter) = (state, reason, contacts, remedy, filter)
    }
}

/// What can be done with a campaign as a whole.
package enum CampaignAction: String, Sendable, CaseIterable {
    case start, canary, stop, pause, resume, cancel
}

/// A campaign, as its page shows it.
package struct CampaignView: Sendable {
    package var card: CampaignCard
    /// What was delivered, called back, replied, opted out.
    package var happened: [Phrase] = []
    /// Speed, forecast, who dials it, pauses.
    package var details: [Phrase] = []
    package var alarms: [Phrase] = []
    package var instances: [InstanceLine] = []
    package var problems: [ProblemGroup] = []
    /// As of when the problems are, where that is not now.
    package var problemsAsOf: Phrase?
    package var chart: BarChart?
    package var actions: Set<CampaignAction> = []
    package var zone: Phrase

    package init(card: CampaignCard, zone: Phrase) {
        (self.card, self.zone) = (card, zone)
    }
}

/// What the pages about campaigns show.
package protocol CampaignSource: Sendable {
    /// - Parameter zone: the browser's time zone; nil: the machine's.
    func overview(zone: String?) async throws -> Overview
    func campaign(_ name: String, zone: String?) async throws -> CampaignView
}

/// What is done with campaigns from their pages. Each says what it has done.
package protocol CampaignSteering: Sendable {
    /// - Parameter canary: how many calls are placed first, and judged before the others; nil: none.
    func start(_ campaign: String, canary: Int?, by actor: Actor) async throws -> Phrase
    /// Ends its run, once the calls under way have ended.
    func stop(_ campaign: String, by actor: Actor) async throws -> Phrase
    func pause(_ campaign: String, by actor: Actor) async throws -> Phrase
    func resume(_ campaign: String, by actor: Actor) async throws -> Phrase
    func cancel(_ campaign: String, by actor: Actor) async throws -> Phrase
}
