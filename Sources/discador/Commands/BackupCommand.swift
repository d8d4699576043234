import ArgumentParser
import CampaignCore
import CampaignStore
import Foundation

/// `discador backup`: a copy of the database to keep.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the database to a file, also while a run goes on.",
        discussion: """
            The copy is one moment of the database, checked, and for its owner only (mode 0600). It is put in place whole \
            or not at all. It knows nothing of calls made after it: whoever goes back to it must not dial those again.
            """
    )

    @Argument(help: "The new file.")
    var file: String

    @Flag(help: "Replace the file if it is there already.")
    var force = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let reader = try options.openReader()
        guard !Self.isPart(file, ofDatabase: options.databasePath) else {
            throw Failure(.usage, "\(file) belongs to the database itself: choose another file.")
        }
        guard force || !FileManager.default.fileExists(atPath: file) else {
            throw Failure(.usage, "\(file) is there already: choose another file, or replace it with --force.")
        }
        let spooled = try reader.spooledResults()
        try reader.backUp(to: file)
        let size = (try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int) ?? 0
        let campaigns = try StoreReader(path: file).campaigns().map(\.name)
        try options.output.result(json: Document(file: file, bytes: size, campaigns: campaigns, spooled: spooled))
        options.output.result("\(file): \(size) bytes, \(campaigns.count) campaigns, checked.")
        if spooled > 0 {
            options.output.warn(
                "\(spooled) results are kept beside the database and are not in the copy: keep "
                    + "\(options.databasePath)-spool with it, or start a run, which takes them in, and copy again.")
        }
    }

    private struct Document: Encodable {
        var file: String
        var bytes: Int
        var campaigns: [String]
        var spooled: Int
    }

    /// Whether `file` is the database, under whatever name, or one of the files beside it.
    private static func isPart(_ file: String, ofDatabase database: String) -> Bool {
        let given = URL(fileURLWithPath: file).resolvingSymlinksInPath().path
        let own = URL(fileURLWithPath: database).resolvingSymlinksInPath().path
        if ["", "-wal", "-shm", "-journal", "-lock", "-spool", "-socket"].contains(where: { own + $0 == given }) {
            return true
        }
        let (one, other) = (identity(of: given), identity(of: own))
        return one != nil && one == other
    }

    /// The file itself, which may have several names.
    private static func identity(of path: String) -> [Int]? {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let file = attributes[.systemFileNumber] as? Int, let system = attributes[.systemNumber] as? Int
        else { return nil }
        return [system, file]
    }
}
