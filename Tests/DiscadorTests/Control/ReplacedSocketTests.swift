import CampaignCore
import Foundation
import Glibc
import Testing

@testable import discador

@Suite(.fewAtATime) struct `A socket inherited from systemd, whose place a run has taken` {
    @Test func `is known not to be found by commands, whether the run was killed or has ended`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "socket-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let database = folder.appending(path: "discador.db").path
        let path = ControlServer.socketPath(ofDatabase: database)
        let listener = try BareSocket(listeningAt: path)
        let inherited = try InheritedSocket(descriptor: listener.descriptor, forDatabase: database)
        #expect(inherited.whyNotFound() == nil)
        close(try UnixSocket.listen(at: path))
        // What a killed process leaves.
        #expect(FileManager.default.fileExists(atPath: path))
        #expect(inherited.whyNotFound()?.english.contains("systemctl restart") == true)
        unlink(path)
        #expect(inherited.whyNotFound()?.english.contains(path) == true)
        #expect(inherited.whyNotFound()?.portuguese.contains("o socket do systemd em \(path) não existe mais") == true)
    }
}
