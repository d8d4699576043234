import CampaignCore
import CampaignStore
import Crypto
import Foundation
import Reports

/// The file of rejected rows beside the campaign file, in which they can be corrected for another import.
struct RejectsFile {
    let campaign: String
    let folder: String
    /// The lists being imported: one of them may contain the rejected rows of an earlier import.
    let lists: [String]
    /// The language of the remedies. Headings and codes are the same in every language.
    let language: Language
    /// Which of the lists' columns is what, so that the file is read as they were; nil where they differ.
    var columns: ColumnNames?

    /// Writes the rejected rows of one import.
    ///
    /// - Returns: where they are, and which files were kept because a person has changed them.
    func write(
        _ reader: StoreReader, importedAt: Timestamp, notingIn store: CampaignStore
    ) async throws -> (path: String, kept: [String]) {
        let known = try reader.rejectsFiles(campaign: campaign)
        var kept: [String] = []
        var number = 1
        while !mayBeReplaced(name(number), known) {
            if !isBeingImported(name(number)) { kept.append(name(number)) }
            number += 1
        }
        let path = name(number)
        // People open it in Excel with a double click, and correct it there.
        var file = ReportFile(reader: reader, campaign: campaign, isForExcel: true)
        file.rejectsOfImportAt = importedAt
        file.languageOfRemedies = language
        if let columns {
            let names = try reader.ownColumns(campaign: campaign)
            // A name that another list has given to several columns would not be found.
            if columns.all.allSatisfy({ name in names.count { $0 == name } == 1 }) { file.listColumns = columns }
        }
        try file.write(.rejects, format: .csv, to: path)
        if let hash = Self.hash(of: path) {
            try await store.noteRejectsFile(Self.absolute(path), sha256: hash, campaign: campaign)
        }
        return (path, kept)
    }

    private func name(_ number: Int) -> String {
        "\(folder)/\(campaign).rejects\(number == 1 ? "" : "-\(number)").csv"
    }

    /// Whether there is no file yet, or it is unchanged since this program wrote it.
    private func mayBeReplaced(_ path: String, _ known: [String: [UInt8]]) -> Bool {
        guard !isBeingImported(path) else { return false }
        let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
        // If it is a folder, writing reports the problem; links and pipes belong to a person.
        guard let type, type != .typeDirectory else { return true }
        guard type == .typeRegular, let hash = Self.hash(of: path) else { return false }
        return known[Self.absolute(path)] == hash
    }

    private func isBeingImported(_ path: String) -> Bool {
        lists.contains { Self.absolute($0) == Self.absolute(path) }
    }

    private static func absolute(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.path
    }

    /// The SHA-256 of a file; nil when it cannot be read.
    static func hash(of path: String) -> [UInt8]? {
        guard var source = try? ByteSource(ListFile(path)), source.size != nil else { return nil }
        var hash = SHA256()
        while let piece = try? source.read() {
            guard !piece.isEmpty else { return Array(hash.finalize()) }
            hash.update(data: piece)
        }
        return nil
    }
}
