import CampaignCore
import CampaignFile
import CampaignStore
import Foundation
import Glibc

/// The campaign that a demo dials: a folder, or the one that is embedded in the program.
struct DemoCampaign {
    /// What makes it slow enough to be watched: as many calls take two minutes, not ten seconds.
    private static let watchedPace = "pace: {calls: 25, per: 1m}         # slow enough to be watched\n"
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
    /// Whether it is dialed slowly enough to be watched, and pages can start it again.
    let isWatched: Bool

    /// - Parameters:
    ///   - chosen: what the user has chosen; nil: the files of this repository, else those in the program.
    ///   - output: the demo's folder.
    ///   - isWatched: whether somebody watches it in a browser; it is the program's own then.
    init(_ chosen: String?, output: String, isWatched: Bool = false) {
        self.isWatched = isWatched
        let isHere = !isWatched && FileManager.default.fileExists(atPath: "\(Self.usualFolder)/\(DemoFigures.fileName)")
        isEmbedded = chosen == nil && !isHere
        folder = chosen ?? (isHere ? Self.usualFolder : "\(output)/campaign")
    }

    /// Where the values are that a watched campaign's file names.
    var environmentFile: String { "\(folder)/\(CampaignFile.environmentFileName)" }

    /// The embedded files that are there already.
    var existing: [String] {
        guard isEmbedded else { return [] }
        return (Self.files.map { "\(folder)/\($0.name)" } + [environmentFile]).filter {
            FileStatus(ofLinkItself: $0) != nil
        }
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
                let isSlowed = isWatched && file.name == CampaignFile.fileName
                try Data(file.bytes + (isSlowed ? Array(Self.watchedPace.utf8) : [])).write(
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

    /// Writes the values that its file names, so that it can be started again from a page, or by a command.
    @inline(never)  // see `RunLoop.open`
    func write(variables: [String: String]) throws {
        let lines = variables.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\n" }
        try NewFile.write(Array(lines.joined().utf8), to: environmentFile)
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
