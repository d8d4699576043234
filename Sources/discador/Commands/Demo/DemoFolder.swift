import CampaignCore
import CampaignFile
import CampaignStore
import Foundation
import Reports

/// The files of a demo.
struct DemoFolder {
    let path: String
    var database: String { path + "/discador.db" }
    var ledger: String { path + "/simulator.jsonl" }

    /// Marks the files in the folder as belonging to a demo.
    private var mark: String { path + "/.discador-demo" }
    static let reports: [(name: String, rows: ReportRowsKind, format: ReportFormat, isForExcel: Bool)] = [
        ("chamadas.csv", .calls, .csv, true), ("calls.json", .calls, .json, false),
        ("attempts.jsonl", .attempts, .jsonl, false),
    ]

    /// Creates the folder and removes only what an earlier demo left in it.
    func empty(for campaign: String) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try requireOwn()
        try requireNoOther(than: campaign)
        let files = ProtectedFiles(database: database, reader: nil)
        for file in [ledger] + Self.reports.map({ "\(path)/\($0.name)" }) {
            _ = try OutputFile(file, replaces: true, protecting: files)
        }
        let holding = WriterLock.holding(ofDatabase: database)
        guard holding == .free else { throw StoreError.held(path: database, holder: holding.description) }
        let leftovers = ["", "-wal", "-shm", "-spool", "-tide"].map { database + $0 } + [ledger]
        for file in try leftovers + rejects() where FileManager.default.fileExists(atPath: file) {
            try FileManager.default.removeItem(atPath: file)
        }
    }

    /// The files of rejected rows that earlier demos wrote: `demo.rejects.csv`, `demo.rejects-2.csv`.
    private func rejects() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path)
            .filter { $0.wholeMatch(of: /.+\.rejects(-\d+)?\.csv/) != nil }.map { "\(path)/\($0)" }
    }

    /// Refuses a folder whose files are not marked as a demo's: `discador.db` is the name of real databases too.
    private func requireOwn() throws {
        let files = FileManager.default
        guard !files.fileExists(atPath: mark) else { return }
        let names = ["discador.db", "simulator.jsonl"] + Self.reports.map(\.name)
        if let name = names.first(where: { FileStatus(ofLinkItself: "\(path)/\($0)") != nil }) {
            throw Failure(
                .usage,
                "\(path)/\(name) exists, and the demo would replace it: choose another folder with --output, or "
                    + "move the file away. Nothing was changed.")
        }
        let words = Data("Files of `discador demo`; each demo replaces them.\n".utf8)
        guard files.createFile(atPath: mark, contents: words) else {
            throw Failure(.disk, "\(path) cannot be written to: check the folder and its permissions.")
        }
    }

    /// Refuses a database that was used for another campaign since the last demo.
    private func requireNoOther(than campaign: String) throws {
        let known: [CampaignEntry]
        do throws(StoreError) {
            known = try StoreReader(path: database).campaigns()
        } catch {
            // It does not exist, or is still empty.
            if case .missing = error { return }
            throw Failure(
                .usage,
                "\(database) cannot be recognized as a demo's database, and would be replaced: choose another "
                    + "folder with --output, or move the file away. Nothing was changed.")
        }
        let own = [campaign, "\(campaign)/\(CampaignFile.fileName)"].compactMap { FileStatus(of: $0)?.identity }
        guard let other = known.first(where: { entry in !own.contains { $0 == FileStatus(of: entry.file)?.identity } })
        else { return }
        throw Failure(
            .usage,
            "\(database) holds the campaign \(other.name), which is not this demo's, and would be replaced: choose "
                + "another folder with --output. Nothing was changed.")
    }

    func writeReports(_ reader: StoreReader, campaign: Campaign) throws -> [String] {
        return try Self.reports.map { name, kind, format, isForExcel in
            let file = "\(path)/\(name)"
            try ReportFile(
                reader: reader, campaign: campaign.name, isForExcel: isForExcel, timeZone: campaign.timeZone
            ).write(kind, format: format, to: file)
            return file
        }
    }
}
