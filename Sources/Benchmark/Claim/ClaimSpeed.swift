import CampaignCore
import CampaignStore
import Foundation

/// A database with a given number of contacts, and the time that its transactions take.
final class ClaimSpeed {
    let contacts: Int
    private let path: String
    private let campaign = Campaign(
        name: "benchmark", instances: [Instance(name: "benchmark", id: "I", token: Secret("T"))])
    private var store: CampaignStore
    /// Calls that are claimed and have no result yet.
    private var underWay: [ClaimedCall] = []

    /// Makes the database and fills it through the import.
    init(contacts: Int, path: String) async throws {
        self.contacts = contacts
        self.path = path
        store = try Self.open(path)
        _ = try await store.importLists(campaign: campaign.name, file: "benchmark", now: Self.now()) { writer in
            let numbers = MobileNumbers(seed: 7)
            try writer.beginList(file: "benchmark.csv", columns: ["telefone"])
            for index in 0..<contacts {
                let number = numbers.number(at: index)
                let value = Int64(5500 + number.area) * 1_000_000_000 + Int64(number.line)
                guard let phone = PhoneNumber(value: value) else {
                    throw BenchmarkFailure("\(value) is not a phone number.")
                }
                try writer.add(.contact(ListContact(phone: phone, callDuration: nil, own: [phone.text])))
            }
        }
        _ = try await store.begin(RunStart(campaign: campaign, now: Self.now(), uptime: Self.uptime))
    }

    /// The time per call, from the claim to the result on disk.
    func microsecondsPerCall(calls: Int, batch: Int) async throws -> Double {
        let start = ContinuousClock.now
        for _ in 0..<(calls / batch) { try await turn(claims: batch) }
        try await turn(claims: 0)
        return (ContinuousClock.now - start).inSeconds * 1e6 / Double(calls / batch * batch)
    }

    /// How long a run takes to its first calls, in seconds, when the last one was killed with calls under way.
    func startAfterKill(batch: Int) async throws -> (begin: Double, total: Double) {
        try await turn(claims: campaign.workers)
        // What a killed process leaves: a log that has not been checkpointed, and no index of it.
        let left = path + ".left"
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: path + suffix, toPath: left + suffix)
        }
        underWay = []
        try store.close()
        let start = ContinuousClock.now
        store = try Self.open(left)
        let opening = try await store.begin(RunStart(campaign: campaign, now: Self.now(), uptime: Self.uptime))
        let begun = ContinuousClock.now
        try await turn(claims: batch)
        let end = ContinuousClock.now
        try store.close()
        guard opening.interrupted == campaign.workers, opening.counts.total == contacts else {
            throw BenchmarkFailure(
                "The start found \(opening.interrupted) calls interrupted: the measurement would be meaningless.")
        }
        return ((begun - start).inSeconds, (end - start).inSeconds)
    }

    /// One transaction: the results of the calls under way, and new calls.
    private func turn(claims: Int) async throws {
        let now = Self.now()
        let results = underWay.map { call in
            AttemptResult(
                call: call,
                reply: CallReply(
                    verdict: .accepted(CallReceipt(zaapId: "Z\(call.attempt.contact)", messageId: "M")), httpStatus: 200
                ),
                decision: .accepted, times: CallTimes(startedAt: now, endedAt: now, latency: .milliseconds(5)))
        }
        var batch = CommitBatch(
            results: results, campaigns: [CampaignBatch(campaign: 0, claims: Array(repeating: 0, count: claims))],
            now: now)
        batch.paces[0] = PaceMoment(at: now, uptime: Self.uptime)
        let calls = try await store.commit(batch).campaigns[0].calls
        guard calls.count == claims else {
            throw BenchmarkFailure("\(calls.count) calls were claimed instead of \(claims).")
        }
        underWay = calls
    }

    private static func open(_ path: String) throws -> CampaignStore {
        try CampaignStore(
            path: path,
            holder: .init(pid: ProcessInfo.processInfo.processIdentifier, host: "", command: "benchmark", since: now()))
    }

    /// The paces are open: nothing depends on it.
    private static let uptime = Uptime(boot: "benchmark", duration: .zero)

    private static func now() -> Timestamp {
        Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }
}
