import Foundation

/// The program's own import: a whole process, from its start to its end, into a database that is new.
struct ImportSpeed {
    let program: String
    let list: URL

    private static let campaign = "benchmark"
    /// The campaign file takes its secrets from the environment alone.
    private static let secrets = ["BENCH_TOKEN": "benchmark"]

    /// Imports the list in `folder`; the campaign must then have `contacts`, and the blocked ones among them must be
    /// excluded, or it throws.
    func measure(
        in folder: URL, blocked: BlockedNumbers, expecting contacts: Int
    ) throws -> TimedProcess.Figures {
        let place = folder.appending(path: Self.campaign)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        try Data(
            """
            name: \(Self.campaign)
            instances:
              - name: benchmark
                id: benchmark
                token: ${BENCH_TOKEN}

            """.utf8
        ).write(to: place.appending(path: "campaign.yml"))
        let database = ["--db", folder.appending(path: "discador.db").path]
        if blocked.inList > 0 { _ = try discador(["block", "import", blocked.file.path] + database, in: folder).run() }
        let figures = try discador(["import", place.path, list.path] + database, in: folder).run()

        struct Status: Decodable {
            struct Campaign: Decodable {
                var contacts: Int
                var counts: [String: Int]
            }

            var campaigns: [Campaign]
        }
        let output = try discador(["status", Self.campaign, "--json"] + database, in: folder).run()
        guard let status = (try? JSONDecoder().decode(Status.self, from: output.output))?.campaigns.first else {
            throw BenchmarkFailure(
                "\(program) status --json shows no campaign: is it the same version as this program?")
        }
        guard status.counts["excluded"] == blocked.inList else {
            throw BenchmarkFailure(
                "discador has excluded \(status.counts["excluded"] ?? 0) contacts instead of \(blocked.inList): "
                    + "the measurement would be meaningless.")
        }
        guard status.contacts == contacts else {
            throw BenchmarkFailure(
                "discador has \(status.contacts) contacts after the import instead of \(contacts): "
                    + "the measurement would be meaningless.")
        }
        return figures
    }

    private func discador(_ arguments: [String], in folder: URL) -> TimedProcess {
        TimedProcess(program: program, arguments: arguments, folder: folder, environment: Self.secrets)
    }
}
