import ArgumentParser
import CampaignCore
import CampaignStore
import Dispatch
import Foundation
import Logging
import ZAPISimulator

/// `discador-benchmark service`: what it costs to dial hundreds of campaigns in one process.
struct ServiceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "service",
        abstract:
            "CPU and memory of a process that dials hundreds of campaigns at their paces, and who gets how many calls.",
        discussion: """
            One dispatcher with a real database dials all campaigns against a simulator. It is a process of its own, so that \
            the work of the simulator, which runs in this process, does not count. Build with -c release.
            """
    )

    @OptionGroup var shape: ServiceShape

    @Option(help: "Milliseconds that the simulator takes for a reply.")
    var latency = 200

    @Option(help: "The folder for the database; its disk's sync speed is part of the figure.")
    var folder = FileManager.default.temporaryDirectory.path

    @Flag(help: "Print the figures as JSON.")
    var json = false

    func run() async throws {
        let place = URL(fileURLWithPath: folder).appending(path: "discador-benchmark-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: place) }
        let database = place.appending(path: "benchmark.db").path
        note("filling a database with \(shape.campaigns) campaigns of \(shape.contacts) contacts …")
        try await fill(database)

        var scenario = Scenario()
        scenario.latency = .milliseconds(latency) ... .milliseconds(latency)
        let simulator = try await ZAPISimulator.start(
            SimulatorConfiguration(scenario: scenario, keepsLedgerInMemory: false), logger: Logger(label: "simulator"))
        note(
            "dialing through \(shape.allInstances) instances, each at a call in \(shape.pace) s; measuring "
                + "\(shape.seconds) s …")
        let figures = try await dial(database, baseURL: simulator.baseURL, in: place)
        await simulator.shutdown()
        guard json else { return figures.report(of: shape).forEach(say) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        say(String(decoding: try encoder.encode(figures), as: UTF8.self))
    }

    private func note(_ line: String) {
        if !json { say(line) }
    }

    private func fill(_ database: String) async throws {
        let store = try CampaignStore(path: database, holder: .benchmark)
        for campaign in 0..<shape.campaigns {
            let first = campaign * shape.contacts
            let phones = try (first..<first + shape.contacts).map { number in
                guard let phone = PhoneNumber(text: Phones.number(number)) else {
                    throw BenchmarkFailure("\(Phones.number(number)) is not a phone number.")
                }
                return phone
            }
            _ = try await store.importLists(
                campaign: shape.name(campaign), file: "benchmark", now: ServiceProcess.now()
            ) { writer in
                try writer.beginList(file: "benchmark.csv", columns: ["telefone"])
                for phone in phones {
                    try writer.add(.contact(ListContact(phone: phone, callDuration: nil, own: [phone.text])))
                }
            }
        }
        let start = (ServiceProcess.now(), ServiceProcess.uptime())
        for campaign in 0..<shape.campaigns { try await enterPaces(of: campaign, store, start) }
        try store.close()
    }

    /// As an earlier run leaves them: each instance has its own moment for its next call.
    private func enterPaces(
        of number: Int, _ store: CampaignStore, _ moment: (now: Timestamp, uptime: Uptime)
    ) async throws {
        let (now, uptime) = moment
        let campaign = shape.campaign(number, baseURL: "http://127.0.0.1")
        let numbers = campaign.instances.indices.map { number * campaign.instances.count + $0 }
        let start = RunStart(
            campaign: campaign, number: number, instanceNumbers: numbers, now: now, uptime: uptime)
        _ = try await store.begin(start)
        var batch = CommitBatch(results: [], campaigns: [], now: now)
        for (place, instance) in numbers.enumerated() {
            let wait = shape.phase(place, of: number)
            batch.paces[instance] = PaceMoment(at: now.advanced(by: wait), uptime: uptime.advanced(by: wait))
        }
        _ = try await store.commit(batch)
        try await store.leave(RunDeparture(campaign: number, staysActive: true))
    }

    private func dial(_ database: String, baseURL: String, in place: URL) async throws -> ServiceFigures {
        let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let process = TimedProcess(
            program: program,
            arguments: ["service-process", "--database", database, "--base-url", baseURL] + shape.arguments,
            folder: place)
        // Not on one of the few threads that the simulator's tasks share.
        let output = try await withCheckedThrowingContinuation { continuation in
            DispatchQueue(label: "process").async {
                continuation.resume(with: Result { try process.run().output })
            }
        }
        return try JSONDecoder().decode(ServiceFigures.self, from: output)
    }
}

extension WriterLock.Holder {
    /// This process.
    static var benchmark: WriterLock.Holder {
        WriterLock.Holder(
            pid: ProcessInfo.processInfo.processIdentifier, host: "", command: "benchmark", since: ServiceProcess.now())
    }
}
