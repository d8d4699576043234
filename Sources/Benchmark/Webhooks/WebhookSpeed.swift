import CampaignCore
import CampaignStore
import Foundation
import Webhooks
import ZAPISimulator

/// Events to a service that dials meanwhile, and the same requests to a bare listener.
struct WebhookSpeed {
    private static let instance = "I"
    /// Far from the numbers that events are about.
    private static let firstDialed = 50_000_000
    /// Calls by which the campaign is well under way.
    private static let firstCalls = 20

    /// The `discador` to measure.
    let program: String
    let folder: String
    let connections: Int
    /// The pace of the campaign that is dialed meanwhile: it has as many instances, each at a call a second.
    let callsPerSecond: Int
    let simulator: ZAPISimulator

    /// What one round gave.
    struct Round {
        var ours, bare: WebhookFigures
        /// Calls that Z-API got while the events were sent.
        var callsPerSecond: Double

        var ratio: Double { ours.perSecond / bare.perSecond }
    }

    /// One measurement of each, ours first.
    func measure(events: Int) async throws -> Round {
        let place = URL(fileURLWithPath: folder).appending(path: "discador-benchmark-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: place) }
        let calls = AcceptedCalls(instance: Self.instance)
        guard let token = WebhookToken(randomBytes: (0..<WebhookToken.byteCount).map { UInt8($0) }) else {
            throw BenchmarkFailure("There is no token.")
        }
        let address = "/z/\(Self.instance)/\(token.text.reveal())"
        let bodies = calls.bodies(count: events)
        let (ours, dialed) = try await serving(calls, events: events, token: token, in: place) { port in
            try await WebhookSender(url: "http://127.0.0.1:\(port)\(address)", connections: connections).send(bodies)
        }
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let bare = try await ServerProcess(program: own, arguments: ["bare-listener"], folder: place).listening {
            port in
            try await WebhookSender(url: "http://127.0.0.1:\(port)\(address)", connections: connections).send(bodies)
        }
        return Round(ours: ours, bare: bare, callsPerSecond: dialed)
    }

    /// Runs `body` with the port of a service that dials a campaign from the database of the calls.
    ///
    /// - Returns: also how many calls a second were placed meanwhile.
    private func serving(
        _ calls: AcceptedCalls, events: Int, token: WebhookToken, in place: URL,
        _ body: (Int) async throws -> WebhookFigures
    ) async throws -> (WebhookFigures, callsPerSecond: Double) {
        let database = place.appending(path: "discador.db").path
        let store = try await calls.store(path: database, count: (events + 1) / 2)
        try await store.setWebhookAddress(
            WebhookAddressEntry(
                address: WebhookAddress(instance: Self.instance, tokenHash: token.hash), name: Self.instance,
                publicURL: "http://127.0.0.1", createdAt: AcceptedCalls.now()),
            overlap: AcceptedCalls.now())
        try store.close()
        let campaign = try writeCampaign(in: place, contacts: max(60, events / 500) * callsPerSecond)
        let secrets = ["BENCH_TOKEN": "benchmark"]
        _ = try TimedProcess(
            program: program, arguments: ["import", campaign.path, "--db", database], folder: place,
            environment: secrets
        ).run()
        let service = ServerProcess(
            program: program,
            arguments: ["serve", campaign.path, "--webhooks", "127.0.0.1:0", "--db", database], folder: place,
            environment: secrets)
        let before = dialed
        let measured = try await service.listening { port in
            let start = ContinuousClock.now
            while dialed < before + Self.firstCalls {
                guard ContinuousClock.now - start < .seconds(60) else {
                    throw BenchmarkFailure("Nobody was called.")
                }
                try await Task.sleep(for: .milliseconds(20))
            }
            let (first, began) = (dialed, ContinuousClock.now)
            let figures = try await body(port)
            return (figures, Double(dialed - first) / (ContinuousClock.now - began).inSeconds)
        }
        let counts = try StoreReader(path: database).eventCounts()
        guard counts[.applied] == events else {
            throw BenchmarkFailure(
                "Of \(events) events \(counts[.applied] ?? 0) belong to calls: the figure means nothing.")
        }
        return measured
    }

    /// How many calls the simulator has got.
    private var dialed: Int { simulator.ledger().count { $0.endpoint == "send-call" } }

    private func writeCampaign(in place: URL, contacts: Int) throws -> URL {
        let campaign = place.appending(path: "beside")
        try FileManager.default.createDirectory(at: campaign, withIntermediateDirectories: true)
        let instances = (0..<callsPerSecond).map { number in
            """
              - name: beside-\(number)
                id: beside-\(number)
                token: ${BENCH_TOKEN}
                baseURL: \(simulator.baseURL)
                pace: {calls: 1, per: 1s}
            """
        }
        let file = """
            name: beside
            contacts: contatos.csv
            window: always
            workers: \(callsPerSecond)
            instances:
            \(instances.joined(separator: "\n"))

            """
        try Data(file.utf8).write(to: campaign.appending(path: "campaign.yml"))
        let phones = (0..<contacts).map { Phones.number(Self.firstDialed + $0) }
        try Data((["telefone"] + phones).joined(separator: "\n").utf8)
            .write(to: campaign.appending(path: "contatos.csv"))
        return campaign
    }
}
