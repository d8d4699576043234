import CampaignStore
import Foundation
import Testing

@testable import discador

/// The units of the document about the service, compared with the program.
@Suite(.fewAtATime) struct `The units for systemd` {
    private let units: [[String: [String]]]

    init() throws {
        let document = try MarkdownFile("Sources/discador/Service/README.md")
        units = document.blocks(of: "ini").map { lines in
            let settings = lines.compactMap { $0.wholeMatch(of: /([A-Z][A-Za-z]+)=(.*)/) }
            return Dictionary(grouping: settings, by: { String($0.1) }).mapValues { $0.map { String($0.2) } }
        }
    }

    private func values(_ key: String) -> [String] { units.flatMap { $0[key] ?? [] } }

    @Test func `listen at the socket of the very database that the service opens`() throws {
        let variables = values("Environment").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        let database = try #require(variables.first { $0[0] == "DISCADOR_DB" }?.last)
        #expect(values("ListenStream") == [DatabaseFiles(path: database).socket])
        let folder = URL(fileURLWithPath: database).deletingLastPathComponent().path
        #expect(values("ReadWritePaths").allSatisfy { $0 == folder })
        #expect(values("SocketMode") == ["0600"])
    }

    @Test func `start it again, except after exit codes that need a person`() {
        let codes = values("RestartPreventExitStatus").flatMap { $0.split(separator: " ") }.compactMap { Int32($0) }
        #expect(codes.map(ExitStatus.init(rawValue:)) == [.usage, .badInput])
        // A service that was stopped ends with 0.
        #expect(values("SuccessExitStatus").isEmpty)
        #expect(values("Restart") == ["on-failure"])
    }

    @Test func `give the calls under way the time that a campaign file may grant them, and their ring`() throws {
        let minutes = try #require(values("TimeoutStopSec").first?.wholeMatch(of: /([0-9]+)min/))
        #expect(try #require(Int(minutes.1)) * 60 > 5 * 60 + 15)
    }

    @Test func `let the program see what it needs`() {
        // The identity of the boot is in /proc/sys.
        #expect(values("ProcSubset").isEmpty && !values("ProtectProc").isEmpty)
        #expect(values("RestrictAddressFamilies").first?.split(separator: " ").contains("AF_UNIX") == true)
        #expect(values("User") == values("SocketUser") + values("SocketUser"))
    }
}
