import CampaignCore
import CampaignStore
import Dashboard
import SourceCommit

/// Gathers what Prometheus asks for, from the database and from this process.
///
/// It is asked every few seconds for as long as the service lives: whatever it reads is kept or bounded, so that its cost
/// does not grow with the contacts or their calls.
struct MetricsCollector: Sendable {
    let measurements: ServiceMeasurements
    /// Where the database is.
    let database: String
    var now: @Sendable () -> Timestamp = SystemEnvironment.now

    /// All metrics, as text.
    ///
    /// - Parameter reader: of the service's database; blocks its thread.
    func text(_ reader: StoreReader) throws -> String {
        let begin = SystemEnvironment.clock.now
        var families = try families(reader)
        let taken = begin.duration(to: SystemEnvironment.clock.now)
        families.append(MetricFamily(.scrapeDuration, taken.inSeconds))
        return MetricsText.render(families)
    }

    /// What has been counted in the database and in this process.
    func families(_ reader: StoreReader) throws -> [MetricFamily] {
        var families: [MetricFamily] = []
        // All of one moment.
        try reader.snapshot { reader in
            let now = self.now()
            let instances = try InstanceMetrics(reader, at: now)
            families += try calls(reader, instances.labels)
            families += try campaigns(reader, at: now)
            families += instances.families
            families += try webhooks(reader, instances.labels, at: now)
            families.append(requests(instances.labels))
        }
        return families + service + Self.process
    }

    // MARK: Of the database

    private func calls(_ reader: StoreReader, _ labels: InstanceLabels) throws -> [MetricFamily] {
        var calls = MetricFamily(.calls)
        var settled = MetricFamily(.settledDoubts)
        var answered = MetricFamily(.answeredCalls)
        for total in try reader.callTotals() {
            let instance = labels[total.instance]
            for outcome in AttemptOutcome.allCases {
                calls.add(total.sums[outcome], total.campaign, instance, outcome.rawValue)
            }
            settled.add(total.sums.settled, total.campaign, instance)
            answered.add(total.sums.answered, total.campaign, instance)
        }
        return [calls, settled, answered]
    }

    private func campaigns(_ reader: StoreReader, at now: Timestamp) throws -> [MetricFamily] {
        var contacts = MetricFamily(.contacts)
        var doubts = MetricFamily(.doubts)
        var due = MetricFamily(.dueContacts)
        var oldest = MetricFamily(.oldestDue)
        var active = MetricFamily(.campaignActive)
        var paused = MetricFamily(.campaignPaused)
        var window = MetricFamily(.windowOpen)
        for campaign in try reader.overviews() {
            let name = campaign.name
            for state in CallState.allCases { contacts.add(campaign.counts[state], name, state.rawValue) }
            doubts.add(campaign.counts.inDoubt, name)
            active.add(campaign.activity.isActive, name)
            paused.add(campaign.activity.pause != nil, name)
            // Nobody waits for a campaign that is not to be dialed.
            guard campaign.activity.isActive else { continue }
            let turns = try reader.dueContacts(campaign: name, ready: campaign.counts.ready, at: now)
            due.add(turns.count, name)
            oldest.add(turns.since.map { $0.duration(to: now).inSeconds } ?? 0, name)
            if let doing = campaign.doing, campaign.activity.pause == nil { window.add(doing.word != .window, name) }
        }
        let replies = try reader.replyCount(ReplyChoice(isUndecided: true))
        return [contacts, doubts, due, oldest, active, paused, window, MetricFamily(.repliesWaiting, Double(replies))]
    }

    private func webhooks(
        _ reader: StoreReader, _ labels: InstanceLabels, at now: Timestamp
    ) throws -> [MetricFamily] {
        var events = MetricFamily(.events)
        for total in try reader.eventTotals() { events.add(total.events, labels[total.instance], total.type) }
        var silence = MetricFamily(.webhookSilence)
        for hearing in try reader.hearing(now: now) {
            let seconds = hearing.callsSince > 0 ? hearing.since.duration(to: now).inSeconds : 0
            silence.add(max(seconds, 0), labels[hearing.instance])
        }
        let lag = try reader.oldestWaitingEvent().map { $0.duration(to: now).inSeconds } ?? 0
        return [events, silence, MetricFamily(.inboxLag, max(lag, 0))]
    }

    // MARK: Of this process

    private func requests(_ labels: InstanceLabels) -> MetricFamily {
        MetricFamily(.requestDuration, measurements.requests) { $0.map { labels[$0] } }
    }

    private var service: [MetricFamily] {
        var families = [
            MetricFamily(.commitDuration, measurements.commits), MetricFamily(.httpDuration, measurements.pages),
        ]
        let disk = DiskReading(database: database)
        families.append(MetricFamily(.databaseSize, disk.databaseSize))
        if let free = disk.free { families.append(MetricFamily(.diskFree, free)) }
        var build = MetricFamily(.build)
        build.add(1, ProductVersion.current, SourceCommit.short() ?? "unknown")
        return families + [build]
    }

    private static var process: [MetricFamily] {
        guard let reading = ProcessReading() else { return [] }
        let files = reading.openFiles.map { [MetricFamily(.openFiles, Double($0))] } ?? []
        return [
            MetricFamily(.cpu, reading.cpuSeconds), MetricFamily(.residentMemory, Double(reading.residentBytes)),
            MetricFamily(.virtualMemory, Double(reading.virtualBytes)),
        ] + files + [
            MetricFamily(.maxFiles, Double(reading.maxFiles)), MetricFamily(.startTime, reading.startedAt),
        ]
    }
}
