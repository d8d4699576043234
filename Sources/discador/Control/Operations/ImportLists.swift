import CampaignCore
import CampaignFile
import CampaignStore
import Dispatch
import Foundation
import Synchronization

/// Imports lists into a campaign, and writes the rejected rows to a file.
struct ImportLists: CampaignOperation {
    static let name = "import"
    static let hasPersonalErrors = true

    let campaign: String
    /// The path of the campaign file.
    let campaignFile: String
    private(set) var files: [ListFile]
    /// How the lists are read.
    var reading: ListReader.Options
    /// Whether one bad row makes the import fail.
    var isStrict = false
    /// Whether waiting contacts that are no longer in their list are excluded.
    var replaces = false
    /// Leave out numbers that another campaign called in this many last days; nil leaves none out.
    var skipsCalledDays: Int?
    /// Where the rejected rows are written.
    private let rejectsFolder: String
    /// The language of whoever asked for it; nil is English.
    var language: Language?
    /// Shows the progress of the import; nil shows nothing.
    var progress: ImportProgress?
    /// Keeps the first rows of each list; nil keeps none.
    var sample: ListSample?

    /// Without the parts that only the requesting process shows.
    private enum CodingKeys: CodingKey {
        case campaign, campaignFile, files, reading, isStrict, replaces, skipsCalledDays, rejectsFolder, language
    }

    /// The import of lists as the campaign file describes them; rejected rows are written beside that file, or to
    /// `rejectsFolder`.
    init(loaded: LoadedCampaign, files: [String], rejectsFolder: String? = nil) {
        self.init(loaded: loaded, lists: files.map(ListFile.init), rejectsFolder: rejectsFolder)
    }

    /// The same for lists that may have names of their own.
    init(loaded: LoadedCampaign, lists: [ListFile], rejectsFolder: String? = nil) {
        campaign = loaded.campaign.name
        campaignFile = loaded.path
        files = lists
        self.rejectsFolder = rejectsFolder ?? loaded.folder
        language = SystemEnvironment.language
        reading = ListReader.Options(country: loaded.campaign.country, columns: loaded.campaign.columns)
    }

    /// Not their names, which may be people's.
    var logged: ActionDetail { ActionDetail(campaign: campaign, counts: ["lists": files.count]) }

    func counts(of outcome: ImportOutcome) -> [String: Int] {
        var counts = ["contacts": 0, "rejected": 0, "duplicates": 0]
        for list in outcome.totals {
            counts["contacts", default: 0] += list.accepted
            counts["rejected", default: 0] += list.rejected
            counts["duplicates", default: 0] += list.duplicates
        }
        return counts
    }

    /// Imports the lists, all or none.
    func perform(in context: OperationContext) async throws -> ImportOutcome {
        let now = SystemEnvironment.now()
        let totals = try await importContacts(into: context.store, now: now, isDuringRun: context.dialing != nil)
        let reader = try context.store.reader()
        var outcome = ImportOutcome(
            campaign: campaign, totals: totals, contacts: try reader.importedContacts(campaign: campaign))
        outcome.replaces = replaces
        guard totals.contains(where: { $0.rejected > 0 }) else { return outcome }
        var rejects = RejectsFile(
            campaign: campaign, folder: rejectsFolder, lists: files.map(\.path), language: language ?? .english)
        rejects.columns = columns(of: totals)
        do {
            let written = try await rejects.write(reader, importedAt: now, notingIn: context.store)
            outcome.rejectsFile = written.path
            outcome.rejectsFilesKept = written.kept
        } catch let failure as Failure {
            outcome.rejectsFailure = failure
        }
        return outcome
    }

    /// Which column is what in the lists with rejected rows; nil when they do not agree. A column that is the phone
    /// of one list may be something else in another.
    private func columns(of totals: [ImportTotals]) -> ColumnNames? {
        let columns = totals.filter { $0.rejected > 0 }.map { $0.findings?.columns }
        guard let first = columns.first ?? nil, columns.allSatisfy({ $0 == first }) else { return nil }
        return reading.columns.declined.merging(first)
    }

