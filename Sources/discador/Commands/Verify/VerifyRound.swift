import CampaignCore
import CampaignStore
import Foundation
import Logging
import ZAPISimulator

/// One round: a fresh database and a fresh simulator, dialed by runs that are killed until all contacts are done.
struct VerifyRound {
    /// How long a run may make no progress before it is killed anyway.
    private static let timeout = (killed: Duration.seconds(20), undisturbed: Duration.seconds(120))
    private static let maxUnexpectedEnds = 5
    /// How many contacts a usual round has for each contact of a slow one.
    private static let slowness = 8

    let rules: RoundRules
    let folder: RoundFolder
    /// Contacts of each campaign.
    let contacts: [String: Int]
    /// Runs still to be killed; the round may end before.
    let killsWanted: Int
    private var random: SplitMix64
    private var tally = VerifyTally()

    init(number: Int, seed: UInt64, contacts: Int, killsWanted: Int, parent: String) {
        random = SplitMix64(seed: seed)
        rules = RoundRules(seed: seed, using: &random)
        folder = RoundFolder(path: "\(parent)/round-\(number)")
        let contacts = rules.isSlow ? max(contacts / Self.slowness, rules.campaigns.count) : contacts
        let share = contacts / rules.campaigns.count
        var contactsOf = Dictionary(uniqueKeysWithValues: rules.campaigns.map { ($0, share) })
        contactsOf[rules.campaigns[0]] = contacts - share * (rules.campaigns.count - 1)
        self.contacts = contactsOf
        self.killsWanted = killsWanted
    }

