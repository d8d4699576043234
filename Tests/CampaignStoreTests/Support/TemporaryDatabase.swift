import CampaignCore
import Foundation
import GRDB

@testable import CampaignStore

/// A database in its own folder.
struct TemporaryDatabase: Sendable {
    let folder: String
    var manner = ImportManner.alone
    var path: String { folder + "/campanhas.db" }

    /// Passes a fresh place for a database to `body`, and removes it afterwards.
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

    func open(command: String = "test", dialing campaigns: [String] = []) throws(StoreError) -> CampaignStore {
        var holder = WriterLock.Holder(pid: getpid(), host: "here", command: command, since: Sample.now)
        holder.dialing = campaigns
        return try CampaignStore(path: path, holder: holder)
    }

    /// Opens the database for `body`, and releases it as a process that ends would: nothing is resolved.
    @discardableResult func opened<T>(_ body: (CampaignStore) async throws -> T) async throws -> T {
        let store = try open()
        let value: T
        do {
            value = try await body(store)
        } catch {
            // The next one opens it at once.
            try? store.close()
            throw error
        }
        try store.close()
        return value
    }

    func reader() throws(StoreError) -> StoreReader { try StoreReader(path: path) }

    /// The rules of imports.
    func importRules(at now: Timestamp = Sample.now) -> ImportRules {
        var rules = ImportRules(now: now)
        rules.isDuringRun = manner == .besideRun
        rules.slice = 3
        return rules
    }

    /// Imports a campaign with this many contacts.
    func fill(contacts: Int, campaign: String = Sample.name, from first: Int = 0) async throws {
        try await fill(phones: try (first..<(first + contacts)).map(Sample.phone), campaign: campaign)
    }

    /// Imports a campaign with these numbers.
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

    /// What a separate read-only connection sees on disk.
    func rows(_ sql: String) throws -> [[DatabaseValue]] {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? queue.close() }
        return try queue.read { db in try Row.fetchAll(db, sql: sql).map { Array($0.databaseValues) } }
    }

    /// Changes the file without the program's knowledge.
    func change(_ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        try queue.write { try $0.execute(sql: sql) }
    }

    /// The first value of a query, as text.
    func text(_ sql: String) throws -> String? {
        try rows(sql).first?.first.flatMap { String.fromDatabaseValue($0) ?? "\($0)" }
    }

    /// The files as a power cut would leave them, in another folder.
    func copyAfterCrash() throws -> TemporaryDatabase {
        let copy = TemporaryDatabase(folder: folder + "/copy-\(UUID())")
        try FileManager.default.createDirectory(atPath: copy.folder, withIntermediateDirectories: false)
        for suffix in ["", "-wal", "-spool", "-tide"] where FileManager.default.fileExists(atPath: path + suffix) {
            try FileManager.default.copyItem(atPath: path + suffix, toPath: copy.path + suffix)
        }
        return copy
    }
}

/// How lists are imported.
enum ImportManner: CaseIterable {
    /// In one transaction.
    case alone
    /// In slices, as during a run.
    case besideRun
}
