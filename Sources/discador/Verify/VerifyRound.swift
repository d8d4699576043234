import CampaignCore
import CampaignStore
import Foundation
import Logging
import ZAPISimulator

/// One round: a fresh database and a fresh simulator, dialled by runs that are killed until everybody's turn is over.
struct VerifyRound {
    /// How long a run may give no sign before it is killed after all.
    private static let patience = (killed: Duration.seconds(20), undisturbed: Duration.seconds(120))
    private static let mostUnexpectedEnds = 5

    let rules: RoundRules
    let folder: RoundFolder
    /// Contacts of each campaign.
    let contacts: [String: Int]
    /// Runs that are still to be killed; the round may end before.
    let killsWanted: Int
    private var random: SeededGenerator
    private var tally = VerifyTally()

    init(number: Int, seed: UInt64, contacts: Int, killsWanted: Int, parent: String) {
        random = SeededGenerator(seed: seed)
        rules = RoundRules(seed: seed, using: &random)
        folder = RoundFolder(path: "\(parent)/round-\(number)")
        let share = contacts / rules.campaigns.count
        var contactsOf = Dictionary(uniqueKeysWithValues: rules.campaigns.map { ($0, share) })
        contactsOf[rules.campaigns[0]] = contacts - share * (rules.campaigns.count - 1)
        self.contacts = contactsOf
        self.killsWanted = killsWanted
    }

    /// Plays the round and audits it.
    mutating func play() async throws -> VerifyTally {
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        let simulator = try await ZAPISimulator.start(
            SimulatorConfiguration(scenario: rules.scenario, ledgerPath: folder.ledger),
            logger: Logger(label: "simulator") { _ in SwiftLogNoOpLogHandler() })
        do {
            let blocked = try await folder.prepare(rules, contacts: contacts, baseURL: simulator.baseURL)
            try await dial(simulator)
            // Whatever was held rings now, before anything is counted.
            for instance in RoundRules.instances { try simulator.connect(instance: instance) }
            try audit(simulator.ledger(), blocked: blocked)
        } catch {
            await simulator.shutdown()
            throw error
        }
        await simulator.shutdown()
        tally.rounds = 1
        return tally
    }

    private mutating func dial(_ simulator: ZAPISimulator) async throws {
        let seed = random.next()
        try await withThrowingTaskGroup(of: Void.self) { group in
            if rules.disconnects {
                group.addTask { await Disconnections(simulator: simulator, seed: seed).play() }
            }
            defer { group.cancelAll() }
            var unfinished = rules.campaigns
            while let campaign = unfinished.randomElement(using: &random) {
                let end = try await start(campaign, simulator)
                switch end {
                case .exited(ExitStatus.success.rawValue), .exited(ExitStatus.finishedWithFailures.rawValue):
                    unfinished.removeAll { $0 == campaign }
                case .exited, .killed, .crashed:
                    break
                }
                guard tally.unexpectedEnds.count < Self.mostUnexpectedEnds else { return }
            }
        }
    }

    /// Starts a run of `campaign` and does to it what was drawn.
    private mutating func start(_ campaign: String, _ simulator: ZAPISimulator) async throws -> RunProcess.End {
        let hasKills = tally.kills < killsWanted
        let plan = hasKills ? StartPlan.draw(canFillDisk: rules.fillsDisk, using: &random) : .undisturbed
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
        case .killed, .exited, .crashed:
            tally.unexpectedEnds.append("run \(campaign): \(end)\n" + stderr.map { "  " + $0 }.joined(separator: "\n"))
        }
        return end
    }

    /// Waits for the moment to kill a run; false when the run ended before.
    private static func moment(of kill: StartPlan.Kill?, _ simulator: ZAPISimulator) async -> Bool {
        let clock = Surroundings.clock
        let patience = kill == nil ? patience.undisturbed : patience.killed
        var seen = (lines: simulator.linesInLedger, at: clock.now)
        let wanted = kill.map { seen.lines + $0.lines } ?? .max
        do {
            while seen.lines < wanted, clock.now < seen.at + patience {
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

    private mutating func audit(_ ledger: [LedgerEntry], blocked: Set<String>) throws {
        let reader = try StoreReader(path: folder.database)
        let campaigns = rules.campaigns.map {
            AuditScope.Campaign(name: $0, contacts: contacts[$0], gap: rules.campaignGap)
        }
        var scope = AuditScope(campaigns: campaigns)
        scope.instances = RoundRules.instances.map { .init(name: $0, id: $0, gap: rules.instanceGap) }
        scope.blocked = blocked
        scope.arrivalTolerance = VerifyTally.arrivalTolerance
        tally.audit = try LedgerAudit(ledger, scope, reader: reader)
        tally.resultsLeftInSpool = try reader.spooledResults()
        tally.damage = try reader.examine().map(\.text)
    }
}

/// Takes instances' phones away, one at a time, for moments short enough that most of the calls go on elsewhere.
private struct Disconnections {
    let simulator: ZAPISimulator
    let seed: UInt64

    /// Goes on until it is cancelled.
    func play() async {
        var random = SeededGenerator(seed: seed)
        while (try? await Surroundings.clock.sleep(for: .milliseconds(Int.random(in: 300...1500, using: &random))))
            != nil
        {
            guard let instance = RoundRules.instances.randomElement(using: &random) else { return }
            simulator.disconnect(instance: instance, for: .milliseconds(Int.random(in: 50...400, using: &random)))
        }
    }
}