    /// Imports the lists, all or none, and writes no file.
    ///
    /// - Parameter isDuringRun: whether a run is in progress, which must not wait for the import.
    func importContacts(
        into store: CampaignStore, now: Timestamp, isDuringRun: Bool = false
    ) async throws -> [ImportTotals] {
        var rules = ImportRules(now: now)
        rules.skipsCalledSince = skipsCalledDays.map { now.advanced(by: .seconds(-86_400 * $0)) }
        rules.isDuringRun = isDuringRun
        let findings = FoundInLists()
        var totals = try await withThrowingTaskGroup(of: Void.self) { group in
            if let progress { group.addTask { await progress.refresh(on: SystemEnvironment.clock) } }
            defer {
                group.cancelAll()
                progress?.end()
            }
            return try await store.importLists(campaign: campaign, file: campaignFile, rules) { writer in
                writer.replaces = replaces
                let bad = BadRowCount()
                for file in files { try add(to: writer, file, bad, findings) }
                guard !isStrict || bad.count == 0 else { throw Self.refusal(bad) }
            }
        }
        for index in totals.indices { totals[index].findings = findings.ofList(index) }
        try addRepeats(to: &totals, try store.reader(), importedAt: now)
        return totals
    }

    /// The first rows of each list whose number did not become another contact: all of those among its first rows, and
    /// some whose number is in the list twice.
    private func addRepeats(to totals: inout [ImportTotals], _ reader: StoreReader, importedAt: Timestamp) throws {
        guard totals.contains(where: { $0.duplicates > 0 }) else { return }
        let first = try reader.duplicates(
            campaign: campaign, importedAt: importedAt, atMost: ListPreview.rowsShown * 8)
        let repeated = try reader.duplicates(
            campaign: campaign, importedAt: importedAt, for: .repeated, atMost: ListFindings.rejectsShown)
        for index in totals.indices {
            let rows = (first + repeated.filter { !first.contains($0) }).filter { $0.file == totals[index].file }
            totals[index].findings?.repeats = rows.map(ListFindings.Repeat.init)
        }
    }

    private func add(to writer: ImportWriter, _ file: ListFile, _ bad: BadRowCount, _ findings: FoundInLists) throws {
        let source = try ByteSource(file)
        let origin = source.size == nil ? nil : file.origin.map { ListOrigin(path: $0, modified: source.modified) }
        if let earlier = try earlierImport(writer, of: file, source) {
            return writer.skipList(file: file.name, sameAs: earlier, origin: origin)
        }
        let producer = ListProducer(file: file, reading: reading, bad: bad, progress: progress, sample: sample)
        let parts = BoundedQueue<ListPart>(capacity: 3)
        DispatchQueue(label: "discador.list").async {
            parts.end(Result { try producer.produce(source, for: parts) })
        }
        do {
            while let part = try parts.next() {
                switch part {
                case .columns(let columns, let isExport, let skipped):
                    try writer.beginList(file: file.name, columns: columns, origin: origin, isExport: isExport)
                    writer.note(skipped)
                case .rows(let rows): try writer.add(rows)
                case .end(let fingerprint, let found):
                    findings.note(found, ofList: writer.totals.count - 1)
                    try writer.endList(fingerprint)
                }
            }
        } catch {
            parts.cancel()
            throw error
        }
    }

    /// The earlier import of the same file; nil when there was none, or only reading the whole file would tell.
    private func earlierImport(
        _ writer: ImportWriter, of file: ListFile, _ source: ByteSource
    ) throws -> EarlierImport? {
        // Which numbers other campaigns have called changes from day to day, so the same file may bring new contacts.
        // And the lines skipped at the top must be reported each time.
        guard skipsCalledDays == nil, sample == nil, reading.skipLines == 0 else { return nil }
        guard let size = source.size, try writer.hasList(ofBytes: size) else { return nil }
        return try writer.earlierImport(of: ListHasher.fingerprint(of: file, reading))
    }

    private static func refusal(_ bad: BadRowCount) -> Failure {
        Failure(
            .badInput,
            Phrase(
                "\(bad.count.counted("bad row")), and --strict imports all or nothing: nothing was imported. "
                    + "`--preview` counts the reasons.\n",
                "\(bad.count.counted("linha ruim", "linhas ruins")), e --strict importa tudo ou nada: nada foi importado. "
                    + "`--preview` conta os motivos.\n") + bad.text)
    }

    func forwarded(_ attachments: inout RequestAttachments) throws -> Self {
        var operation = self
        operation.files = try files.map { try $0.forwarded(&attachments) }
        return operation
    }
}

/// What was found in the lists of an import, by their order.
private final class FoundInLists: Sendable {
    private let state = Mutex<[Int: ListFindings]>([:])

    func note(_ findings: ListFindings?, ofList index: Int) {
        state.withLock { $0[index] = findings }
    }

    func ofList(_ index: Int) -> ListFindings? { state.withLock { $0[index] } }
}
