import CampaignCore
import CampaignFile
import CampaignStore
import Dashboard
import Foundation
import Glibc
import HTTPTypes

/// Lists that browsers send to a service: kept for a day at most, read and imported one after another.
actor ServedImports: ListImports {
    /// Uploads at a time.
    private static let mostUploads = 4
    /// Lists that are remembered.
    private static let mostLists = 100
    private static let age = Duration.seconds(86_400)
    /// Imports that are shown.
    private static let shown = 50

    struct Entry: Sendable {
        var campaign: String
        var file: ReceivedList.File
        var list: UploadedList
        var at: Timestamp
        var columns: [PreviewedList.Column] = []
        /// The latest piece of work with it; the results of earlier ones are not shown.
        var job = 0
        var progress: ImportProgress?

        var reading: ListReading {
            ListReading(
                file: ListFile(uploaded: file.path, named: list.name), choices: list.choices, columns: columns)
        }
    }

    let reads: StoreReads
    let operations: DashboardOperations
    let folder: UploadFolder
    let options: GlobalOptions
    let environmentFile: String?
    /// Copies of the database and reports.
    let longReads: OneAtATime
    var entries: [String: Entry] = [:]
    private let jobs = OneAtATime()
    private var uploads = 0

    /// - Parameter longReads: what reads the whole database waits for its turn there.
    init(
        _ reads: StoreReads, _ operations: DashboardOperations, options: GlobalOptions, environmentFile: String?,
        longReads: OneAtATime
    ) {
        self.reads = reads
        self.operations = operations
        self.options = options
        self.environmentFile = environmentFile
        self.longReads = longReads
        folder = UploadFolder(ofDatabase: options.databasePath)
        folder.removeLeftovers(olderThan: nil, now: SystemEnvironment.now())
    }

    // MARK: What is there

    func overview(of campaign: String, in timeZone: String?) async throws -> ImportOverview {
        let zone = timeZone.flatMap { TimeZone(identifier: $0) }
        let (found, contacts, ofCampaign) = try await reads { reader in
            (
                try reader.imports(campaign: campaign, atMost: Self.shown),
                try reader.importedContacts(campaign: campaign), try reader.timeZone(of: campaign)
            )
        }
        let clock = LocalClock(zone ?? ofCampaign)
        let imported = found.map { entry in
            ImportOverview.Entry(
                importedAt: entry.importedAt, time: clock.text(entry.importedAt, withSeconds: false), file: entry.file,
                added: entry.accepted, duplicates: entry.duplicates, rejected: entry.rejected)
        }
        let waiting = entries.values.filter { $0.campaign == campaign && !$0.list.stage.isImported }
            .sorted { $0.at > $1.at }.map(shown)
        return ImportOverview(entries: imported, waiting: waiting, contacts: contacts, clock: clock.name)
    }

    func list(_ id: String, of campaign: String) async throws -> UploadedList? {
        guard let entry = entries[id], entry.campaign == campaign else { return nil }
        return shown(entry)
    }

    /// With how far the work is.
    private func shown(_ entry: Entry) -> UploadedList {
        var list = entry.list
        let progress = entry.progress?.phrase ?? Phrase(verbatim: "")
        switch list.stage {
        case .reading: list.stage = .reading(progress)
        case .importing: list.stage = .importing(progress)
        case .previewed, .unreadable, .imported, .failed: break
        }
        return list
    }

    // MARK: What comes in

    func begin(_ name: String, for campaign: String) async throws -> any IncomingList {
        // Whether there is such a campaign.
        _ = try await reads { try $0.counts(campaign: campaign) }
        removeOld()
        guard uploads < Self.mostUploads, entries.count < Self.mostLists else {
            throw DashboardError(
                .serviceUnavailable, "too-many-uploads",
                Phrase(
                    "Other lists are being sent: try again when they are done, or discard some of them.",
                    "Outras listas estão sendo enviadas: tente de novo quando terminarem, ou descarte algumas."))
        }
        try folder.prepare()
        guard folder.bytes() < UploadFolder.mostBytes else {
            throw DashboardError(
                .serviceUnavailable, "too-many-lists",
                Phrase(
                    "The lists that were sent and not yet imported take all the room there is for them: import or discard "
                        + "some of them.",
                    "As listas enviadas e ainda não importadas ocupam todo o espaço que há para elas: importe ou descarte "
                        + "algumas."))
        }
        let id = SystemEnvironment.randomBytes(16).hexadecimal
        let received = try ReceivedList(in: folder, id: id) { [self] file in
            await end(upload: id, name, of: campaign, file)
            return id
        }
        uploads += 1
        return received
    }

    private func end(upload id: String, _ name: String, of campaign: String, _ file: ReceivedList.File?) {
        uploads -= 1
        guard let file else { return }
        let choices = ListChoices()
        let list = UploadedList(
            id: id, name: name, bytes: file.bytes, sha256: file.sha256.hexadecimal, choices: choices,
            stage: .reading(Phrase(verbatim: "")))
        entries[id] = Entry(campaign: campaign, file: file, list: list, at: SystemEnvironment.now())
        startPreview(of: id)
    }

    /// Removes what has been there for a day.
    func removeOld() {
        let now = SystemEnvironment.now()
        for (id, entry) in entries where entry.at.duration(to: now) >= Self.age {
            if case .importing = entry.list.stage { continue }
            remove(id)
        }
        folder.removeLeftovers(olderThan: Self.age, now: now)
    }

    private func remove(_ id: String) {
        guard let entry = entries.removeValue(forKey: id) else { return }
        unlink(entry.file.path)
    }

    // MARK: What is done with it

    func preview(_ id: String, of campaign: String, _ choices: ListChoices) async throws {
        guard var entry = entries[id], entry.campaign == campaign else { throw DashboardError.notFound }
        switch entry.list.stage {
        case .importing, .imported: throw Self.tooLate
        case .reading, .previewed, .unreadable, .failed: break
        }
        entry.list.choices = choices
        entries[id] = entry
        startPreview(of: id)
    }

    func commit(
        _ id: String, of campaign: String, seen: SeenList, by actor: Actor, in language: Language
    ) async throws {
        guard let entry = entries[id], entry.campaign == campaign else { throw DashboardError.notFound }
        guard case .previewed(let preview) = entry.list.stage, seen == entry.list.seen else {
            if case .importing = entry.list.stage { throw Self.tooLate }
            throw DashboardError.invalid(
                Phrase(
                    "The list, or how it is read, is no longer as it was shown, and nothing was imported: look at it again.",
                    "A lista, ou o modo de ler, não é mais como foi mostrado, e nada foi importado: olhe de novo."))
        }
        guard preview.result.isUsable, !(entry.list.choices.isStrict && preview.result.rejected > 0) else {
            throw DashboardError.invalid(
                Phrase("This list cannot be imported like this.", "Esta lista não pode ser importada assim."))
        }
        start(id, as: .importing(Phrase(verbatim: ""))) { [self] entry in
            await imported(entry, by: actor, in: language)
        }
    }

    func discard(_ id: String, of campaign: String) async throws {
        guard let entry = entries[id], entry.campaign == campaign else { throw DashboardError.notFound }
        if case .importing = entry.list.stage { throw Self.tooLate }
        remove(id)
    }

    private func startPreview(of id: String) {
        start(id, as: .reading(Phrase(verbatim: ""))) { [self] entry in await previewed(entry) }
    }

    /// Does a piece of work with a list when the ones before it are done, whoever looks.
    private func start(
        _ id: String, as stage: UploadedList.Stage,
        _ work: @escaping @Sendable (Entry) async -> (UploadedList.Stage, [PreviewedList.Column])
    ) {
        guard var entry = entries[id] else { return }
        entry.job += 1
        entry.list.stage = stage
        entry.progress = nil
        entries[id] = entry
        let job = entry.job
        // It goes on when the browser that has asked for it is gone.
        Task {
            try? await jobs.run { [self] in
                guard let entry = await current(id, job) else { return }
                let (stage, columns) = await work(entry)
                await end(id, job, stage, columns)
            }
        }
    }

    private func current(_ id: String, _ job: Int) -> Entry? {
        guard let entry = entries[id], entry.job == job else { return nil }
        return entry
    }

    func note(_ progress: ImportProgress?, of id: String, _ job: Int) {
        guard entries[id]?.job == job else { return }
        entries[id]?.progress = progress
    }

    private func end(_ id: String, _ job: Int, _ stage: UploadedList.Stage, _ columns: [PreviewedList.Column]) {
        guard var entry = entries[id], entry.job == job else { return }
        entry.list.stage = stage
        if !columns.isEmpty { entry.columns = columns }
        entry.progress = nil
        if case .imported = stage { unlink(entry.file.path) }
        entries[id] = entry
    }

    private static let tooLate = DashboardError(
        .conflict, "being-imported",
        Phrase("The list is being imported, or has been.", "A lista está sendo importada, ou já foi."))
}

extension UploadedList.Stage {
    fileprivate var isImported: Bool {
        if case .imported = self { true } else { false }
    }
}

extension [UInt8] {
    /// As lower-case hexadecimal digits.
    fileprivate var hexadecimal: String {
        map { byte in byte < 16 ? "0" + String(byte, radix: 16) : String(byte, radix: 16) }.joined()
    }
}
