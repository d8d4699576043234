import CampaignCore
import CampaignRunner
import CampaignStore
import Foundation
import NIOConcurrencyHelpers
import Ongoing

/// A dispatcher in a real database, for any number of campaigns, each with a Z-API whose replies the test chooses. The
/// clock stands still unless the test moves it.
final class DispatcherFixture: Sendable {
    let clock = ManualClock()
    let control = DispatcherControl()
    let store: RecordingStore
    let folder: URL

    private init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "discador-dispatcher-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = RecordingStore(
            try CampaignStore(
                path: folder.appending(path: "test.db").path,
                holder: .init(pid: 1, host: "test", command: "test", since: RunFixture.start)))
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Runs a dispatcher while the test goes on; campaigns that are left at its end are halted.
    static func run(_ test: (DispatcherFixture) async throws -> Void) async throws {
        let fixture = try DispatcherFixture()
        let dispatcher = Dispatcher<ManualClock>(
            store: fixture.store, control: fixture.control, dependencies: .manual(fixture.clock))
        async let loop: Void = dispatcher.run()
        let result: Result<Void, any Error>
        do {
            result = .success(try await test(fixture))
        } catch {
            result = .failure(error)
        }
        fixture.control.stop(.halt)
        fixture.control.close()
        await loop
        try result.get()
        try fixture.store.base.close()
    }

    /// A campaign with this many contacts, without a window and a pace.
    func campaign(_ name: String, contacts: Int, instances: [String] = ["I0"]) async throws -> Campaign {
        try await add(contacts, to: name)
        var campaign = Campaign(
            name: name,
            instances: instances.map { id in
                var instance = Instance(name: id, id: id, token: Secret("T"))
                instance.pace = .open
                return instance
            })
        campaign.healthInterval = .seconds(86_400)
        campaign.window = nil
        return campaign
    }

    /// Imports more contacts.
    func add(_ contacts: Int, to campaign: String) async throws {
        let first = store.base.totals(campaign)
        _ = try await store.base.importLists(campaign: campaign, file: campaign, now: RunFixture.start) { writer in
            try writer.beginList(file: "list\(first).csv", columns: ["phone"])
            for number in first..<first + contacts {
                let base = 5_511_900_000_000 + Int64(campaign.utf8.reduce(0) { $0 + Int($1) }) * 10_000
                guard let phone = PhoneNumber(value: base + Int64(number)) else { continue }
                try writer.add(.contact(ListContact(phone: phone, callDuration: nil, own: [phone.text])))
            }
        }
    }

    func counts(_ campaign: String) throws -> StateCounts {
        try StoreReader(path: store.base.path).counts(campaign: campaign)
    }

    func provider(_ healths: [InstanceHealth] = [.connected, .connected], answersInTurn: Bool = false)
        -> ScriptedProvider
    {
        ScriptedProvider(clock: clock, healths: healths, answersInTurn: answersInTurn)
    }

    /// Dials a campaign.
    func dial(
        _ campaign: Campaign, _ provider: ScriptedProvider, options: RunOptions = RunOptions(),
        queue: (any ProviderQueue)? = nil
    ) -> DialedRun {
        var dialed = DialedCampaign(
            campaign, options: options, provider: provider, calendar: WindowCalendar(window: campaign.window) { _ in 0 }
        )
        let latest = NIOLockedValueBox<RunProgress?>(nil)
        dialed.onProgress = { progress in latest.withLockedValue { $0 = progress } }
        dialed.providerQueue = queue
        dialed.reason = { Phrase(verbatim: "\($0)") }
        provider.noteRun()
        let task = OngoingTask { [control, dialed] in
            defer { provider.noteEnd() }
            return try await control.dial(dialed)
        }
        return DialedRun(task: task, latest: latest)
    }
}

/// A campaign that is being dialed.
struct DialedRun: Ongoing {
    fileprivate let task: OngoingTask<RunReport>
    fileprivate let latest: NIOLockedValueBox<RunProgress?>

    var isOver: Bool { task.isOver }
    var report: RunReport { get async throws { try await task.value } }
    var progress: RunProgress? { latest.withLockedValue(\.self) }
}

extension ScriptedProvider {
    /// The next calls that begin.
    func next(_ count: Int) async throws -> [Call] {
        var begun: [Call] = []
        var calls = calls.makeAsyncIterator()
        while begun.count < count {
            guard let call = await calls.next() else {
                throw ConditionNeverMet(for: "a call \(begun.count + 1) of \(count)")
            }
            begun.append(call)
        }
        return begun
    }

    /// Gives every call the same reply, until the task is cancelled.
    func replying(_ reply: CallReply? = nil) -> Task<Void, Never> {
        Task {
            for await call in calls {
                if let reply { call.reply(reply) } else { call.accept() }
            }
        }
    }
}

extension CampaignStore {
    fileprivate func totals(_ campaign: String) -> Int {
        (try? StoreReader(path: path).counts(campaign: campaign))?.total ?? 0
    }
}
