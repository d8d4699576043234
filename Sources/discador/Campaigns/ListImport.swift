import CampaignCore
import CampaignFile
import CampaignStore
import Foundation
import Reports

/// Takes lists into a campaign and writes down what could not be taken.
struct ListImport {
    let loaded: LoadedCampaign
    let files: [String]
    /// Where the rejected rows are written; nil is beside the campaign file.
    var rejectsFolder: String?

    /// What came of it.
    struct Outcome {
        var campaign: String
        var totals: [ImportTotals]
        /// Contacts of the campaign now.
        var contacts: Int
        /// Where the rejected rows were written; nil when there are none.
        var rejectsFile: String?

        /// The outcome for people.
        var lines: [String] {
            var lines = totals.flatMap { list in
                [
                    "\(list.file): \(list.rows) rows: \(list.accepted) accepted, \(list.duplicates) duplicates, "
                        + "\(list.rejected) rejected, \(list.blank) blank"
                ]
                    + list.reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
                    .map { "  \($0.value) × \($0.key)" }
            }
            if let rejectsFile {
                lines.append("Rejected rows: \(rejectsFile) (correct them there and import that file)")
            }
            lines.append("Campaign \(campaign) has \(contacts) contacts.")
            return lines
        }
    }

    /// Takes the lists into `store`, all or none.
    func run(into store: CampaignStore) async throws -> Outcome {
        let campaign = loaded.campaign
        let files = files
        let totals = try await store.importLists(
            campaign: campaign.name, file: loaded.path, now: Surroundings.now()
        ) { writer in
            for file in files { try Self.take(file, of: campaign, into: writer) }
        }
        let reader = try StoreReader(path: store.path)
        return Outcome(
            campaign: campaign.name, totals: totals, contacts: try reader.counts(campaign: campaign.name).total,
            rejectsFile: try writeRejects(reader))
    }

    private static func take(_ file: String, of campaign: Campaign, into writer: ImportWriter) throws {
        var source = try ByteSource(path: file)
        var list = ListReader(
            file: file, reading: ListReading(country: campaign.country, columns: campaign.columns),
            sample: try source.read())
        var hasBegun = false
        while true {
            while let row = try list.next() {
                if !hasBegun {
                    try writer.beginList(file: file, columns: list.columns)
                    hasBegun = true
                }
                try writer.add(row)
            }
            guard !list.isFinished else { break }
            list.append(try source.read())
        }
        if !hasBegun { try writer.beginList(file: file, columns: list.columns) }
        for _ in 0..<list.blankLines { try writer.add(.blank) }
    }

    /// Writes the campaign's rejected rows beside its file, so that they can be corrected and imported again.
    private func writeRejects(_ reader: StoreReader) throws -> String? {
        let name = loaded.campaign.name
        guard try reader.summary(campaign: name).rejectedRows > 0 else { return nil }
        let path = "\(rejectsFolder ?? loaded.folder)/\(name).rejects.csv"
        try ReportFile(reader: reader, campaign: name).write(.rejects, format: .csv, to: path)
        return path
    }
}

/// A file, or standard input, read piece by piece.
struct ByteSource {
    /// Bytes of a piece: large enough for the reading to cost nothing, small beside the memory budget.
    private static let pieceSize = 262_144

    private let handle: FileHandle
    private let path: String

    init(path: String) throws {
        self.path = path
        if path == "-" {
            handle = .standardInput
            return
        }
        var isFolder = ObjCBool(false)
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw Failure(.badInput, "There is no file \(path): check the name.")
        }
        guard !isFolder.boolValue else {
            throw Failure(.badInput, "\(path) is a folder: name the CSV file in it.")
        }
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw Failure(.badInput, "\(path) cannot be read: check its permissions.")
        }
        self.handle = handle
    }

    /// The next piece; empty at the end.
    mutating func read() throws -> [UInt8] {
        do {
            return [UInt8](try handle.read(upToCount: Self.pieceSize) ?? Data())
        } catch {
            throw Failure(.badInput, "\(path) cannot be read: \(error.localizedDescription).")
        }
    }
}
