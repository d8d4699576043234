import CampaignCore
import CampaignFile
import CampaignStore
import Dashboard
import Foundation
import Reports

/// Plans for browsers. That of many contacts takes a while: it is worked out beside the pages, and kept for some seconds.
actor ServedPlans: PlanSource {
    /// How long a plan is shown before it is worked out again.
    private static let age = Duration.seconds(15)
    /// Waiting contacts that a page can look at while somebody waits for it.
    private static let few = 10_000

    private struct Kept {
        var plan: CampaignOutlook.Plan
        var campaign: Campaign
        var at: Timestamp
    }

    private struct Found: Sendable {
        var file: String
        var loaded: Result<LoadedCampaign, any Error>
        var waiting: Int
        var last: [CampaignSetting]
        var lastRun: Phrase?
    }

    private let reads: StoreReads
    private let environmentFile: String?
    private let longReads: OneAtATime
    private var kept: [String: Kept] = [:]
    private var making: Set<String> = []

    init(_ reads: StoreReads, environmentFile: String?, longReads: OneAtATime) {
        self.reads = reads
        self.environmentFile = environmentFile
        self.longReads = longReads
    }

    func plan(of campaign: String, in timeZone: String?) async throws -> CampaignOutlook {
        let file = environmentFile
        let found = try await reads { try Self.find($0, campaign, environmentFile: file, timeZone) }
        var outlook = CampaignOutlook(
            plan: nil, file: URL(fileURLWithPath: found.file).lastPathComponent, problems: [], settingsNow: [],
            settingsAtLastRun: found.last, lastRun: found.lastRun)
        switch found.loaded {
        case .failure(let error): outlook.problems = Self.problems(error)
        case .success(let loaded):
            outlook.settingsNow = loaded.campaign.settings
            outlook.plan = try await plan(of: loaded.campaign, waiting: found.waiting)
        }
        return outlook
    }

    private func plan(of campaign: Campaign, waiting: Int) async throws -> CampaignOutlook.Plan? {
        if waiting <= Self.few { return try await reads { try Self.make($0, campaign) } }
        let known = kept[campaign.name].flatMap { $0.campaign == campaign ? $0 : nil }
        let isNew = known.map { $0.at.duration(to: SystemEnvironment.now()) < Self.age } ?? false
        if !isNew, making.insert(campaign.name).inserted {
            // Whoever looks meanwhile sees the one before, or that it is being worked out.
            Task {
                let plan = try? await longReads.run { [reads] in try await reads { try Self.make($0, campaign) } }
                end(campaign, plan)
            }
        }
        return known?.plan
    }

    private func end(_ campaign: Campaign, _ plan: CampaignOutlook.Plan?) {
        making.remove(campaign.name)
        kept[campaign.name] = plan.map { Kept(plan: $0, campaign: campaign, at: SystemEnvironment.now()) }
    }

    @inline(never)
    private static func find(
        _ reader: StoreReader, _ campaign: String, environmentFile: String?, _ timeZone: String?
    ) throws -> Found {
        let onDisk = try CampaignOnDisk(reader, named: campaign)
        let zone = timeZone.flatMap { TimeZone(identifier: $0) }
        let clock = LocalClock(try zone ?? reader.timeZone(of: campaign))
        let loaded: Result<LoadedCampaign, any Error> = Result {
            var loaded = try onDisk.loadWithoutSecrets(environmentFile: environmentFile)
            try loaded.campaign.adoptKnownIdentifiers(reader)
            return loaded
        }
        return Found(
            file: onDisk.file, loaded: loaded, waiting: try reader.counts(campaign: campaign).ready,
            last: try reader.lastSettings(campaign: campaign)?.list ?? [],
            lastRun: try reader.lastRun(campaign: campaign).map { clock.alone($0.begunAt) })
    }

    @inline(never)
    private static func make(_ reader: StoreReader, _ campaign: Campaign) throws -> CampaignOutlook.Plan {
        var plan = try CampaignPlan(
            reader, of: campaign, now: SystemEnvironment.now(), uptime: SystemEnvironment.uptime(), whatsApp: nil)
        plan.suggested = nil
        return plan.outlook
    }

    private static func problems(_ error: any Error) -> [CampaignOutlook.Problem] {
        guard let error = error as? CampaignFileError else {
            return [CampaignOutlook.Problem(line: nil, sentence: Phrase(of: error))]
        }
        return error.problems.map { CampaignOutlook.Problem(line: $0.line, sentence: $0.sentence) }
    }
}

extension Campaign {
    /// Gives instances whose id is a variable that is not set the id that the database knows by their name.
    fileprivate mutating func adoptKnownIdentifiers(_ reader: StoreReader) throws {
        guard instances.contains(where: CampaignLocator.isUnknown) else { return }
        let known = try reader.instances(campaign: name, now: SystemEnvironment.now())
        for (index, instance) in instances.enumerated() where CampaignLocator.isUnknown(instance) {
            guard let id = known.first(where: { $0.name == instance.name })?.id else { continue }
            instances[index].id = id
        }
    }
}

extension CampaignPlan {
    /// The plan for a page.
    fileprivate var outlook: CampaignOutlook.Plan {
        let left = others.filter { $0.0 > 0 }.map { CampaignOutlook.Figure($0.0, $0.1) }
        let excluded = self.excluded.map { reason in
            CampaignOutlook.Figure(
                reason.contacts, Phrase { $0.reportWords.reason(reason.reason, of: reason.state) })
        }
        var lines = heldBackLine + perPersonLines + heldByReplyLine
        lines.append(Phrase("Pace: ", "Ritmo: ") + pace)
        lines += [campaign.pacePhrase, campaign.redialPhrase].compactMap(\.self)
        let limits = Language.allCases.map { InstanceToday.lines(today, $0) }
        lines += zip(limits[0], limits[1]).map { Phrase($0, $1) }
        lines.append(Phrase("Window: ", "Horário de ligação: ") + campaign.windowPhrase)
        lines += (clocks?.phrases ?? []) + endLines + clockName
        return CampaignOutlook.Plan(callable: summary.counts.ready, others: excluded + left, lines: lines)
    }
}
