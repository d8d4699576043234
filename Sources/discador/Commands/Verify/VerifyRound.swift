import CampaignCore
import CampaignStore
import Foundation
import Logging
import ZAPISimulator

/// One round: a fresh database and a fresh simulator, dialed by processes that are killed until all contacts are done.
struct VerifyRound {
    /// How many contacts a usual round has for each contact of a slow one.
    private static let slowness = 8

    let rules: RoundRules
    let folder: RoundFolder
    /// Contacts of each campaign.
    let contacts: [String: Int]
    /// Runs still to be killed; the round may end before.
    let killsWanted: Int
    /// Where services receive webhooks; nil when they receive none.
    private let receiving: ReceivingAddress?
    private var random: SplitMix64
    private var tally = VerifyTally()

    init(number: Int, seed: UInt64, contacts: Int, killsWanted: Int, parent: String) {
        random = SplitMix64(seed: seed)
        rules = RoundRules(seed: seed, using: &random)
        receiving = rules.hasWebhooks ? ReceivingAddress(using: &random) : nil
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
        try OutputTarget.makeFolder(folder.path, mode: 0o700)
        let simulator = try await ZAPISimulator.start(
            SimulatorConfiguration(scenario: rules.scenario, ledgerPath: folder.ledger),
            logger: Logger(label: "simulator") { _ in SwiftLogNoOpLogHandler() })
        do {
            let blocked = try await folder.prepare(rules, contacts: contacts, baseURL: simulator.baseURL)
            let meanwhile = try await dial(simulator)
            // Calls that were held ring now, before anything is counted. What webhooks would say of them, nobody hears.
            for instance in rules.instances { try simulator.connect(instance: instance) }
            try audit(simulator.ledger(), blocked: blocked, meanwhile)
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
    /// - Returns: what others have done meanwhile.
    private mutating func dial(_ simulator: ZAPISimulator) async throws -> Meanwhile {
        let state = RoundState(campaigns: rules.campaigns, kills: killsWanted)
        var processes = DialingProcesses(rules: rules, folder: folder, simulator: simulator, state: state)
        processes.receiving = receiving
        if let receiving {
            try await folder.finish(
                ["webhooks", "set", folder.campaign(rules.campaigns[0]), "--url", receiving.url], state)
        }
        let seeds = (0..<rules.processes).map { _ in random.next() }
        var meanwhile = Meanwhile()
        try await disturbed(simulator, &meanwhile) { [rules, folder, processes, seed = random.next()] in
            let pauses = try await withThrowingTaskGroup(of: Pauses.Tally?.self) { group in
                if rules.hasPauses {
                    group.addTask { await Pauses(folder: folder, campaigns: rules.campaigns, seed: seed).play() }
                }
                defer { group.cancelAll() }
                try await processes.play(seeds: seeds)
                group.cancelAll()
                return try await group.reduce(Pauses.Tally()) { $1 ?? $0 }
            }
            // Undisturbed, but beside other people's commands.
            if rules.hasPauses {
                for campaign in rules.campaigns { try await folder.finish(["resume", campaign], state) }
            }
            try await processes.finish(rules.campaigns)
            return pauses
        }
        if rules.hasConcurrentCommands {
            // Imports that a killed process did not finish are repeated, and dialed.
            for campaign in rules.campaigns {
                let lists = (0..<RoundFolder.furtherLists).map { folder.furtherList($0, of: campaign) }
                try await folder.finish(["import", folder.campaign(campaign)] + lists, state)
            }
            try await processes.finish(rules.campaigns)
        }
        tally = state.tally
        tally.commandsBeside = meanwhile.commands.commands
        tally.blockedBeside = meanwhile.commands.blocked.count
        tally.pauses = meanwhile.pauses.pauses.values.reduce(0) { $0 + $1.count }
        (tally.webhooks.looks, tally.webhooks.movedBack) = (meanwhile.effects.looks, meanwhile.effects.movedBack)
        tally.unexpectedEnds += meanwhile.commands.unexpectedEnds + meanwhile.pauses.unexpectedEnds
        return meanwhile
    }

    /// Runs `body` while instances lose their phones and other people use the database.
    private mutating func disturbed(
        _ simulator: ZAPISimulator, _ meanwhile: inout Meanwhile,
        _ body: () async throws -> Pauses.Tally
    ) async throws {
        let (seed, besideSeed, optOutSeed) = (random.next(), random.next(), random.next())
        meanwhile = try await withThrowingTaskGroup(of: Meanwhile.self) { group in
            if receiving != nil {
                group.addTask { [database = folder.database, campaigns = rules.campaigns] in
                    Meanwhile(effects: await EffectWatch(database: database, campaigns: campaigns).play())
                }
                group.addTask { [instances = rules.instances, phones = folder.phones(contacts)] in
                    await OptOutsBeside(
                        simulator: simulator, instances: instances, phones: phones, seed: optOutSeed
                    ).play()
                    return Meanwhile()
                }
            }
            if rules.disconnects {
                group.addTask { [instances = rules.instances] in
                    await Disconnections(simulator: simulator, instances: instances, seed: seed).play()
                    return Meanwhile()
                }
            }
            if rules.hasConcurrentCommands {
                group.addTask { [folder, campaigns = rules.campaigns] in
                    Meanwhile(
                        commands: await ConcurrentCommands(folder: folder, campaigns: campaigns, seed: besideSeed)
                            .play())
                }
            }
            defer { group.cancelAll() }
            let pauses = try await body()
            group.cancelAll()
            return try await group.reduce(into: Meanwhile(pauses: pauses)) { $0.add($1) }
        }
    }

    private mutating func audit(
        _ ledger: [LedgerEntry], blocked: Set<String>, _ meanwhile: Meanwhile
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
        scope.blockedSince = meanwhile.commands.blocked
        scope.pauses = meanwhile.pauses.pauses
        scope.arrivalTolerance = VerifyTally.arrivalTolerance
        tally.audit = try LedgerAudit(reader, ledger, scope)
        if receiving != nil {
            let seen = tally.webhooks
            tally.webhooks = try WebhookAudit(reader, ledger, campaigns: rules.campaigns)
            tally.webhooks.add(seen)
            tally.roundsWithWebhooks = 1
        }
        tally.resultsLeftInSpool = try reader.spooledResults()
        tally.damage = try reader.examine().map { VerifyFinding($0.phrase) }
    }
}

/// What other people have done while campaigns were dialed.
private struct Meanwhile: Sendable {
    var commands = ConcurrentCommands.Tally()
    var pauses = Pauses.Tally()
    var effects = EffectWatch.Tally()

    /// Adds what one more of them has done; each does one thing.
    mutating func add(_ other: Meanwhile) {
        if other.commands.commands > 0 { commands = other.commands }
        if other.effects.looks > 0 { effects = other.effects }
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
