import CampaignCore
import CampaignRunner
import CampaignStore
import Foundation
import Logging
import ZAPI

/// A whole run of ours: claim, intent on disk, request, result on disk.
struct DispatchSpeed {
    let instance: Instance
    let workers: Int
    let folder: String

    struct Figures {
        var callsPerSecond: Double
        var callsPerCommit: Double
    }

    func measure(calls: Int) async throws -> Figures {
        let place = URL(fileURLWithPath: folder).appending(path: "discador-benchmark-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: place) }
        let now: @Sendable () -> Timestamp = { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
        let store = try CampaignStore(
            path: place.appending(path: "benchmark.db").path,
            holder: .init(pid: ProcessInfo.processInfo.processIdentifier, host: "", command: "benchmark", since: now()))
        try await fill(store, calls: calls, now: now())

        var campaign = Campaign(name: "benchmark", instances: [instance])
        campaign.window = nil
        campaign.workers = workers
        let client = ZAPIClient(
            instances: campaign.instances, timeout: campaign.timeout, connections: workers, now: now)
        let counted = CountingStore(store)
        let run = CampaignRun(
            campaign: campaign, store: counted, provider: client, control: RunControl(),
            dependencies: .init(
                clock: ContinuousClock(), now: now, uptime: { Uptime(boot: "", duration: .zero) },
                calendar: WindowCalendar(window: nil) { _ in 0 }, random: { 0.5 },
                logger: Logger(label: "run") { _ in SwiftLogNoOpLogHandler() },
                onProgress: { _ in }))
        let start = ContinuousClock.now
        let report = try await run.run()
        let elapsed = ContinuousClock.now - start
        try await client.shutdown()
        try store.close()
        guard report.counts.accepted == calls else { throw Unfinished(report: "\(report.end), \(report.counts)") }
        return Figures(
            callsPerSecond: Double(calls) / elapsed.inSeconds,
            callsPerCommit: Double(calls) / Double(await counted.commits))
    }

    private func fill(_ store: CampaignStore, calls: Int, now: Timestamp) async throws {
        _ = try await store.importLists(campaign: "benchmark", file: "benchmark", now: now) { writer in
            try writer.beginList(file: "benchmark.csv", columns: ["telefone"])
            for number in 0..<calls {
                let text = Phones.number(number)
                guard let phone = PhoneNumber(text: text) else { throw Unfinished(report: text) }
                try writer.add(.contact(ListContact(phone: phone, callDuration: nil, own: [text])))
            }
        }
    }
}

/// Phones that the simulator accepts immediately: none ends in digits that select another behavior.
enum Phones {
    static func number(_ number: Int) -> String { "\(5_511_900_000_000 + number / 80 * 100 + number % 80)" }
}

/// The run did not end as it should: the figure would mean nothing.
struct Unfinished: Error {
    var report: String
}

/// Passes everything on and counts the transactions.
private actor CountingStore: CallQueue {
    private let store: CampaignStore
    private(set) var commits = 0

    init(_ store: CampaignStore) {
        self.store = store
    }

    func begin(_ start: RunStart) async throws(StoreError) -> RunSnapshot {
        try await store.begin(start)
    }

    func commit(_ batch: CommitBatch) async throws(StoreError) -> CommitResult {
        commits += 1
        return try await store.commit(batch)
    }

    func spool(_ results: [AttemptResult]) async throws(StoreError) {
        try await store.spool(results)
    }

    func resolve(_ found: [ProviderQueueItem], of instance: Int) async throws(StoreError) -> Int {
        try await store.resolve(found, of: instance)
    }
}
