import CampaignCore
import CampaignRunner
import CampaignStore
import Foundation
import Logging

/// A campaign in a real database, a clock that the test moves, and a Z-API that answers as the test says.
final class Stage {
    static let start = Timestamp(milliseconds: 1_800_000_000_000)

    let clock = ManualClock()
    let line: ScriptedLine
    let control = RunControl()
    var campaign: Campaign
    /// By what contacts may have to wait.
    var gate: (any ClaimGate)?
    let folder: URL
    let path: String

    init(
        contacts: Int, instances: Int = 1, healths: [InstanceHealth]? = nil,
        pace: InstancePace = .every(Pace(calls: 6, per: .seconds(60)))
    ) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "discador-runner-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.appending(path: "test.db").path
        line = ScriptedLine(
            clock: clock, healths: healths ?? Array(repeating: .connected, count: instances))
        campaign = Campaign(
            name: "test",
            instances: (0..<instances).map { index in
                var instance = Instance(name: "i\(index)", id: "I\(index)", token: Secret("T"))
                instance.pace = pace
                return instance
            })
        campaign.healthInterval = .seconds(86_400)
        let store = try openStore()
        _ = try await store.importLists(campaign: "test", file: "test", now: Self.start) { writer in
            try writer.beginList(file: "test.csv", columns: ["phone"])
            for number in 0..<contacts {
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

    func counts() throws -> StateCounts {
        try StoreReader(path: path).counts(campaign: "test")
    }

    /// A run on the manual clock; its wall clock goes with it.
    func run(
        control: RunControl? = nil, store: CampaignStore? = nil, random: @escaping @Sendable () -> Double = { 0.5 }
    ) throws -> CampaignRun<ManualClock> {
        let clock = clock
        var surroundings = CampaignRun<ManualClock>.Surroundings(
            clock: clock, now: { Self.start.advanced(by: clock.now.offset) }, random: random,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, onProgress: { _ in })
        surroundings.gate = gate
        return CampaignRun(
            campaign: campaign, queue: try store ?? openStore(), line: line, control: control ?? self.control,
            surroundings: surroundings)
    }
}
