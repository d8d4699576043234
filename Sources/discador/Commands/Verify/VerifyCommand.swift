import ArgumentParser
import CampaignCore
import Foundation
import UnixSignals

/// `discador verify`: the proof that the promises hold.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Dial campaigns against the built-in simulator, kill the runs again and again, and count what broke.",
        discussion: """
            Nobody is called and no account is needed. Each round takes lists into a fresh database and starts `discador \
            run` on it as a process of its own, which is killed (SIGKILL) at a random moment, again and again, until \
            everybody's turn is over. Meanwhile the simulator throttles, fails, hangs, cuts connections and loses phones, \
            and disks fill up. Then what the simulator saw is held against the database. Exits 0 only if everything \
            that must be 0 is 0.
            """
    )

    @Option(help: "How many runs to kill in all.")
    var kills = 20

    @Option(help: "Contacts of each round; an eighth of them in the rounds whose paces are slow.")
    var contacts = 500

    @Option(help: "Decides faults and kills; the same seed plays them again. [default: drawn]")
    var seed: UInt64?

    @Option(help: ArgumentHelp("Keep the databases and ledgers of all rounds here.", valueName: "folder"))
    var keep: String?

    @Flag(help: "Print the result as JSON.")
    var json = false

    @Flag(help: "Print no progress.")
    var quiet = false

    func validate() throws {
        guard (0...1_000_000).contains(kills) else { throw ValidationError("--kills is from 0 to 1000000.") }
        guard (16...1_000_000).contains(contacts) else { throw ValidationError("--contacts is from 16 to 1000000.") }
    }

    func run() async throws {
        let output = Output(isJSON: json, isQuiet: quiet)
        let seed = seed ?? UInt64(SystemEnvironment.random() * Double(UInt32.max))
        let folder = try Self.folder(keep: keep, seed: seed)
        let verification = Verification(
            kills: kills, contacts: contacts, seed: seed, folder: folder, keepsAll: keep != nil, output: output)
        output.note("seed \(seed)")
        let start = SystemEnvironment.clock.now
        guard let tally = try await Self.untilSignal({ try await verification.run() }) else {
            if keep == nil { try? FileManager.default.removeItem(atPath: folder) }
            throw ExitCode(ExitStatus.interrupted.rawValue)
        }
        let elapsed = start.duration(to: SystemEnvironment.clock.now)
        if keep == nil, tally.isClean { try? FileManager.default.removeItem(atPath: folder) }
        let shown = Result {
            try output.result(
                json: VerifyDocument(seed: seed, isClean: tally.isClean, seconds: elapsed.inSeconds, tally: tally))
            try output.result(tally.table)
            try output.result("seed \(seed), \(DurationWords.short(elapsed))")
        }
        guard tally.isClean else {
            for line in tally.damage + tally.unexpectedEnds { output.warn(line) }
            throw Failure(
                .unexpected,
                "Promises were broken. Again: discador verify --kills \(kills) --contacts \(contacts) --seed \(seed); "
                    + "the databases and ledgers are in \(folder).")
        }
        try shown.get()
    }

    /// Where the rounds go: an empty folder.
    private static func folder(keep: String?, seed: UInt64) throws -> String {
        let own = FileManager.default.temporaryDirectory.appending(path: "discador-verify-\(seed)-\(UUID().uuidString)")
        let path = keep.map { URL(fileURLWithPath: $0).path } ?? own.path
        let content = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        guard content.isEmpty else { throw Failure(.badInput, "\(path) is not empty: choose another folder.") }
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        return path
    }

    /// What `body` gives; nil when a signal to stop came first, and then it was cancelled and has ended.
    private static func untilSignal<T: Sendable>(
        _ body: @escaping @Sendable () async throws -> T
    ) async throws -> T? {
        let signals = await UnixSignalsSequence(trapping: StopSignals.all)
        return try await withThrowingTaskGroup(of: T?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                for await _ in signals { break }
                return nil
            }
            let first = try await group.next()
            group.cancelAll()
            return first ?? nil
        }
    }
}

/// The result for a machine.
private struct VerifyDocument: Encodable {
    var seed: UInt64
    var isClean: Bool
    var seconds: Double
    var tally: VerifyTally
}
