import CampaignCore
import CampaignFile
import CampaignStore
import Foundation
import Glibc

/// Makes a campaign with the settings of another one, in a folder beside that one's: its file with another name, and its
/// env file. It has no contacts.
struct CopyCampaign: CampaignOperation {
    struct Outcome: Codable, Sendable {
        /// The new folder.
        var folder: String
        /// Whether the other campaign's env file was copied too.
        var hasEnvironmentFile: Bool
    }

    static let name = "copy"
    /// Two that are asked for at once could have one name, or names that differ only in case.
    private static let copies = OneAtATime()
    /// Bytes of the largest env file.
    private static let mostOfSecrets = 1_048_576

    /// The new campaign's name.
    var campaign: String
    var source: String
    /// The env file of the process that asks, from which values come; nil: the one beside the campaign file.
    var environmentFile: String?

    func perform(in context: OperationContext) async throws -> Outcome {
        try await Self.copies.run { try await copy(in: context) }
    }

    private func copy(in context: OperationContext) async throws -> Outcome {
        let (file, folder) = try place(among: context.store.reader().campaigns())
        let text = try CampaignFile.text(
            copiedFrom: file, named: campaign, environmentFile: environmentFile,
            environment: SystemEnvironment.environment)
        let secrets = try Self.secrets(beside: file)
        let made = try make(folder, text, secrets)
        do {
            var rules = ImportRules(now: SystemEnvironment.now())
            rules.isDuringRun = context.dialing != nil
            // No list: the campaign is known from now on.
            _ = try await context.store.importLists(campaign: campaign, file: made[0], rules) { _ in }
        } catch {
            Self.remove(made, folder)
            throw error
        }
        return Outcome(folder: folder, hasEnvironmentFile: secrets != nil)
    }

    /// The other campaign's file, and the new folder.
    private func place(among known: [CampaignEntry]) throws -> (file: String, folder: String) {
        try Self.requireName(campaign)
        guard let entry = known.first(where: { $0.name == source }) else {
            throw StoreError.unknownCampaign(name: source, known: known.map(\.name))
        }
        // Where names are folders, two that differ only in case are one.
        if let taken = known.first(where: { $0.name.lowercased() == campaign.lowercased() }) {
            throw Failure(
                .usage,
                Phrase(
                    "There is a campaign \(taken.name) already: choose another name.",
                    "Já existe uma campanha \(taken.name): escolha outro nome."))
        }
        let folder = URL(fileURLWithPath: entry.file).deletingLastPathComponent()
        return (entry.file, folder.deletingLastPathComponent().appending(path: campaign).path)
    }

    /// Throws unless a campaign may be called so.
    static func requireName(_ name: String) throws(Failure) {
        guard !CampaignFile.isName(name) else { return }
        throw Failure(
            .usage,
            Phrase("“\(name)” is not a valid name: write ", "“\(name)” não é um nome válido: escreva ")
                + CampaignFile.nameRule + Phrase(verbatim: "."))
    }

    /// The content of the env file beside a campaign file; nil when there is none.
    private static func secrets(beside file: String) throws -> [UInt8]? {
        let path = URL(fileURLWithPath: file).deletingLastPathComponent()
            .appending(path: CampaignFile.environmentFileName).path
        guard let status = FileStatus(of: path) else { return nil }
        guard status.isRegular, status.size <= mostOfSecrets, let content = FileManager.default.contents(atPath: path)
        else {
            throw Failure(
                .badInput,
                Phrase("\(path) cannot be read: check it.", "Não foi possível ler \(path): confira o arquivo."))
        }
        return [UInt8](content)
    }

    /// - Returns: the files, the campaign file first.
    private func make(_ folder: String, _ text: String, _ secrets: [UInt8]?) throws -> [String] {
        guard mkdir(folder, 0o700) == 0 else {
            let error = SystemError()
            guard error.code == EEXIST else {
                throw Failure(
                    .disk,
                    Phrase("The folder \(campaign) cannot be made (", "Não foi possível criar a pasta \(campaign) (")
                        + error.phrase
                        + Phrase("): check the permissions.", "): confira as permissões."))
            }
            throw Failure(
                .usage,
                Phrase(
                    "A folder \(campaign) already exists beside that of \(source): choose another name. Nothing was written.",
                    "Já existe uma pasta \(campaign) ao lado da de \(source): escolha outro nome. Nada foi gravado."))
        }
        let files = [folder + "/" + CampaignFile.fileName, folder + "/" + CampaignFile.environmentFileName]
        do {
            try NewFile.write(Array(text.utf8), to: files[0])
            if let secrets { try NewFile.write(secrets, to: files[1]) }
        } catch {
            Self.remove(files, folder)
            throw error
        }
        return secrets == nil ? [files[0]] : files
    }

    /// Only what was made here: a folder in which somebody has put something stays.
    private static func remove(_ files: [String], _ folder: String) {
        for file in files { unlink(file) }
        rmdir(folder)
    }

    func forwarded(_ attachments: inout RequestAttachments) throws -> Self {
        var operation = self
        operation.environmentFile = environmentFile.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
        return operation
    }
}
