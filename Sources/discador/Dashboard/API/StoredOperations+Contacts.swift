import CampaignCore
import CampaignFile
import CampaignStore
import Dashboard
import Foundation
import Glibc

/// How the API adds contacts.
extension StoredOperations {
    func add(_ contacts: SentContacts, to campaign: String, by actor: Actor) async throws -> APIReply {
        try await APIFailure.translating {
            let loaded = try await load(campaign, needsSecrets: false)
            let id = UUID().uuidString.lowercased()
            // Its own name in the database, by which it is found again.
            let list = "api-\(actor.name)-\(id).csv"
            let path = try await reads.blocking { try write(contacts.list, named: id) }
            defer { unlink(path) }
            let file = ListFile(path, named: list).withoutOrigin
            var imports = ImportLists(loaded: loaded, lists: [file])
            imports.reading.encoding = contacts.encoding
            if contacts.rows != nil {
                imports.reading.delimiter = .comma
                imports.reading.columns = contacts.rows.map(Self.columns) ?? ColumnNames()
            }
            let reading = imports.reading
            // Reads it as the import will; also what cannot be read at all is told before anything is changed.
            let rows = try await reads.blocking { try ReadContacts(file, reading) }
            try await finishCancel(of: campaign, by: actor)
            let outcome = try await operations.perform(AddContacts(imports: imports, list: list), by: actor)
            return try Self.reply(
                ContactVerdicts(
                    campaign: campaign, rows: rows, fates: outcome.fates, places: contacts.rows?.placesByLine))
        }
    }

    /// Which of the keys mean something: only those that the API names, whatever the others are called.
    private static func columns(of rows: JSONRows) -> ColumnNames {
        func column(_ key: String) -> String { rows.columns.contains(key) ? key : "none" }
        var names = ColumnNames(
            phone: "phone", name: column("name"), callDuration: column("callDuration"), ddd: "none", ddi: "none")
        names.callAudioUrl = column("callAudioUrl")
        names.notBefore = column("notBefore")
        return names
    }

    /// Writes a list beside the database, readable only by its owner.
    ///
    /// - Returns: its path.
    private func write(_ bytes: [UInt8], named name: String) throws -> String {
        let folder = DatabaseFiles(path: options.databasePath).database + "-uploads"
        if mkdir(folder, 0o700) != 0, errno != EEXIST { throw Self.unwritable(errno) }
        let path = "\(folder)/\(name)"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.unwritable(errno) }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try file.write(contentsOf: bytes)
            return path
        } catch {
            unlink(path)
            throw Self.unwritable(EIO)
        }
    }

    private static func unwritable(_ code: Int32) -> Failure {
        let reason = String(cString: strerror(code))
        return Failure(
            .disk,
            Phrase(
                "The contacts cannot be written beside the database (\(reason)): nothing was added.",
                "Não foi possível gravar os contatos ao lado do banco de dados (\(reason)): nada foi acrescentado."))
    }
}
