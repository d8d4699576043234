import CampaignCore
import Foundation
import GRDB
import Testing

@testable import CampaignStore

/// All tests of the store, one after another: one of them starts a process, and a process that is being started
/// holds every lock of this one for an instant.
@Suite(.serialized) struct StoreTests {}

/// A database in a folder of its own.
struct TemporaryDatabase: Sendable {
    let folder: String
    var manner = ImportManner.alone
    var path: String { folder + "/campanhas.db" }

    /// Hands a fresh place for a database to `body` and removes it afterwards.
    static func with<T>(
        _ manner: ImportManner = .alone, _ body: (TemporaryDatabase) async throws -> T
    ) async throws -> T {
        let folder = FileManager.default.temporaryDirectory.appending(path: "discador-\(UUID())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await body(TemporaryDatabase(folder: folder, manner: manner))
    }

    /// A place for another database, in a folder below.
    func elsewhere(_ name: String = "elsewhere") throws -> TemporaryDatabase {
        let place = TemporaryDatabase(folder: folder + "/" + name)
        try FileManager.default.createDirectory(atPath: place.folder, withIntermediateDirectories: false)
        return place
    }

    func open(command: String = "test") throws(StoreError) -> CampaignStore {
        try CampaignStore(
            path: path,
            holder: WriterLock.Holder(pid: getpid(), host: "here", command: command, since: Sample.now))
    }

    /// Opens the database for `body` and lets go of it as an ending process would: nothing is resolved.
    @discardableResult func opened<T>(_ body: (CampaignStore) async throws -> T) async throws -> T {
        let store = try open()
        let value = try await body(store)
        try store.close()
        return value
    }

    func reader() throws(StoreError) -> StoreReader { try StoreReader(path: path) }

    /// What imports go by.
    func importRules(at now: Timestamp = Sample.now) -> ImportRules {
        var rules = ImportRules(now: now)
        rules.isBesideRun = manner == .besideRun
        rules.slice = 3
        return rules
    }

    /// A campaign with this many contacts, taken in.
    func fill(contacts: Int, campaign: String = Sample.name, from first: Int = 0) async throws {
        try await fill(phones: try (first..<(first + contacts)).map(Sample.phone), campaign: campaign)
    }

    /// A campaign with these numbers, taken in.
    func fill(phones: [PhoneNumber], campaign: String = Sample.name) async throws {
        try await opened { store in
            _ = try await store.importLists(campaign: campaign, file: "c.yml", now: Sample.now) { writer in
                try writer.beginList(file: "lista.csv", columns: ["telefone"])
                for phone in phones {
                    try writer.add(.contact(ListContact(phone: phone, callDuration: nil, own: [phone.text])))
                }
            }
        }
    }

    /// What a second, read-only connection sees on disk.
    func rows(_ sql: String) throws -> [[DatabaseValue]] {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? queue.close() }
        return try queue.read { db in try Row.fetchAll(db, sql: sql).map { Array($0.databaseValues) } }
    }

    /// Changes the file behind the program's back.
    func change(_ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        try queue.write { try $0.execute(sql: sql) }
    }

    /// The first value of a query, as text.
    func text(_ sql: String) throws -> String? {
        try rows(sql).first?.first.flatMap { String.fromDatabaseValue($0) ?? "\($0)" }
    }

    /// The files as a machine that loses its power would leave them, in another folder.
    func copyAfterCrash() throws -> TemporaryDatabase {
        let copy = TemporaryDatabase(folder: folder + "/copy-\(UUID())")
        try FileManager.default.createDirectory(atPath: copy.folder, withIntermediateDirectories: false)
        for suffix in ["", "-wal", "-spool", "-tide"] where FileManager.default.fileExists(atPath: path + suffix) {
            try FileManager.default.copyItem(atPath: path + suffix, toPath: copy.path + suffix)
        }
        return copy
    }
}

/// How lists are taken in.
enum ImportManner: CaseIterable {
    /// In one transaction.
    case alone
    /// In slices, as beside a run.
    case besideRun
}

/// Values that tests share.
enum Sample {
    static let name = "cobranca"
    static let now = Timestamp(milliseconds: 1_800_000_000_000)
    static let times = CallTimes(startedAt: now, endedAt: later(1), latency: .seconds(1))

    static func later(_ seconds: Int) -> Timestamp { now.advanced(by: .seconds(seconds)) }

    static func phone(_ index: Int) throws -> PhoneNumber {
        try #require(PhoneNumber(value: 5_511_990_000_000 + Int64(index)))
    }

    static func start(
        _ campaign: String = name, instances: [String] = ["A", "B"], at now: Timestamp = now,
        _ change: (inout Campaign) -> Void = { _ in }
    ) -> RunStart {
        var campaign = Campaign(
            name: campaign, instances: instances.map { Instance(name: "i\($0)", id: $0, token: Secret("t")) })
        change(&campaign)
        return RunStart(campaign: campaign, now: now, uptime: uptime(at: now))
    }

    /// A moment in the one life of the machine that these tests know: it started an hour before ``now``.
    static func uptime(at moment: Timestamp) -> Uptime {
        Uptime(boot: "boot", duration: .seconds(3600) + now.duration(to: moment))
    }

    /// A moment on both clocks.
    static func mark(_ seconds: Int) -> PaceLedger.Moment {
        PaceLedger.Moment(at: later(seconds), uptime: uptime(at: later(seconds)))
    }

    /// The pace of the first instance, as a run would write it with its claims.
    static var ledger: PaceLedger {
        var ledger = PaceLedger()
        ledger.instances = [0: mark(10)]
        return ledger
    }

    static func batch(
        results: [AttemptResult] = [], claims: Int = 0, at now: Timestamp = now, paces: PaceLedger = PaceLedger(),
        gate: (any ClaimGate)? = nil
    ) -> CommitBatch {
        var batch = CommitBatch(results: results, claims: Array(repeating: 0, count: claims), paces: paces, now: now)
        batch.gate = gate
        return batch
    }

    static func accepted(_ call: ClaimedCall, zaapId: String? = nil) -> AttemptResult {
        let ids = CallReceipt(
            zaapId: zaapId ?? "Z\(call.attempt.contact).\(call.attempt.number)", messageId: "M\(call.attempt.contact)")
        return result(call, CallReply(verdict: .accepted(ids), httpStatus: 200), .accepted)
    }

    static func result(
        _ call: ClaimedCall, _ reply: CallReply, _ decision: CallDecision.Contact, times: CallTimes = times
    ) -> AttemptResult {
        AttemptResult(call: call, reply: reply, decision: decision, times: times)
    }

    static func retry(_ call: ClaimedCall, after wait: Duration) -> AttemptResult {
        result(
            call, CallReply(verdict: .inDoubt(.gatewayError), httpStatus: 500, error: "busy"),
            .retry(after: wait, counts: .attempt))
    }
}

/// Does something in the middle of the transaction that asks.
struct ActingGate: ClaimGate {
    let act: @Sendable () -> Void

    func opening(of phone: PhoneNumber, at now: Timestamp) -> Timestamp? {
        act()
        return nil
    }
}
