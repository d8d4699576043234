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
        let control = DispatcherControl()
        let dispatcher = Dispatcher(
            store: counted, control: control,
            dependencies: .init(
                clock: ContinuousClock(), now: now, uptime: { Uptime(boot: "", duration: .zero) }, random: { 0.5 },
                logger: Logger(label: "run") { _ in SwiftLogNoOpLogHandler() }))
        let dialed = DialedCampaign(
            campaign, provider: client, calendar: WindowCalendar(window: nil) { _ in 0 })
        let start = ContinuousClock.now
        async let loop: Void = dispatcher.run()
        let report = try await control.dial(dialed)
        let elapsed = ContinuousClock.now - start
        control.close()
        await loop
        try await client.pool.shutdown()
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
