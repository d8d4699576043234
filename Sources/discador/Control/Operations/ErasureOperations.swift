import CampaignCore
import CampaignStore
import Foundation

/// Forgets people, in the database and in the files of rejected rows that the program has written.
struct ForgetPeople: StoreOperation {
    struct Outcome: Codable, Sendable {
        var people: [ForgottenPerson] = []
        var files = ErasedFiles()
    }

    static let name = "forget"
    /// How long a call under way is waited for.
    private static let patience = Duration.seconds(60)
    private static let pause = Duration.milliseconds(250)

    var numbers: [PhoneNumber]
    /// Whether they go on the do-not-call list in any case.
    var blocks: Bool

    /// Not even in masked form.
    var logged: ActionDetail { ActionDetail(counts: ["numbers": numbers.count]) }

    func counts(of outcome: Outcome) -> [String: Int] {
        ["contacts": outcome.people.reduce(0) { $0 + $1.counts.contacts }]
    }

    func perform(in context: OperationContext) async throws -> Outcome {
        let hasOlderTraces = try await context.store.hasTracesOfEarlier()
        var outcome = Outcome()
        for number in numbers {
            outcome.people.append(try await forget(number, in: context))
            outcome.files.add(try await ErasedFiles.end(context.store))
        }
        outcome.files.noteOthers(try context.store.reader().knownFiles())
        outcome.files.hasEndedEarlier = hasOlderTraces && outcome.people.last?.hasTraces == false
        return outcome
    }

    private func forget(_ number: PhoneNumber, in context: OperationContext) async throws -> ForgottenPerson {
        let since = SystemEnvironment.clock.now
        while true {
            do {
                return try await context.store.forget(number, blocks: blocks, now: SystemEnvironment.now())
            } catch let error as ErasureError {
                guard error == .beingCalled, since.duration(to: SystemEnvironment.clock.now) < Self.patience else {
                    throw error
                }
                try await SystemEnvironment.clock.sleep(for: Self.pause)
            }
        }
    }
}

/// Deletes a campaign. Its name, and the files that were marked, stay known until ``EndDeletion``.
struct DeleteCampaign: CampaignOperation {
    struct Outcome: Codable, Sendable {
        var deleted: DeletedCampaign
        var files: ErasedFiles
        var marked: MarkedFiles
    }

    static let name = "delete"

    var campaign: String
    /// Whether calls that may have rung do not matter.
    var withDoubts: Bool

    func counts(of outcome: Outcome) -> [String: Int] {
        ["contacts": outcome.deleted.counts.total, "calls": outcome.deleted.calls]
    }

    func perform(in context: OperationContext) async throws -> Outcome {
        let store = context.store
        if let dialing = context.dialing, await dialing.isDialing(campaign) {
            throw ErasureError.active(campaign: campaign, database: store.path)
        }
        let hasOlderTraces = try await store.hasTracesOfEarlier()
        let deleted = try await store.deleteCampaign(campaign, withDoubts: withDoubts, now: SystemEnvironment.now())
        let marked = try store.reader().markedFiles()
        var files = ErasedFiles(removing: marked)
        files.copies = try store.reader().knownFiles().copies
        files.hasEndedEarlier = hasOlderTraces && !deleted.hasTraces
        return Outcome(deleted: deleted, files: files, marked: marked)
    }
}

/// Ends a deletion once the user has been told about it: until then the same command does, and says, the rest.
struct EndDeletion: CampaignOperation {
    struct Outcome: Codable, Sendable {}

    static let name = "delete, end"

    var campaign: String
    var marked: MarkedFiles

    /// Its name is to be gone.
    var logged: ActionDetail { ActionDetail() }

    func perform(in context: OperationContext) async throws -> Outcome {
        try await context.store.endErasing(marked, of: campaign)
        return Outcome()
    }
}

/// Forgets what is about people in old contacts.
struct PruneContacts: StoreOperation {
    struct Outcome: Codable, Sendable {
        var pruned: PrunedContacts
        var files: ErasedFiles
    }

    static let name = "prune"

    /// What happened before is old; nil: as each campaign's file says.
    var moment: Timestamp?

