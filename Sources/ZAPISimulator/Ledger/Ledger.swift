// In some builds the members of `stat` come from here, in others from Glibc.
import CDispatch
import Foundation
import Glibc

/// Keeps the ledger entries: in memory, in a file, in both or in neither.
///
/// A line is handed to the operating system before `append` returns, so it survives the death of any process, but not
/// of the machine: nothing is synced.
struct Ledger: Sendable {
    private(set) var entries: [LedgerEntry] = []
    /// How many lines there are, including those that the file had when it was opened.
    private(set) var count = 0
    /// How many requests and rings have been added.
    private(set) var requests = 0

    private let file: FileHandle?
    private let keepsInMemory: Bool

    /// With a nil `path`, there is no file. A file that already has lines is continued.
    init(path: String?, keepsInMemory: Bool) throws(SimulatorError) {
        self.keepsInMemory = keepsInMemory
        guard let path else {
            file = nil
            return
        }
        do {
            (file, count) = try Self.open(path)
        } catch let error as SimulatorError {
            throw error
        } catch {
            throw .ledger(path: path, reason: FileReason.of(error))
        }
    }

    /// Numbers the entries and writes their lines, all or (as far as the disk allows) none.
    mutating func append(_ added: [LedgerEntry]) throws {
        var numbered = added
        for index in numbered.indices { numbered[index].sequence = count + 1 + index }
        if let file {
            var lines = Data()
            for entry in numbered { lines.append(contentsOf: LedgerLine(entry).bytes) }
            try file.write(contentsOf: lines)
        }
        count += numbered.count
        requests += numbered.count { $0.endpoint != "webhook" }
        if keepsInMemory { entries.append(contentsOf: numbered) }
    }

    private static func open(_ path: String) throws -> (FileHandle, lines: Int) {
        if !FileManager.default.fileExists(atPath: path) {
            // Phones are personal data: no other user may read them.
            let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw SimulatorError.ledger(path: path, reason: FileReason.text(errno)) }
            close(descriptor)
        }
        // A pipe or a device has nothing to continue, and reading it could block forever.
        guard isRegular(path) else {
            return (try FileHandle(forWritingTo: URL(fileURLWithPath: path)), 0)
        }
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        var lines = 0
        var last = UInt8(ascii: "\n")
        while let chunk = try file.read(upToCount: 1 << 20), let final = chunk.last {
            // No lines must be appended to a list or settings file named by mistake.
            guard try file.offset() > chunk.count || chunk.first == UInt8(ascii: "{") else {
                throw SimulatorError.ledger(path: path, reason: "it is not a ledger")
            }
            lines += chunk.count { $0 == UInt8(ascii: "\n") }
            last = final
        }
        if last != UInt8(ascii: "\n") {
            try file.write(contentsOf: Data([UInt8(ascii: "\n")]))
            lines += 1
        }
        return (file, lines)
    }

    private static func isRegular(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }
}
