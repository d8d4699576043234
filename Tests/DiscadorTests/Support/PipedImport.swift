import CampaignCore
import Foundation
import Glibc
import Ongoing
import Testing

@testable import discador

/// An import that a run performs for another command, of a list that continues until the test ends it: a named pipe,
/// which no command of ours would pass on.
final class PipedImport {
    private let socket: BareSocket
    private let pipe: FileHandle

    /// Asks the run for it; returns once the run reads the list.
    init(beside waiting: WaitingRun, into campaign: String = "camp") async throws {
        let path = waiting.cli.folder.appending(path: "pipe.csv").path
        try #require(mkfifo(path, 0o600) == 0)
        socket = try BareSocket(connectingTo: waiting.socket)
        #expect(socket.read().contains("version"))
        let reading = String(decoding: try JSONEncoder().encode(ListReader.Options()), as: UTF8.self)
        socket.send(
            """
            {"name": "import", "by": {"kind": "terminal", "name": "a test"}, "operation": {
              "campaign": "\(campaign)", "campaignFile": "\(waiting.cli.campaignFile.path)",
              "files": [{"name": "pipe.csv", "path": "\(path)"}], "reading": \(reading), "isStrict": false,
              "replaces": false, "rejectsFolder": "\(waiting.cli.folder.path)"}}
            """)
        var descriptor: Int32 = -1
        try await waiting.run.wait(for: "a reader of the pipe") {
            // Refused until the run opens it for reading.
            descriptor = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
            return descriptor >= 0
        }
        pipe = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    /// Ends the list with these phones.
    ///
    /// - Returns: the run's response.
    func finish(with phones: String...) throws -> String {
        try pipe.write(contentsOf: Data(("fone\n" + phones.map { $0 + "\n" }.joined()).utf8))
        try pipe.close()
        return socket.read()
    }
}
