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
    let control = DispatcherControl()
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
        provider: ScriptedProvider? = nil, control: DispatcherControl? = nil, store: CampaignStore? = nil,
        options: RunOptions = RunOptions(),
        providerQueue: (any ProviderQueue)? = nil, random: @escaping @Sendable () -> Double = { 0.5 }
    ) throws -> FixtureRun {
        let provider = provider ?? self.provider
        let offset = utcOffset
        let watch = watch
        watch.begin(at: clock.now.offset)
        var dialed = DialedCampaign(
            campaign, options: options, provider: provider,
            calendar: WindowCalendar(window: campaign.window) { _ in offset }, onProgress: { watch.note($0) })
        dialed.gate = gate
        dialed.providerQueue = providerQueue
        let control = control ?? self.control
        let dispatcher = Dispatcher<ManualClock>(
            store: try store ?? openStore(), control: control, dependencies: .manual(clock, random))
        return FixtureRun(dispatcher, control, dialed, provider: provider)
    }

    /// What the wall clock shows.
    var wall: Timestamp { clock.wall(from: Self.start) }
}

extension Dispatcher.Dependencies where WaitClock == ManualClock {
    /// A wall clock and an uptime that move with the manual clock; the wall clock begins at the fixture's start.
    static func manual(_ clock: ManualClock, _ random: @escaping @Sendable () -> Double = { 0.5 }) -> Self {
        Self(
            clock: clock, now: { clock.wall(from: RunFixture.start) },
            uptime: { Uptime(boot: "boot", duration: .seconds(3600) + clock.now.offset) }, random: random,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }
}

/// A dispatcher with one campaign, whose end is known to the provider, so that a wait for its calls ends with it.
struct FixtureRun: Sendable {
    private let dispatcher: Dispatcher<ManualClock>
    private let control: DispatcherControl
    private let dialed: DialedCampaign
    private let provider: ScriptedProvider

    /// - Parameter provider: counts as in use from now on, though the run begins later.
    init(
        _ dispatcher: Dispatcher<ManualClock>, _ control: DispatcherControl, _ dialed: DialedCampaign,
        provider: ScriptedProvider
    ) {
        (self.dispatcher, self.control, self.dialed, self.provider) = (dispatcher, control, dialed, provider)
        provider.noteRun()
    }

    /// Runs to the end; once. A test that fails in the middle halts it.
    func run() async throws -> RunReport {
        defer { provider.noteEnd() }
        return try await withTaskCancellationHandler {
            async let loop: Void = dispatcher.run()
            let result: Result<RunReport, StoreError>
            do throws(StoreError) {
                result = .success(try await control.dial(dialed))
            } catch {
                result = .failure(error)
            }
            control.close()
            await loop
            return try result.get()
        } onCancel: {
            control.stop(.halt)
            control.close()
        }
    }
}
