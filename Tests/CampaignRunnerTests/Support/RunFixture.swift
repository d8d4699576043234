import CampaignCore
import CampaignRunner
import CampaignStore
import Foundation
import Logging

/// A campaign in a real database, a clock that the test advances, and a Z-API whose replies the test chooses.
final class RunFixture {
    static let start = Timestamp(milliseconds: 1_800_000_000_000)

    let clock = ManualClock()
    let provider: ScriptedProvider
    let control = RunControl()
    let watch = RunWatch()
    /// The zone of windows and days, in seconds east of UTC.
    var utcOffset = 0
    var campaign: Campaign
    /// A further rule by which contacts may have to wait.
    var gate: (any ClaimGate)?
    let folder: URL
    let path: String

    init(
        contacts: Int, instances: Int = 1, healths: [InstanceHealth]? = nil, answersInTurn: Bool = false,
        pace: InstancePace = .every(Pace(calls: 6, per: .seconds(60)))
    ) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "discador-runner-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.appending(path: "test.db").path
        provider = ScriptedProvider(
            clock: clock, healths: healths ?? Array(repeating: .connected, count: instances),
            answersInTurn: answersInTurn)
        campaign = Campaign(
            name: "test",
            instances: (0..<instances).map { index in
                var instance = Instance(name: "i\(index)", id: "I\(index)", token: Secret("T"))
                instance.pace = pace
                return instance
            })
        campaign.healthInterval = .seconds(86_400)
        campaign.window = nil
        try await add(campaign: "test", contacts: contacts)
    }

    /// Imports contacts.
    func add(campaign: String, contacts: Int, from first: Int = 0) async throws {
        let store = try openStore()
        _ = try await store.importLists(campaign: campaign, file: campaign, now: Self.start) { writer in
            try writer.beginList(file: "list.csv", columns: ["phone"])
            for number in first..<first + contacts {
                guard let phone = PhoneNumber(value: 5_511_900_000_000 + Int64(number)) else { continue }
                try writer.add(.contact(ListContact(phone: phone, callDuration: nil, own: [phone.text])))
            }
        }
        try store.close()
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    func openStore() throws -> CampaignStore {
        try CampaignStore(path: path, holder: .init(pid: 1, host: "test", command: "test", since: Self.start))
    }

    func reader() throws -> StoreReader { try StoreReader(path: path) }

    func counts() throws -> StateCounts { try reader().counts(campaign: "test") }

    /// A run on the manual clock; its wall clock moves with it, unless the test sets it.
    func run(
        provider: ScriptedProvider? = nil, control: RunControl? = nil, store: CampaignStore? = nil,
        options: RunOptions = RunOptions(),
        providerQueue: (any ProviderQueue)? = nil, random: @escaping @Sendable () -> Double = { 0.5 }
    ) throws -> FixtureRun {
        let provider = provider ?? self.provider
        let control = control ?? self.control
        let clock = clock
        let offset = utcOffset
        let watch = watch
        watch.begin(at: clock.now.offset)
        var dependencies = CampaignRun<ManualClock>.Dependencies(
            clock: clock, now: { clock.wall(from: Self.start) },
            uptime: { Uptime(boot: "boot", duration: .seconds(3600) + clock.now.offset) },
            calendar: WindowCalendar(window: campaign.window) { _ in offset }, random: random,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, onProgress: { watch.note($0) })
        dependencies.gate = gate
        dependencies.providerQueue = providerQueue
        let run = CampaignRun(
            campaign: campaign, store: try store ?? openStore(), provider: provider, control: control,
            dependencies: dependencies, options: options)
        return FixtureRun(run, provider: provider, control: control)
    }

    /// What the wall clock shows.
    var wall: Timestamp { clock.wall(from: Self.start) }
}

/// A run whose end is known to the provider, so that a wait for its calls ends with it.
struct FixtureRun: Sendable {
    private let run: CampaignRun<ManualClock>
    private let provider: ScriptedProvider
    private let control: RunControl

    /// - Parameter provider: counts as in use from now on, though the run begins later.
    init(_ run: CampaignRun<ManualClock>, provider: ScriptedProvider, control: RunControl) {
        (self.run, self.provider, self.control) = (run, provider, control)
        provider.noteRun()
    }

    /// Runs to the end; once. A test that fails in the middle halts it.
    func run() async throws -> RunReport {
        defer { provider.noteEnd() }
        return try await withTaskCancellationHandler {
            try await run.run()
        } onCancel: {
            Task { await control.stop(.halt) }
        }
    }
}
