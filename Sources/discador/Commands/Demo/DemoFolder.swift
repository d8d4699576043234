import CampaignCore
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
        ("attempts.jsonl", .attempts, .jsonl, false), ("chamadas.html", .calls, .html, false),
        ("chamadas.xlsx", .calls, .xlsx, false),
    ]

    /// Creates the folder and removes only what an earlier demo left in it.
    func empty(for campaign: DemoCampaign) throws {
        try OutputTarget.makeFolder(path)
        try requireOwn(campaign)
        try requireNoOther(than: campaign)
        try campaign.requireFolder()
        let files = ProtectedFiles(database: database, reader: nil)
        for file in [ledger] + Self.reports.map({ "\(path)/\($0.name)" }) {
            _ = try OutputFile(file, replaces: true, protecting: files)
        }
        let holding = WriterLock.holding(ofDatabase: database)
        guard holding == .free else { throw StoreError.held(path: database, holder: holding.phrase) }
        for file in try removed + rejects() where FileManager.default.fileExists(atPath: file) {
            try FileManager.default.removeItem(atPath: file)
        }
    }

    /// What a demo removes at its beginning.
    private var removed: [String] {
        ["", "-wal", "-shm", "-spool", "-tide", "-uploads"].map { database + $0 } + [ledger]
    }

    /// The files of rejected rows that earlier demos wrote: `demo.rejects.csv`, `demo.rejects-2.csv`.
    private func rejects() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path)
            .filter { $0.wholeMatch(of: /.+\.rejects(-\d+)?\.csv/) != nil }.map { "\(path)/\($0)" }
    }

    /// Refuses a folder whose files are not marked as a demo's: `discador.db` is the name of real databases too.
    private func requireOwn(_ campaign: DemoCampaign) throws {
        let files = FileManager.default
        guard !files.fileExists(atPath: mark) else { return }
        let replaced = removed + Self.reports.map { "\(path)/\($0.name)" }
        let others = replaced.filter { FileStatus(ofLinkItself: $0) != nil } + campaign.existing
        guard others.isEmpty else {
            throw Failure(
                .usage,
                Phrase("The demo would replace ", "A demonstração substituiria ") + .list(others)
                    + Phrase(
                        ": choose another folder with --output, or move them away. Nothing was changed.",
                        ": escolha outra pasta com --output, ou tire esses arquivos dali. Nada foi mudado."))
        }
        let words = Data("Files of `discador demo`; each demo replaces them.\n".utf8)
        guard files.createFile(atPath: mark, contents: words) else {
            throw Failure(
                .disk,
                Phrase(
                    "\(path) cannot be written to: check the folder and its permissions.",
                    "Não foi possível gravar em \(path): confira a pasta e suas permissões."))
        }
    }

    /// Refuses a database that was used for another campaign since the last demo.
    private func requireNoOther(than campaign: DemoCampaign) throws {
        let known: [CampaignEntry]
        do throws(StoreError) {
            known = try StoreReader(path: database).campaigns()
        } catch {
            // It does not exist, or is still empty.
            if case .missing = error { return }
            throw Failure(
                .usage,
                Phrase(
                    "\(database) cannot be recognized as a demo's database, and would be replaced: choose another "
                        + "folder with --output, or move this one away. Nothing was changed.",
                    "Não se reconhece \(database) como banco de dados de uma demonstração, e ele seria substituído: "
                        + "escolha outra pasta com --output, ou tire este dali. Nada foi mudado."))
        }
        guard let other = known.first(where: { !campaign.isKnown(by: $0.file) }) else { return }
        throw Failure(
            .usage,
            Phrase(
                "\(database) holds the campaign \(other.name), which is not this demo's, and would be replaced: choose "
                    + "another folder with --output, or move this one away. Nothing was changed.",
                "\(database) contém a campanha \(other.name), que não é desta demonstração, e seria substituído: escolha "
                    + "outra pasta com --output, ou tire este dali. Nada foi mudado."))
    }

    func writeReports(_ reader: StoreReader, campaign: Campaign, _ language: Language) throws -> [String] {
        return try Self.reports.map { name, kind, format, isForExcel in
            let file = "\(path)/\(name)"
            try ReportFile(
                reader: reader, campaign: campaign.name, isForExcel: isForExcel, timeZone: campaign.timeZone,
                language: language
            ).write(kind, format: format, to: file)
            return file
        }
    }
}
