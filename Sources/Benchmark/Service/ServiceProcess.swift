import ArgumentParser
import CampaignCore
import CampaignRunner
import CampaignStore
import Foundation
import Logging
import Synchronization
import ZAPI

/// The process that `discador-benchmark service` measures: dials all campaigns, and prints figures about itself as JSON.
struct ServiceProcess: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "service-process", shouldDisplay: false)

    /// How often the dispatcher is asked whether it is alive.
    private static let pingInterval = Duration.milliseconds(100)

    @OptionGroup var shape: ServiceShape

    @Option var database: String

    @Option var baseURL: String

    /// The wall clock.
    static let now: @Sendable () -> Timestamp = {
        Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }

    /// How long the machine has been up, in a boot without a name.
    static let uptime: @Sendable () -> Uptime = {
        Uptime(boot: "", duration: ContinuousClock().systemEpoch.duration(to: .now))
    }

    func run() async throws {
        let store = try CampaignStore(path: database, holder: .benchmark)
        let pool = ConnectionPool(connections: 10_000, now: Self.now)
        let counting = CountingStore(store)
        let control = DispatcherControl()
        let clock = ContinuousClock()
        let dispatcher = Dispatcher(
            store: counting, control: control,
            dependencies: .init(
                clock: clock, now: Self.now, uptime: Self.uptime,
                random: { Double.random(in: 0..<1) },
                logger: Logger(label: "service") { _ in SwiftLogNoOpLogHandler() }))
        let figures = try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await dispatcher.run() }
            let joined = Joined()
            let start = clock.now
            for number in 0..<shape.campaigns {
                let dialed = dialed(number, through: pool) { joined.note(number) }
                group.addTask { _ = try await control.dial(dialed) }
            }
            while joined.count < shape.campaigns { try await clock.sleep(for: .milliseconds(10)) }
            let joinSeconds = (clock.now - start).inSeconds
            // Each instance has called once by then.
            try await clock.sleep(for: ServiceShape.lead + .seconds(shape.pace))
            var figures = try await measure(counting, control)
            figures.joinSeconds = joinSeconds
            control.stop(.drain)
            control.close()
            try await group.waitForAll()
            return figures
        }
        try await pool.shutdown()
        try store.close()
        say(String(decoding: try JSONEncoder().encode(figures), as: UTF8.self))
    }

    private func dialed(
        _ number: Int, through pool: ConnectionPool, onProgress: @escaping @Sendable () -> Void
    ) -> DialedCampaign {
        let campaign = shape.campaign(number, baseURL: baseURL)
        let client = ZAPIClient(
            instances: campaign.instances, timeout: campaign.timeout, pool: pool, now: Self.now)
        var dialed = DialedCampaign(
            campaign, provider: client, calendar: WindowCalendar(window: campaign.window) { _ in 0 },
            onProgress: { _ in onProgress() })
        if shape.gated { dialed.gate = OpenGate() }
        dialed.providerQueue = client
        return dialed
    }

    private func measure(_ store: CountingStore, _ control: DispatcherControl) async throws -> ServiceFigures {
        let clock = ContinuousClock()
        let (callsBefore, commitsBefore) = (await store.calls, await store.commits)
        let (cpuBefore, start) = (ProcessUsage.cpuSeconds, clock.now)
        var pings: [Double] = []
        while clock.now - start < .seconds(shape.seconds) {
            try await clock.sleep(for: Self.pingInterval)
            let asked = clock.now
            await control.ping()
            pings.append((clock.now - asked).inSeconds * 1000)
        }
        let (cpu, elapsed) = (ProcessUsage.cpuSeconds, (clock.now - start).inSeconds)
        let (calls, commits) = (await store.calls, await store.commits)
        let memory = try ProcessUsage.memory()
        // The measured time is a little longer than it was to be.
        let scale = elapsed / Double(shape.seconds)
        // Campaigns that join together get their numbers in any order: without shared instances all are alike.
        let served = (0..<shape.campaigns).map { number in
            Double((calls[number] ?? 0) - (callsBefore[number] ?? 0)) / (shape.expectedCalls(of: number) * scale)
        }
        let sum = calls.values.reduce(0, +) - callsBefore.values.reduce(0, +)
        return ServiceFigures(
            seconds: elapsed, calls: sum, paceCalls: Double(shape.allInstances) * elapsed / Double(shape.pace),
            cores: (cpu - cpuBefore) / elapsed, memory: memory.now, peakMemory: memory.peak,
            commitsPerSecond: Double(commits - commitsBefore) / elapsed, leastServed: served.min() ?? 0,
            mostServed: served.max() ?? 0, turnMilliseconds: pings.median, longestTurnMilliseconds: pings.max() ?? 0)
    }
}

/// The campaigns that the dispatcher has taken in.
private final class Joined: Sendable {
    private let campaigns = Mutex<Set<Int>>([])

    func note(_ campaign: Int) { campaigns.withLock { _ = $0.insert(campaign) } }

    var count: Int { campaigns.withLock { $0.count } }
}
