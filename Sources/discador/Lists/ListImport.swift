import CampaignCore
import CampaignFile
import CampaignStore
import Foundation
import Reports

/// Takes lists into a campaign and writes down what could not be taken.
struct ListImport {
    let loaded: LoadedCampaign
    let files: [String]
    /// How the lists are read.
    var reading: ListReading
    /// Whether one bad row refuses everything.
    var isStrict = false
    /// Numbers that another campaign called in as many days are left out; nil leaves nobody out.
    var skipsCalledDays: Int?
    /// Where the rejected rows are written; nil is beside the campaign file.
    var rejectsFolder: String?
    /// Told how far the import is; nil is nobody.
    var progress: ImportProgress?
    /// Given the first rows of each list; nil is nobody.
    var sample: ListSample?

    /// The import of lists as the campaign file describes them.
    init(loaded: LoadedCampaign, files: [String], rejectsFolder: String? = nil) {
        self.loaded = loaded
        self.files = files
        self.rejectsFolder = rejectsFolder
        reading = ListReading(country: loaded.campaign.country, columns: loaded.campaign.columns)
    }

    /// Takes the lists into `store`, all or none.
    func run(into store: CampaignStore) async throws -> ImportOutcome {
        let now = Surroundings.now()
        let totals = try await take(into: store, now: now)
        let reader = try StoreReader(path: store.path)
        return ImportOutcome(
            campaign: loaded.campaign.name, totals: totals,
            contacts: try reader.counts(campaign: loaded.campaign.name).total,
            rejectsFile: try writeRejects(reader, of: totals, importedAt: now))
    }

    /// Takes the lists into `store` and writes no file.
    func take(into store: CampaignStore, now: Timestamp) async throws -> [ImportTotals] {
        let skipsCalledSince = skipsCalledDays.map { now.advanced(by: .seconds(-86_400 * $0)) }
        let (importing, campaign, path) = (self, loaded.campaign.name, loaded.path)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            if let progress { group.addTask { await progress.refresh(on: Surroundings.clock) } }
            defer {
                group.cancelAll()
                progress?.end()
            }
            return try await store.importLists(
                campaign: campaign, file: path, now: now, skipsCalledSince: skipsCalledSince
            ) { writer in
                let bad = BadRowCount()
                for file in importing.files { try importing.take(file, into: writer, bad) }
                guard !importing.isStrict || bad.count == 0 else { throw Self.refusal(bad) }
            }
        }
    }

    private func take(_ file: String, into writer: ImportWriter, _ bad: BadRowCount) throws {
        if let since = try unchangedSince(file, writer) { return writer.skipList(file: file, unchangedSince: since) }
        var source = try ByteSource(path: file)
        progress?.begin(file, size: source.size)
        var fingerprinting = Fingerprinting(reading)
        let first = try source.read()
        fingerprinting.append(first)
        var list = ListReader(file: file, reading: reading, sample: first)
        var bytes = first.count
        var hasBegun = false
        while true {
            while let row = try list.next() {
                if !hasBegun {
                    try begin(list, file, writer)
                    hasBegun = true
                }
                sample?.note(row)
                if case .reject(let reject) = row { bad.note(reject, of: file) }
                try writer.add(row)
            }
            guard !list.isFinished else { break }
            progress?.note(rows: hasBegun ? writer.totals.last?.rows ?? 0 : 0, bytes: bytes)
            let piece = try source.read()
            fingerprinting.append(piece)
            bytes += piece.count
            list.append(piece)
        }
        if !hasBegun { try begin(list, file, writer) }
        for _ in 0..<list.blankLines { try writer.add(.blank) }
        try writer.endList(fingerprinting.fingerprint)
    }

    private func begin(_ list: ListReader, _ file: String, _ writer: ImportWriter) throws {
        try writer.beginList(file: file, columns: list.columns)
        if let format = list.format { sample?.begin(file, format: format) }
    }

    /// When the very same file was taken in before; nil when it was not, or cannot be told without reading it all.
    private func unchangedSince(_ file: String, _ writer: ImportWriter) throws -> Timestamp? {
        // Whom other campaigns called changes from day to day, so that the same file may have somebody new.
        guard skipsCalledDays == nil, sample == nil else { return nil }
        guard let size = try ByteSource(path: file).size, try writer.hasList(ofBytes: size) else { return nil }
        return try writer.earlierImport(of: Fingerprinting.read(file, reading))
    }

    private static func refusal(_ bad: BadRowCount) -> Failure {
        Failure(
            .badInput,
            "\(bad.count) bad rows, and --strict takes all or nothing: nothing was taken in. `--preview` counts the reasons.\n"
                + bad.text)
    }

    /// Writes the rejected rows of this import beside the campaign file, so that they can be corrected and imported.
    private func writeRejects(_ reader: StoreReader, of totals: [ImportTotals], importedAt: Timestamp) throws -> String?
    {
        guard totals.contains(where: { $0.rejected > 0 }) else { return nil }
        let path = rejectsPath()
        var file = ReportFile(reader: reader, campaign: loaded.campaign.name)
        file.rejectsOfImportAt = importedAt
        try file.write(.rejects, format: .csv, to: path)
        return path
    }

    /// A list that is being corrected is never written over: it may be the rejects of an earlier import.
    private func rejectsPath() -> String {
        let base = "\(rejectsFolder ?? loaded.folder)/\(loaded.campaign.name).rejects"
        let taken = Set(files.map { URL(fileURLWithPath: $0).standardizedFileURL.path })
        let names = ["\(base).csv"] + (2...(files.count + 2)).map { "\(base)-\($0).csv" }
        return names.first { !taken.contains(URL(fileURLWithPath: $0).standardizedFileURL.path) } ?? "\(base).csv"
    }
}
