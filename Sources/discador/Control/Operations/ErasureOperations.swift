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

    func perform(in context: OperationContext) async throws -> Outcome {
        var outcome = Outcome()
        for number in numbers {
            // The numbers are not known any more afterwards.
            let all = try context.store.reader().numbers(ofPersonWith: number)
            outcome.people.append(try await forget(number, in: context))
            let mentions = NumberMentions(all, locally: true)
            outcome.files.removed += try ErasedFiles.remove(context.store, mentioning: mentions)
        }
        outcome.files.noteOthers(try context.store.reader().knownFiles())
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

/// Deletes a campaign.
struct DeleteCampaign: CampaignOperation {
    struct Outcome: Codable, Sendable {
        var deleted: DeletedCampaign
        var files: ErasedFiles
    }

    static let name = "delete"

    var campaign: String
    /// Whether calls that may have rung do not matter.
    var withDoubts: Bool

    func perform(in context: OperationContext) async throws -> Outcome {
        let store = context.store
        if let dialing = context.dialing, await dialing.isDialing(campaign) {
            throw ErasureError.active(campaign: campaign, database: store.path)
        }
        let before = try store.reader().knownFiles()
        let deleted = try await store.deleteCampaign(campaign, withDoubts: withDoubts, now: SystemEnvironment.now())
        var files = ErasedFiles()
        for path in deleted.rejectsFiles { files.remove(path, writtenAs: before.rejects[path]) }
        files.lists = deleted.lists
        files.copies = before.copies
        return Outcome(deleted: deleted, files: files)
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

    func perform(in context: OperationContext) async throws -> Outcome {
        let store = context.store
        let pruned = try await store.pruneContacts(before: moment, now: SystemEnvironment.now())
        let known = try store.reader().knownFiles()
        var files = ErasedFiles()
        for path in pruned.rejectsFiles { files.remove(path, writtenAs: known.rejects[path]) }
        files.noteOthers(known)
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

    /// Removes the files of rejected rows that mention a number and are as the program has written them.
    static func remove(_ store: CampaignStore, mentioning mentions: NumberMentions) throws -> [String] {
        var files = ErasedFiles()
        for (path, written) in try store.reader().knownFiles().rejects.sorted(by: { $0.key < $1.key }) {
            guard let content = try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe),
                mentions.areIn(content)
            else { continue }
            files.remove(path, writtenAs: written)
        }
        return files.removed
    }

    /// Removes a file, unless a person has changed it.
    mutating func remove(_ path: String, writtenAs hash: [UInt8]?) {
        guard FileManager.default.fileExists(atPath: path) else { return }
        if let hash, RejectsFile.hash(of: path) == hash, (try? FileManager.default.removeItem(atPath: path)) != nil {
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
        lists = known.lists.filter { FileManager.default.fileExists(atPath: $0) }
        copies = known.copies
    }

    /// What people have to look at themselves, a line each.
    var lines: [Phrase] {
        var lines = removed.map { Phrase("Removed: \($0)", "Removido: \($0)") }
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
