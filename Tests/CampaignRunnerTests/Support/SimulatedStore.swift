import CampaignCore

/// What the store keeps, in memory: enough for a dispatcher that is killed and begins again.
struct SimulatedStore {
    /// The contacts of a campaign that may still be called.
    struct Contacts {
        /// Those that are due at any time.
        var due = 0
        /// When the others are due, on the clock of the limits.
        var later: [Timestamp] = []

        var ready: Int { due + later.count }

        func isDue(_ moment: Timestamp, besides count: Int = 0) -> Bool {
            due + later.count { $0 <= moment } > count
        }

        /// One of those that are due by now; false when there is none.
        mutating func take(by now: Timestamp) -> Bool {
            if let index = later.firstIndex(where: { $0 <= now }) {
                later.remove(at: index)
            } else if due > 0 {
                due -= 1
            } else {
                return false
            }
            return true
        }
    }

    /// An intent without a result.
    private struct Open: Hashable {
        var campaign: Int
        var instance: String
        var attempt: Int64
    }

    /// By the campaign's place in the list of all.
    var contacts: [Contacts]
    /// The strictest limits of all campaigns that have ever used an instance, by its id.
    private(set) var limits: [String: InstanceLimits] = [:]
    /// Calls that counted when they were claimed and may have reached someone, by attempt.
    private(set) var counted: [Int64: (instance: String, at: Timestamp)] = [:]
    private(set) var attempts: Int64 = 0
    private var marks: [String: PaceMoment] = [:]
    private var campaignMarks: [Int: PaceMoment] = [:]
    private var believed: (boot: String, offset: Int64)?
    private var uses: [String: [Int64: Int]] = [:]
    private var open: Set<Open> = []

    init(campaigns: Int) { contacts = Array(repeating: Contacts(), count: campaigns) }

    /// A campaign begins.
    ///
    /// - Parameters:
    ///   - place: its place in the list of all.
    ///   - dialed: the places of those that are being dialed.
    mutating func begin(_ campaign: Campaign, _ place: Int, besides dialed: [Campaign], boot: String) -> RunSnapshot {
        let known = Set(dialed.flatMap(\.instances).map(\.id))
        let isUncertain = open.contains { $0.campaign == place }
        var snapshot = RunSnapshot.unused(campaign, ready: contacts[place].ready)
        for (index, instance) in campaign.instances.enumerated() {
            limits[instance.id, default: InstanceLimits(instance)].tighten(by: InstanceLimits(instance))
            snapshot.instances[index].limits = limits[instance.id] ?? InstanceLimits(instance)
            snapshot.instances[index].uses = (uses[instance.id] ?? [:]).map {
                QuarterHourUse(quarter: $0.key, calls: $0.value)
            }
            snapshot.instances[index].pace = Self.mark(
                marks[instance.id], !known.contains(instance.id) && open.contains { $0.instance == instance.id })
        }
        snapshot.campaignPace = Self.mark(campaignMarks[place], isUncertain)
        snapshot.believedOffset = believed?.boot == boot ? believed?.offset : nil
        open = open.filter { $0.campaign != place }
        return snapshot
    }

    private static func mark(_ moment: PaceMoment?, _ isUncertain: Bool) -> PaceMark {
        PaceMark(nextAt: moment?.at ?? .epoch, nextUptime: moment?.uptime, isUncertain: isUncertain)
    }

    /// Writes a batch.
    ///
    /// - Parameters:
    ///   - campaigns: the places of the campaigns, by number.
    ///   - instances: the ids of the instances, by number.
    mutating func commit(
        _ batch: CommitBatch, campaigns: [Int: Int], instances: [String], boot: String
    ) -> CommitResult {
        for result in batch.results { record(result) }
        for (instance, mark) in batch.paces { marks[instances[instance]] = mark }
        if let offset = batch.believedOffset { believed = (boot, offset) }
        return CommitResult(
            campaigns: batch.campaigns.map { own in
                guard let place = campaigns[own.campaign] else { return CampaignCommit() }
                if let pace = own.pace { campaignMarks[place] = pace }
                return claim(own, place, instances, at: batch.limitNow)
            })
    }

    private mutating func claim(
        _ batch: CampaignBatch, _ place: Int, _ instances: [String], at now: Timestamp
    ) -> CampaignCommit {
        var commit = CampaignCommit()
        for instance in batch.claims {
            guard contacts[place].take(by: now) else { break }
            attempts += 1
            guard let phone = PhoneNumber(value: 5_511_900_000_000 + attempts) else { continue }
            var call = ClaimedCall(
                attempt: AttemptID(contact: attempts, number: 1), phone: phone, callDuration: nil, instance: instance,
                tries: (used: 0, throttlesInARow: 0))
            call.count = LimitCount(at: now, isNewRecipient: true)
            uses[instances[instance], default: [:]][QuarterHourUse.quarter(of: now), default: 0] += 1
            counted[attempts] = (instances[instance], now)
            open.insert(Open(campaign: place, instance: instances[instance], attempt: attempts))
            commit.calls.append(call)
        }
        if commit.calls.count < batch.claims.count {
            commit.rest = contacts[place].later.min().map { .dueAt($0) } ?? .empty
        }
        if batch.expires {
            commit.excluded = contacts[place].ready
            commit.rest = .empty
            contacts[place] = Contacts()
        }
        if batch.wantsCounts {
            var counts = StateCounts()
            counts.ready = contacts[place].ready
            // Those that have just been claimed begin after the counts have been taken over.
            counts.dialing = open.count { $0.campaign == place }
            commit.counts = counts
        }
        return commit
    }

    private mutating func record(_ result: AttemptResult) {
        let attempt = result.attempt.contact
        guard let intent = open.first(where: { $0.attempt == attempt }) else { return }
        open.remove(intent)
        if result.state == .ready { contacts[intent.campaign].later.append(result.dueAt) }
        guard let count = result.takesBack else { return }
        counted[attempt] = nil
        uses[intent.instance]?[QuarterHourUse.quarter(of: count.at), default: 1] -= 1
    }
}