    func counts(of outcome: Outcome) -> [String: Int] {
        ["contacts": outcome.pruned.contacts, "rejected": outcome.pruned.rejected]
    }

    func perform(in context: OperationContext) async throws -> Outcome {
        let store = context.store
        let hasOlderTraces = try await store.hasTracesOfEarlier()
        let pruned = try await store.pruneContacts(before: moment, now: SystemEnvironment.now())
        var files = try await ErasedFiles.end(store)
        files.noteOthers(try store.reader().knownFiles())
        files.hasEndedEarlier = hasOlderTraces && !pruned.hasTraces
        return Outcome(pruned: pruned, files: files)
    }
}

/// What became of files outside the database.
struct ErasedFiles: Codable, Sendable {
    /// Files of rejected rows that were removed; a report writes them again, without what is gone.
    var removed: [String] = []
    /// Those that a person has changed since, or that cannot be removed.
    var kept: [String] = []
    /// Lists that were imported.
    var lists: [String] = []
    /// Copies of the database beside it.
    var copies: [String] = []

    /// Whether traces were removed that an earlier command had left, because it was interrupted.
    var hasEndedEarlier = false

    init() {}

    /// Removes files of rejected rows that were marked before something was removed from the database, and names lists.
    init(removing marked: MarkedFiles) {
        for (path, hash) in marked.rejects.sorted(by: { $0.key < $1.key }) { remove(path, writtenAs: hash) }
        lists = marked.lists.filter { FileManager.default.fileExists(atPath: $0) }
    }

    /// The same with all that are marked, also by a command that was interrupted.
    static func end(_ store: CampaignStore) async throws -> ErasedFiles {
        let marked = try store.reader().markedFiles()
        let files = ErasedFiles(removing: marked)
        try await store.endErasing(marked, of: nil)
        return files
    }

    mutating func add(_ more: ErasedFiles) {
        removed += more.removed
        kept += more.kept
        lists += more.lists
    }

    /// Removes a file, unless a person has changed it.
    private mutating func remove(_ path: String, writtenAs hash: [UInt8]) {
        guard FileManager.default.fileExists(atPath: path) else { return }
        if RejectsFile.hash(of: path) == hash, (try? FileManager.default.removeItem(atPath: path)) != nil {
            removed.append(path)
        } else {
            kept.append(path)
        }
    }

    /// Notes the files that may have what was removed, and that nobody but a person can decide about.
    mutating func noteOthers(_ known: KnownFiles) {
        kept += known.rejects.keys.sorted().filter {
            !removed.contains($0) && !kept.contains($0) && RejectsFile.hash(of: $0) != known.rejects[$0]
                && FileManager.default.fileExists(atPath: $0)
        }
        lists += known.lists.filter { !lists.contains($0) && FileManager.default.fileExists(atPath: $0) }
        copies = known.copies
    }

    /// What was removed, a line each.
    var endedLines: [Phrase] {
        let earlier = Phrase(
            "Traces that an earlier command had left were removed, too.",
            "Também foram removidos os vestígios que um comando anterior tinha deixado.")
        return (hasEndedEarlier ? [earlier] : [])
            + removed.map { Phrase("Removed: \($0)", "Removido: \($0)") }
    }

    /// The same, and what people have to look at themselves.
    var lines: [Phrase] {
        var lines = endedLines
        let others = kept + lists + copies
        lines.append(
            Phrase(
                "Not touched, and possibly still with the data: backups, reports and logs that were saved elsewhere"
                    + (others.isEmpty ? "." : ", and these files:"),
                "Não foram tocados, e podem ainda ter os dados: cópias de segurança, relatórios e logs salvos em outros "
                    + "lugares" + (others.isEmpty ? "." : ", e estes arquivos:")))
        return lines + others.map { Phrase(verbatim: "  \($0)") }
    }
}

extension Phrase {
    /// That the rest is removed later.
    static let tracesLeft = Phrase(
        "Bytes of it may still be in unused parts of the database file: they are overwritten when no campaign is being "
            + "dialed any more.",
        "Ainda podem restar bytes em partes não usadas do arquivo do banco de dados: serão apagados quando nenhuma "
            + "campanha estiver sendo discada.")
}
