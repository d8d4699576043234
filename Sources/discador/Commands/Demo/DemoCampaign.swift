import CampaignCore
import CampaignFile
import CampaignStore
import Foundation
import Glibc

/// The campaign that a demo dials: a folder, or the one that is embedded in the program.
struct DemoCampaign {
    /// Where the files are that are embedded.
    private static let usualFolder = "campaigns/demo"
    /// What the program has with it.
    private static let files: [(name: String, bytes: [UInt8])] = [
        (CampaignFile.fileName, PackageResources.campaign_yml), ("contatos.csv", PackageResources.contatos_csv),
        (DemoFigures.fileName, PackageResources.expected_json),
    ]

    /// The folder that it is in, or will be.
    let folder: String
    /// Whether the program's own files are written there.
    let isEmbedded: Bool

    /// - Parameters:
    ///   - chosen: what the user has chosen; nil: the files of this repository, else those in the program.
    ///   - output: the demo's folder.
    init(_ chosen: String?, output: String) {
        let isHere = FileManager.default.fileExists(atPath: "\(Self.usualFolder)/\(DemoFigures.fileName)")
        isEmbedded = chosen == nil && !isHere
        folder = chosen ?? (isHere ? Self.usualFolder : "\(output)/campaign")
    }

    /// The embedded files that are there already.
    var existing: [String] {
        guard isEmbedded else { return [] }
        return Self.files.map { "\(folder)/\($0.name)" }.filter { FileStatus(ofLinkItself: $0) != nil }
    }

    /// Refuses a link or a file in the place of the folder for the embedded files.
    func requireFolder() throws(Failure) {
        guard isEmbedded, let status = FileStatus(ofLinkItself: folder), status.kind != S_IFDIR else { return }
        throw Failure(
            .usage,
            Phrase(
                "\(folder) is not a folder, and the demo's campaign goes there: choose another folder with "
                    + "--output, or move \(folder) away. Nothing was changed.",
                "\(folder) não é uma pasta, e é lá que fica a campanha da demonstração: escolha outra pasta com --output, "
                    + "ou tire \(folder) dali. Nada foi mudado."))
    }

    /// Writes the embedded files, in the place of those that an earlier demo has written.
    @inline(never)  // see `RunLoop.open`
    func write() throws {
        guard isEmbedded else { return }
        let manager = FileManager.default
        do {
            try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for file in existing { try manager.removeItem(atPath: file) }
            for file in Self.files {
                try Data(file.bytes).write(
                    to: URL(fileURLWithPath: "\(folder)/\(file.name)"), options: .withoutOverwriting)
            }
        } catch {
            throw Failure(
                .disk,
                Phrase(
                    "\(folder) cannot be written to: check the folder, its permissions and the free space.",
                    "Não foi possível gravar em \(folder): confira a pasta, suas permissões e o espaço livre."))
        }
    }

    /// Whether a database knows it as this one, given the path of the campaign file.
    func isKnown(by file: String) -> Bool {
        let own = [folder, "\(folder)/\(CampaignFile.fileName)"]
        // Somebody may have removed the files that an earlier demo wrote.
        if own.contains(where: { URL(fileURLWithPath: $0).standardizedFileURL.path == file }) { return true }
        guard let identity = FileStatus(of: file)?.identity else { return false }
        return own.contains { FileStatus(of: $0)?.identity == identity }
    }

    /// Reads it for the simulator at this address.
    ///
    /// - Parameter variables: the values that its file may name.
    @inline(never)  // see `RunLoop.open`
    func load(variables: [String: String], simulatedAt address: String) throws -> LoadedCampaign {
        let loaded = try CampaignFile.load(folder, environmentFile: nil, environment: variables)
        guard let real = loaded.campaign.instances.first(where: { $0.baseURL != address }) else { return loaded }
        throw Failure(
            .badInput,
            Phrase(
                "\(loaded.path): the instance \(real.name) is not the simulator's, and a demo calls nobody: give every "
                    + "instance `baseURL: ${DEMO_BASE_URL}`, or dial the campaign with `discador run`.",
                "\(loaded.path): a instância \(real.name) não é do simulador, e uma demonstração não liga para ninguém: dê a "
                    + "cada instância `baseURL: ${DEMO_BASE_URL}`, ou disque a campanha com `discador run`."))
    }
}
