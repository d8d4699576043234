import CampaignStore
import Foundation
import Testing

@testable import discador

/// The units of the document about the service, compared with the program.
@Suite(.fewAtATime) struct `The units for systemd` {
    private let units: [[String: [String]]]
    /// The text of each unit, by the name of its file.
    private let files: [String: String]

    init() throws {
        let document = try MarkdownFile("Sources/discador/Service/README.md")
        let blocks = document.blocks(of: "ini")
        let names = document.lines.compactMap { $0.firstMatch(of: /`\/etc\/systemd\/system\/([a-z.-]+)`:$/) }
        try #require(names.count == blocks.count)
        files = Dictionary(
            uniqueKeysWithValues: zip(names, blocks).map { (String($0.1), $1.joined(separator: "\n") + "\n") })
        units = blocks.map { lines in
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

    @Test func `are those that systemd accepts without a word, and that leave the services few rights`() async throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze") else { return }
        let folder = FileManager.default.temporaryDirectory.appending(path: "discador-units-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
        let services = files.keys.filter { $0.hasSuffix(".service") }.sorted()
        #expect(services == ["discador-backup.service", "discador.service"])
        func check(_ commands: [String]) async throws -> Program.Result {
            try await Program(["--version"], in: folder, shell: commands.joined(separator: " && ") + " || exit 9")
                .result()
        }
        // Programs must exist; the page for man need not.
        let replacement = "sed -i \"s|/usr/local/bin/discador|$0|\" *.service"
        let verified = try await check([replacement, "systemd-analyze verify --man=no ./*"])
        #expect(verified.exitCode == 0 && verified.stderr.isEmpty, "\(verified.stderr)")
        // In tenths of what it shows.
        let secured = try await check(
            services.map { "systemd-analyze security --offline=true --threshold=20 ./\($0) >&2" })
        #expect(secured.exitCode == 0, "\(secured.stderr)")
    }
}
