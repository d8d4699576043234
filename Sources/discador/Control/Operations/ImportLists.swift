import CampaignCore
import CampaignFile
import CampaignStore
import Dispatch
import Foundation

/// Takes lists into a campaign and writes down what could not be taken.
struct ListImport {
    /// The campaign's name.
    let campaign: String
    /// Where its file stands.
    let campaignFile: String
    private(set) var files: [ListFile]
    /// How the lists are read.
    var reading: ListReading
    /// Whether one bad row refuses everything.
    var isStrict = false
    /// Whether contacts that wait and are no longer in their list are excluded.
    var replaces = false
    /// Numbers that another campaign called in as many days are left out; nil leaves nobody out.
    var skipsCalledDays: Int?
    /// Where the rejected rows are written.
    private let rejectsFolder: String
    /// Told how far the import is; nil is nobody.
    var progress: ImportProgress?
    /// Given the first rows of each list; nil is nobody.
    var sample: ListSample?

    /// The import of lists as the campaign file describes them; rejected rows are written beside that file, or to
    /// `rejectsFolder`.
    init(loaded: LoadedCampaign, files: [String], rejectsFolder: String? = nil) {
        campaign = loaded.campaign.name
        campaignFile = loaded.path
        self.files = files.map(ListFile.init)
        self.rejectsFolder = rejectsFolder ?? loaded.folder
        reading = ListReading(country: loaded.campaign.country, columns: loaded.campaign.columns)
    }

    /// Takes the lists into `store`, all or none.
    ///
    /// - Parameter isBesideRun: whether a run goes on meanwhile, which must not wait for it.
    func run(into store: CampaignStore, isBesideRun: Bool = false) async throws -> ImportOutcome {
        let now = SystemEnvironment.now()
        let totals = try await take(into: store, now: now, isBesideRun: isBesideRun)
        let reader = try store.reader()
        var outcome = ImportOutcome(
            campaign: campaign, totals: totals, contacts: try reader.importedContacts(campaign: campaign))
        outcome.replaces = replaces
        guard totals.contains(where: { $0.rejected > 0 }) else { return outcome }
        let rejects = RejectsFile(campaign: campaign, folder: rejectsFolder, lists: files.map(\.path))
        do {
            let written = try await rejects.write(importedAt: now, reader, noting: store)
            outcome.rejectsFile = written.path
            outcome.rejectsFilesKept = written.kept
        } catch let failure as Failure {
            outcome.rejectsFailure = failure
        }
        return outcome
    }

    /// Takes the lists into `store` and writes no file.
    func take(into store: CampaignStore, now: Timestamp, isBesideRun: Bool = false) async throws -> [ImportTotals] {
        var rules = ImportRules(now: now)
        rules.skipsCalledSince = skipsCalledDays.map { now.advanced(by: .seconds(-86_400 * $0)) }
        rules.isBesideRun = isBesideRun
        let importing = self
        return try await withThrowingTaskGroup(of: Void.self) { group in
            if let progress { group.addTask { await progress.refresh(on: SystemEnvironment.clock) } }
            defer {
                group.cancelAll()
                progress?.end()
            }
            return try await store.importLists(campaign: campaign, file: campaignFile, rules) { writer in
                writer.replaces = importing.replaces
                let bad = BadRowCount()
                for file in importing.files { try importing.take(file, into: writer, bad) }
                guard !importing.isStrict || bad.count == 0 else { throw Self.refusal(bad) }
            }
        }
    }

    private func take(_ file: ListFile, into writer: ImportWriter, _ bad: BadRowCount) throws {
        let source = try ByteSource(file)
        let origin = source.size == nil ? nil : file.origin.map { ListOrigin(path: $0, modified: source.modified) }
        if let earlier = try earlierImport(of: file, source, writer) {
            return writer.skipList(file: file.name, sameAs: earlier, origin: origin)
        }
        let producer = ListProducer(file: file.name, reading: reading, bad: bad, progress: progress, sample: sample)
        let parts = BoundedQueue<ListPart>(ahead: 3)
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
                case .end(let fingerprint): try writer.endList(fingerprint)
                }
            }
        } catch {
            parts.cancel()
            throw error
        }
    }

    /// The import of the very same file before; nil when there was none, or it cannot be told without reading it all.
    private func earlierImport(
        of file: ListFile, _ source: ByteSource, _ writer: ImportWriter
    ) throws -> EarlierImport? {
        // Whom other campaigns called changes from day to day, so that the same file may have somebody new.
        // What is left out at the top is looked at each time.
        guard skipsCalledDays == nil, sample == nil, reading.skipLines == 0 else { return nil }
        guard let size = source.size, try writer.hasList(ofBytes: size) else { return nil }
        return try writer.earlierImport(of: Fingerprinting.read(file, reading))
    }

    private static func refusal(_ bad: BadRowCount) -> Failure {
        Failure(
            .badInput,
            "\(bad.count.counted("bad row")), and --strict takes all or nothing: nothing was taken in. "
                + "`--preview` counts the reasons.\n" + bad.text)
    }
}

extension ListImport: StoreOperation {
    /// Without those who only look on, in the process that asks for it.
    private enum CodingKeys: CodingKey {
        case campaign, campaignFile, files, reading, isStrict, replaces, skipsCalledDays, rejectsFolder
    }

    var label: String { "import \(campaign)" }
    var request: ControlRequest { .takeLists(self) }

    func perform(at context: OperationContext) async throws -> ImportOutcome {
        try await run(into: context.store, isBesideRun: context.run != nil)
    }

    func addressed(_ attachments: inout RequestAttachments) throws -> Self {
        var work = self
        work.files = try files.map { try $0.addressed(&attachments) }
        return work
    }
}
