import CampaignCore
import CampaignStore
import Foundation
import Glibc
import ZAPISimulator

/// Dials the campaigns of a round with processes that come and go: runs beside one another, and a service. They are
/// killed and stopped, and their disks fill up.
struct DialingProcesses: Sendable {
    /// How long a process may make no progress before what is to happen to it happens anyway.
    private static let timeout = (planned: Duration.seconds(5), undisturbed: Duration.seconds(120))
    /// A service whose campaigns are paused makes none.
    private static let serviceTimeout = Duration.milliseconds(1_500)
    private static let observation = Duration.milliseconds(20)
    /// How often the runs may end because their instances were refused.
    private static let maxRefusals = 6

    let rules: RoundRules
    let folder: RoundFolder
    let simulator: ZAPISimulator
    let state: RoundState
    /// Where services receive webhooks; nil when they receive none.
    var receiving: ReceivingAddress?

    /// Starts processes and disturbs them until the round is over.
    func play(seeds: [UInt64]) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for seed in seeds { group.addTask { try await startProcesses(seed: seed) } }
            try await withThrowingTaskGroup(of: Void.self) { observers in
                observers.addTask { await observeHolder() }
                defer { observers.cancelAll() }
                try await group.waitForAll()
            }
        }
    }

    /// Dials all campaigns to their end, in processes that nobody disturbs. Where there are webhooks, a service receives
    /// them until all have been sent.
    func finish(_ campaigns: [String]) async throws {
        guard receiving != nil else { return try await dial(campaigns) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            let (isNeeded, sink) = AsyncStream.makeStream(of: Void.self)
            group.addTask { try await receive(while: isNeeded) }
            group.addTask {
                defer { sink.finish() }
                try await dial(campaigns)
                await webhooksAreSent()
            }
            try await group.waitForAll()
        }
    }

    private func dial(_ campaigns: [String]) async throws {
        for _ in 0..<Self.maxRefusals {
            let end = try await start(ProcessPlan(role: .run(campaigns)))
            switch end {
            case .exited(ExitStatus.success.rawValue), .exited(ExitStatus.finishedWithFailures.rawValue): return
            case .exited, .killed, .crashed: break
            }
            guard state.tally.unexpectedEnds.isEmpty else { return }
        }
        // When all who are left are refused in the same words, every run takes the instance for the cause and leaves
        // them ready. A person then gives them up.
        state.count { $0.givenUp += 1 }
        for campaign in campaigns { try await folder.finish(["cancel", campaign, "--yes"], state) }
        _ = try await start(ProcessPlan(role: .run(campaigns)))
    }

    /// Serves until `isNeeded` ends.
    private func receive(while isNeeded: AsyncStream<Void>) async throws {
        let plan = ProcessPlan(role: .serve([]))
        let process = RunProcess(arguments: arguments(of: plan.role), environment: RoundFolder.environment)
        let (end, stderr) = try await process.run { process in
            for await _ in isNeeded {}
            // One that has not begun yet would die of the signal, which is as well.
            process.send(SIGTERM)
            guard (try? await SystemEnvironment.clock.sleep(for: Self.timeout.undisturbed)) != nil else { return }
            process.send(SIGKILL)
        }
        try note(end, of: plan, stderr)
    }

    private func webhooksAreSent() async {
        let clock = SystemEnvironment.clock
        let end = clock.now + Self.timeout.undisturbed
        while simulator.waitingWebhooks > 0, clock.now < end {
            guard (try? await clock.sleep(for: Self.observation)) != nil else { return }
        }
    }

    private func startProcesses(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        while !state.isOver {
            let unfinished = state.unfinished
            guard !unfinished.isEmpty else { return }
            let canServe = state.reserveService()
            let plan = ProcessPlan.draw(rules, unfinished: unfinished, canServe: canServe, using: &random)
            if canServe, !plan.isService { state.endService() }
            if !plan.isKilled {
                _ = try await start(plan)
            } else if state.planKill() {
                state.endKill(wasKilled: try await start(plan) == .killed)
            }
            if plan.isService { state.endService() }
        }
    }

    /// Starts a process and does to it what was planned.
    private func start(_ plan: ProcessPlan) async throws -> RunProcess.End {
        var process = RunProcess(arguments: arguments(of: plan.role), environment: RoundFolder.environment)
        if let room = plan.room { process.largestFile = folder.largestFile() + room }
        let (end, stderr) = try await process.run { await conduct($0, plan) }
        try Task.checkCancellation()
        try note(end, of: plan, stderr)
        return end
    }

    private func arguments(of role: ProcessPlan.Role) -> [String] {
        let options = ["--db", folder.database, "--quiet"]
        return switch role {
        case .run(let campaigns): ["run"] + campaigns.map(folder.campaign) + options
        case .start(let campaigns): ["run"] + campaigns.map(folder.campaign) + ["--detach"] + options
        case .serve(let campaigns):
            ["serve"] + campaigns.map(folder.campaign) + options
                + (receiving.map { ["--webhooks", $0.text] } ?? [])
        }
    }

    // MARK: What happens to a process

    private func conduct(_ process: RunProcess.Running, _ plan: ProcessPlan) async {
        state.begin(process.id)
        defer { state.end(process.id) }
        let clock = SystemEnvironment.clock
        do {
            let isDue = try await wait(for: plan)
            // A run that nothing was to happen to would have ended; a service has had enough time to fill its disk.
            let last = plan.isService ? SIGTERM : SIGKILL
            for (signal, delay) in isDue && plan.moment != nil ? plan.signals : [(last, .zero)] {
                try await clock.sleep(for: delay)
                if signal == SIGKILL, plan.isKilled { noteVictim(process.id) }
                process.send(signal)
            }
            // Once it is stopped, it ends. If it does not, that is unexpected.
            try await clock.sleep(for: Self.timeout.undisturbed)
            process.send(SIGKILL)
        } catch {}
    }

    /// Waits for the moment of a plan.
    ///
    /// - Returns: false when a service, which does not end by itself, is no longer needed.
    private func wait(for plan: ProcessPlan) async throws -> Bool {
        let clock = SystemEnvironment.clock
        // Webhooks are sent again and again to a service that does nothing else, because its disk is full.
        var seen = (requests: simulator.requestsInLedger, at: clock.now)
        let wanted = plan.moment.map { simulator.linesInLedger + $0.lines } ?? .max
        let timeout = timeout(of: plan)
        while simulator.linesInLedger < wanted, clock.now < seen.at + timeout {
            if plan.isService, state.isOver || state.unfinished.isEmpty { return false }
            try await clock.sleep(for: .milliseconds(1))
            let requests = simulator.requestsInLedger
            if requests > seen.requests { seen = (requests, clock.now) }
        }
        if let moment = plan.moment { try await clock.sleep(for: moment.delay) }
        return true
    }

    private func timeout(of plan: ProcessPlan) -> Duration {
        if plan.isService { return Self.serviceTimeout }
        return plan.moment == nil ? Self.timeout.undisturbed : Self.timeout.planned
    }

    /// Counts what is about to be killed, by what it does at this moment.
    private func noteVictim(_ process: Int32) {
        let holder = WriterLock.holder(ofDatabase: folder.database)
        state.noteHolder(holder?.pid)
        state.count { tally in
            if holder?.pid == process {
                if holder?.command.contains(RunLabel.service) ?? false { tally.servicesKilled += 1 }
            } else if holder != nil {
                tally.clientsKilled += 1
            }
        }
    }

    private func observeHolder() async {
        repeat {
            state.noteHolder(WriterLock.holder(ofDatabase: folder.database)?.pid)
        } while (try? await SystemEnvironment.clock.sleep(for: Self.observation)) != nil
    }

    // MARK: How it ended

    private func note(_ end: RunProcess.End, of plan: ProcessPlan, _ stderr: [String]) throws {
        state.count { $0.starts += 1 }
        switch end {
        case .exited(ExitStatus.success.rawValue), .exited(ExitStatus.finishedWithFailures.rawValue):
            if case .run(let campaigns) = plan.role { state.finish(campaigns) }
        case .exited(ExitStatus.disk.rawValue) where plan.room != nil:
            let spooled = try StoreReader(path: folder.database).spooledResults()
            state.count { tally in
                tally.fullDisks += 1
                tally.resultsSpooled += spooled
            }
        case .exited, .killed, .crashed: break
        }
        let isExpected = ExpectedEnds(rules: rules, plan: plan, stderr: stderr).contains(end)
        let signals = plan.signals.map { " -\($0.signal)" }.joined()
        state.count { tally in
            if end == .killed, plan.isKilled { tally.kills += 1 }
            guard !isExpected else { return }
            let command = signals.isEmpty ? plan.role.command : "\(plan.role.command); kill\(signals)"
            tally.unexpectedEnds.append(VerifyFinding(command, end, stderr))
        }
    }
}
