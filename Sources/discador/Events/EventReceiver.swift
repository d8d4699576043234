import CampaignCore
import CampaignRunner
import CampaignStore
import Logging
import Webhooks
import ZAPI

/// Receives webhooks for the process that holds the database: the store keeps them, and the dispatcher hears what they
/// change before they are acknowledged.
struct EventReceiver: Sendable {
    private let store: CampaignStore
    private let session: DialingSession
    private let logger: Logger
    private let addresses = WebhookAddressBook()

    init(_ session: DialingSession, logger: Logger) {
        store = session.store
        self.session = session
        self.logger = logger
    }

    /// Runs `body` while webhooks are received; it begins once they are.
    ///
    /// - Parameters:
    ///   - configuration: nil: none are received.
    ///   - onListening: told the port.
    func receiving<Value: Sendable>(
        _ configuration: WebhookServerConfiguration?, onListening: @escaping @Sendable (Int) -> Void,
        _ body: () async throws -> Value
    ) async throws -> Value {
        guard let configuration else { return try await body() }
        try reloadAddresses()
        let dependencies = WebhookServer.Dependencies(
            addresses: addresses, inbox: store, now: SystemEnvironment.now, logger: logger,
            onReceived: { received in pass(on: received) }, onTooLarge: { address in await countLost(at: address) })
        let server = try WebhookServer(configuration, dependencies: dependencies)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            let (listening, sink) = AsyncStream.makeStream(of: Int.self)
            group.addTask {
                defer { sink.finish() }
                try await server.run(onListening: { port in
                    sink.yield(port)
                    sink.finish()
                })
            }
            var port: Int?
            for await number in listening { port = number }
            // Without a port the server has ended, with an error that says why.
            guard let port else {
                try await group.waitForAll()
                throw Failure(
                    .unexpected,
                    Phrase(
                        "The receiver of webhooks has ended before it began.",
                        "O receptor de webhooks terminou antes de começar."))
            }
            onListening(port)
            let result: Result<Value, any Error>
            do {
                result = .success(try await body())
            } catch {
                result = .failure(error)
            }
            await server.shutdown()
            try await group.waitForAll()
            return try result.get()
        }
    }

    /// The addresses in the database have changed.
    func reloadAddresses() throws(StoreError) {
        addresses.replace(with: try store.reader().webhookAddresses(now: SystemEnvironment.now()).map(\.address))
    }

    private func countLost(at address: WebhookAddress) async {
        do {
            try await store.countLostEvent(instance: address.instance, at: SystemEnvironment.now())
        } catch {
            logger.error("a lost webhook could not be counted", metadata: ["reason": "\(error)"])
        }
    }

    private func pass(on received: [ReceivedEvent]) {
        // Before anything else: whoever must not be called any more.
        for item in received {
            for effect in item.receipt.effects { session.control.note(effect, instance: item.event.instance) }
        }
        for item in received {
            for case .quarantined(let until, let reason) in item.receipt.effects {
                logger.warning(
                    "webhooks say that an instance must rest",
                    metadata: [
                        "instance": "\(item.event.instance)", "until": "\(TimeText.iso(until))", "reason": "\(reason)",
                    ])
            }
            for effect in item.receipt.effects { session.notices.tell(effect, instance: item.event.instance) }
        }
        // Each body once, however many events it has; those without an id look like repeats when they are none.
        var passed: [UInt8]?
        for item in received where item.receipt.isNew || item.event.event.kind == .other {
            guard let url = item.address.forwardURL, item.event.body != passed else { continue }
            passed = item.event.body
            session.outboxes.post(OutgoingMessage(id: "event", body: item.event.body), to: url, signedWith: nil)
        }
    }
}