    /// Plays the round and audits it.
    mutating func play() async throws -> VerifyTally {
        try FileManager.default.createDirectory(
            atPath: folder.path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let simulator = try await ZAPISimulator.start(
            SimulatorConfiguration(scenario: rules.scenario, ledgerPath: folder.ledger),
            logger: Logger(label: "simulator") { _ in SwiftLogNoOpLogHandler() })
        do {
            let blocked = try await folder.prepare(rules, contacts: contacts, baseURL: simulator.baseURL)
            let blockedSince = try await dial(simulator)
            // Calls that were held ring now, before anything is counted.
            for instance in rules.instances { try simulator.connect(instance: instance) }
            try audit(simulator.ledger(), blocked: blocked, since: blockedSince)
        } catch {
            await simulator.shutdown()
            throw error
        }
        await simulator.shutdown()
        tally.rounds = 1
        return tally
    }

    /// Dials all campaigns to their end.
    ///
    /// - Returns: the numbers that were blocked during the runs, with the time since which they are.
    private mutating func dial(_ simulator: ZAPISimulator) async throws -> [String: Int64] {
        let (seed, besideSeed) = (random.next(), random.next())
        let beside = try await withThrowingTaskGroup(of: ConcurrentCommands.Tally?.self) { group in
            if rules.disconnects {
                group.addTask { [instances = rules.instances] in
                    await Disconnections(simulator: simulator, instances: instances, seed: seed).play()
                    return nil
                }
            }
            if rules.hasConcurrentCommands {
                group.addTask { [folder, campaigns = rules.campaigns] in
                    await ConcurrentCommands(folder: folder, campaigns: campaigns, seed: besideSeed).play()
                }
            }
            defer { group.cancelAll() }
            try await dialToTheEnd(simulator)
            group.cancelAll()
            return try await group.reduce(into: ConcurrentCommands.Tally()) { sum, tally in if let tally { sum = tally }
            }
        }
        guard rules.hasConcurrentCommands else { return [:] }
        tally.commandsBeside = beside.commands
        tally.blockedBeside = beside.blocked.count
        tally.unexpectedEnds += beside.unexpectedEnds
        // Imports that a killed run did not finish are repeated, and dialed.
        for campaign in rules.campaigns {
            let lists = (0..<RoundFolder.furtherLists).map { folder.furtherList($0, of: campaign) }
            try await finish(["import", folder.campaign(campaign)] + lists)
        }
        try await dialToTheEnd(simulator)
        return beside.blocked
    }

    private mutating func dialToTheEnd(_ simulator: ZAPISimulator) async throws {
        var unfinished = rules.campaigns
        while let campaign = unfinished.randomElement(using: &random) {
            let end = try await start(campaign, simulator)
            switch end {
            case .exited(ExitStatus.success.rawValue), .exited(ExitStatus.finishedWithFailures.rawValue):
                unfinished.removeAll { $0 == campaign }
            case .exited, .killed, .crashed:
                break
            }
            guard tally.unexpectedEnds.count < Self.maxUnexpectedEnds else { return }
        }
    }

    /// Runs a command that must succeed.
    private mutating func finish(_ arguments: [String]) async throws {
        let process = RunProcess(
            arguments: arguments + ["--db", folder.database, "--quiet"], environment: RoundFolder.environment)
        let (end, stderr) = try await process.run(killedAt: { false })
        guard end != .exited(ExitStatus.success.rawValue) else { return }
        tally.unexpectedEnds.append("\(arguments): \(end)\n" + stderr.joined(separator: "\n"))
    }

    /// Starts a run of `campaign` and does to it what `StartPlan` has drawn.
    private mutating func start(_ campaign: String, _ simulator: ZAPISimulator) async throws -> RunProcess.End {
        let hasKills = tally.kills < killsWanted
        let plan = hasKills ? StartPlan.draw(rules, using: &random) : .undisturbed
        var process = RunProcess(
            arguments: ["run", folder.campaign(campaign), "--db", folder.database, "--quiet"],
            environment: RoundFolder.environment)
        if let room = plan.room { process.largestFile = folder.largestFile() + room }
        let (end, stderr) = try await process.run(killedAt: { await Self.moment(of: plan.kill, simulator) })
        tally.starts += 1
        try Task.checkCancellation()
        switch end {
        case .killed where plan.kill != nil: tally.kills += 1
        case .exited(ExitStatus.disk.rawValue) where plan.room != nil:
            tally.fullDisks += 1
            tally.resultsSpooled += try StoreReader(path: folder.database).spooledResults()
        case .exited(ExitStatus.success.rawValue), .exited(ExitStatus.finishedWithFailures.rawValue): break
        // An import that found no run to serve it is holding the database.
        case .exited(ExitStatus.held.rawValue) where rules.hasConcurrentCommands: break
        case .killed, .exited, .crashed:
            tally.unexpectedEnds.append("run \(campaign): \(end)\n" + stderr.map { "  " + $0 }.joined(separator: "\n"))
        }
        return end
    }

    /// Waits for the moment to kill a run; false when the run has ended before.
    private static func moment(of kill: StartPlan.Kill?, _ simulator: ZAPISimulator) async -> Bool {
        let clock = SystemEnvironment.clock
        let timeout = kill == nil ? timeout.undisturbed : timeout.killed
        var seen = (lines: simulator.linesInLedger, at: clock.now)
        let wanted = kill.map { seen.lines + $0.lines } ?? .max
        do {
            while seen.lines < wanted, clock.now < seen.at + timeout {
                try await clock.sleep(for: .milliseconds(1))
                let lines = simulator.linesInLedger
                if lines > seen.lines { seen = (lines, clock.now) }
            }
            if let kill { try await clock.sleep(for: kill.delay) }
            return true
        } catch {
            return false
        }
    }

    private mutating func audit(
        _ ledger: [LedgerEntry], blocked: Set<String>, since blockedSince: [String: Int64]
    ) throws {
        let reader = try StoreReader(path: folder.database)
        let campaigns = rules.campaigns.map {
            let further = rules.hasConcurrentCommands ? RoundFolder.furtherContacts : 0
            return AuditScope.Campaign(
                name: $0, contacts: contacts[$0].map { $0 + further }, gap: rules.campaignGap)
        }
        var scope = AuditScope(campaigns: campaigns)
        scope.instances = rules.instances.map { .init(name: $0, id: $0, gap: rules.instanceGap) }
        scope.blocked = blocked
        scope.blockedSince = blockedSince
        scope.arrivalTolerance = VerifyTally.arrivalTolerance
        tally.audit = try LedgerAudit(reader, ledger, scope)
        tally.resultsLeftInSpool = try reader.spooledResults()
        tally.damage = try reader.examine().map(\.text)
    }
}

/// Disconnects instances, one at a time, so briefly that most calls go through the others.
private struct Disconnections {
    let simulator: ZAPISimulator
    let instances: [String]
    let seed: UInt64

    /// Runs until it is cancelled.
    func play() async {
        var random = SplitMix64(seed: seed)
        while (try? await SystemEnvironment.clock.sleep(for: .milliseconds(Int.random(in: 300...1500, using: &random))))
            != nil
        {
            guard let instance = instances.randomElement(using: &random) else { return }
            simulator.disconnect(instance: instance, for: .milliseconds(Int.random(in: 50...400, using: &random)))
        }
    }
}
