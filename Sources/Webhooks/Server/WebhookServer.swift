package import CampaignCore
import Connections
import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
package import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOSSL
import ServiceLifecycle

/// Receives Z-API's webhooks over HTTP: `POST /z/<instance>/<token>`, and nothing else.
///
/// Anything wrong with a request is answered with the same 404. What comes to a right one is on disk, and known to
/// whoever dials, before the 200 leaves. No token, address or body is logged.
package final class WebhookServer: Sendable {
    /// What it works with.
    package struct Dependencies: Sendable {
        package var addresses: WebhookAddressBook
        package var inbox: any EventInbox
        /// The wall clock.
        package var now: @Sendable () -> Timestamp
        package var logger: Logger
        /// Told of every event that is on disk, also of repeats, and awaited before it is acknowledged.
        package var onReceived: @Sendable ([ReceivedEvent]) async -> Void
        /// Told of the address of every event that is too large to be kept; awaited before it is answered.
        package var onTooLarge: @Sendable (WebhookAddress) async -> Void

        package init(
            addresses: WebhookAddressBook, inbox: any EventInbox, now: @escaping @Sendable () -> Timestamp,
            logger: Logger, onReceived: @escaping @Sendable ([ReceivedEvent]) async -> Void,
            onTooLarge: @escaping @Sendable (WebhookAddress) async -> Void = { _ in }
        ) {
            self.addresses = addresses
            self.inbox = inbox
            self.now = now
            self.logger = logger
            self.onReceived = onReceived
            self.onTooLarge = onTooLarge
        }
    }

    /// Connections that wait to be accepted; the system may allow fewer.
    private static let backlog = 4_096

    private let configuration: WebhookServerConfiguration
    private let dependencies: Dependencies
    private let state = NIOLockedValueBox(WebhookResponder.State())
    private let server: HTTPServerBuilder
    private let connections: OpenConnections
    /// Set while it runs; `isStopping` when it is to end.
    private let running = NIOLockedValueBox<(group: ServiceGroup?, isStopping: Bool)>((nil, false))

    /// A server that does not listen yet. Throws when the files for HTTPS cannot be used.
    package init(
        _ configuration: WebhookServerConfiguration, dependencies: Dependencies
    ) throws(WebhookServerError) {
        self.configuration = configuration
        self.dependencies = dependencies
        connections = OpenConnections(maximum: configuration.limits.connections)
        server = try Self.server(configuration, connections)
    }

    /// Serves until `shutdown`, a graceful shutdown of the surrounding service group, or cancellation; only once.
    ///
    /// - Parameter onListening: called once with the port.
    package func run(onListening: @escaping @Sendable (Int) async -> Void = { _ in }) async throws(WebhookServerError) {
        // What Hummingbird logs may contain addresses.
        let silent = Logger(label: "webhooks") { _ in SwiftLogNoOpLogHandler() }
        var group = ServiceGroupConfiguration(services: [application(silent, onListening)], logger: silent)
        // Requests under way are answered, but nothing can hold up the end for longer.
        group.maximumGracefulShutdownDuration = configuration.limits.request + .seconds(5)
        let services = ServiceGroup(configuration: group)
        let isStopping = running.withLockedValue { running in
            running.group = services
            return running.isStopping
        }
        if isStopping { return }
        do {
            try await services.run()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw .addressTaken(configuration.address)
        } catch let error as IOError {
            throw .cannotListen(configuration.address, reason: String(cString: strerror(error.errnoCode)))
        } catch is CancellationError {
            return
        } catch {
            throw .cannotListen(configuration.address, reason: "\(type(of: error))")
        }
    }

    /// Ends `run`: no new connections, and requests under way are answered.
    package func shutdown() async {
        let group = running.withLockedValue { running in
            running.isStopping = true
            return running.group
        }
        await group?.triggerGracefulShutdown()
    }

    /// What came so far.
    package var counts: WebhookCounts { state.withLockedValue { $0.counts } }

    private static func server(
        _ configuration: WebhookServerConfiguration, _ connections: OpenConnections
    ) throws(WebhookServerError) -> HTTPServerBuilder {
        let limits = configuration.limits
        var channel = HTTP1Channel.Configuration(
            additionalChannelHandlers: [
                RequestLimiter(limit: limits.request, patience: limits.patience, connections: connections)
            ], idleTimeout: TimeAmount(limits.idle))
        channel.httpDecoder = .init(maxHeaderFieldSize: 8_192, maxHeaderListSize: 16_384, maxHeaderFieldCount: 100)
        guard let files = configuration.certificate else { return .http1(configuration: channel) }
        let tls = try files.tls()
        do {
            return try .tls(.http1(configuration: channel), tlsConfiguration: tls)
        } catch {
            throw .otherKey(files)
        }
    }

    private func application(
        _ silent: Logger, _ onListening: @escaping @Sendable (Int) async -> Void
    ) -> some ApplicationProtocol {
        let address = configuration.address
        return Application(
            responder: WebhookResponder(
                dependencies: dependencies, limits: configuration.limits, isBehindProxy: configuration.isBehindProxy,
                state: state,
                connections: connections),
            server: server,
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port),
                backlog: Self.backlog,
                availableConnectionsDelegate: connections.room),
            onServerRunning: { [dependencies] channel in
                let port = channel.localAddress?.port ?? address.port
                dependencies.logger.info("webhooks are received", metadata: ["port": "\(port)"])
                await onListening(port)
            },
            logger: silent
        )
    }
}
