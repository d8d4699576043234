import CampaignCore
import Glibc

/// Files that were not there before, and that only their owner can read.
enum NewFile {
    /// Writes a file; throws if there is anything of that name.
    static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw unwritable(path, SystemError()) }
        defer { close(descriptor) }
        let file = OpenFile(descriptor: descriptor)
        do throws(SystemError) {
            try file.write(bytes)
            try file.sync()
        } catch {
            throw unwritable(path, error)
        }
    }

    private static func unwritable(_ path: String, _ error: SystemError) -> Failure {
        Failure(
            .disk,
            Phrase(
                "\(path) cannot be written (\(error.phrase.english)): check the folder and its permissions.",
                "Não foi possível gravar \(path) (\(error.phrase.portuguese)): confira a pasta e as permissões."))
    }
}
