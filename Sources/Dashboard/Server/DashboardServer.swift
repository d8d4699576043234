package import CampaignCore
import Connections
import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOSSL
import ServiceLifecycle

/// Serves the dashboard's pages, its API and its metrics over HTTP.
package final class DashboardServer: Sendable {
    /// Browsers keep connections for later pages, and streams are silent from their side.
    private static let idle = Duration.seconds(60)
    /// From the connection, or the first byte of a further request on it, until the whole request is there, except what
    /// somebody uploads who is signed in.
    private static let request = Duration.seconds(10)
    /// After this time, whoever has not signed in gives way when all places are taken.
    private static let patience = Duration.seconds(1)
    /// Connections that wait to be accepted; the system may allow fewer.
    private static let backlog = 4_096
    /// Streams end within a second, and pages are short.
    private static let drain = Duration.seconds(10)

    /// Every address that it answers.
    package let routes: [DashboardRoute]
    private let configuration: DashboardConfiguration
    private let dependencies: DashboardDependencies
    private let server: HTTPServerBuilder
    private let connections: OpenConnections
    /// Set while it runs; `isStopping` when it is to end.
    private let running = NIOLockedValueBox<(group: ServiceGroup?, isStopping: Bool)>((nil, false))

    /// A server that does not listen yet. Throws when the files for HTTPS cannot be used.
    package init(
        _ configuration: DashboardConfiguration, _ dependencies: DashboardDependencies
    ) throws(DashboardServerError) {
        self.configuration = configuration
        self.dependencies = dependencies
        connections = OpenConnections(maximum: configuration.connections)
        server = try Self.server(configuration, connections)
        let signIn = SignInSection(
            access: dependencies.access, now: dependencies.now, randomBytes: dependencies.randomBytes,
            isSecure: configuration.isSecure)
        let pages = dependencies.sections.flatMap(\.routes)
        let sections: [any DashboardSection] = [Assets(), signIn, LiveSection(pages: pages, dependencies)]
        routes = pages + sections.flatMap(\.routes)
    }

    /// Serves until `shutdown` or cancellation; only once.
    ///
    /// - Parameter onListening: called once with the port.
    package func run(onListening: @escaping @Sendable (Int) async -> Void) async throws(DashboardServerError) {
        // What Hummingbird logs may contain addresses.
        let silent = Logger(label: "dashboard") { _ in SwiftLogNoOpLogHandler() }
        let application = Application(
            responder: DashboardResponder(routes: routes, configuration, dependencies, connections), server: server,
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port), backlog: Self.backlog,
                availableConnectionsDelegate: connections.room),
            onServerRunning: { [configuration, dependencies] channel in
                let port = channel.localAddress?.port ?? configuration.port
                dependencies.logger.info("the dashboard is served", metadata: ["port": "\(port)"])
                await onListening(port)
            },
            logger: silent)
        var group = ServiceGroupConfiguration(services: [application], logger: silent)
        group.maximumGracefulShutdownDuration = Self.drain
        let services = ServiceGroup(configuration: group)
        let isStopping = running.withLockedValue { running in
            running.group = services
            return running.isStopping
        }
        if isStopping { return }
        do {
            try await services.run()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw .addressTaken(host: configuration.host, port: configuration.port)
        } catch let error as IOError {
            throw .cannotListen(
                host: configuration.host, port: configuration.port, reason: String(cString: strerror(error.errnoCode)))
        } catch is CancellationError {
            return
        } catch {
            throw .cannotListen(host: configuration.host, port: configuration.port, reason: "\(type(of: error))")
        }
    }

    /// Ends `run`: no new connections; requests under way are answered, and streams end.
    package func shutdown() async {
        let group = running.withLockedValue { running in
            running.isStopping = true
            return running.group
        }
        await group?.triggerGracefulShutdown()
    }

    private static func server(
        _ configuration: DashboardConfiguration, _ connections: OpenConnections
    ) throws(DashboardServerError) -> HTTPServerBuilder {
        var channel = HTTP1Channel.Configuration(
            additionalChannelHandlers: [RequestLimiter(limit: request, patience: patience, connections: connections)],
            idleTimeout: TimeAmount(idle))
        channel.httpDecoder = .init(maxHeaderFieldSize: 8_192, maxHeaderListSize: 32_768, maxHeaderFieldCount: 100)
        guard let files = configuration.certificate else { return .http1(configuration: channel) }
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(files.chain).map { NIOSSLCertificateSource.certificate($0) }
            let key = try NIOSSLPrivateKey(file: files.key, format: .pem)
            var tls = TLSConfiguration.makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key))
            tls.minimumTLSVersion = .tlsv12
            return try .tls(.http1(configuration: channel), tlsConfiguration: tls)
        } catch {
            throw .unusableCertificate(chain: files.chain, key: files.key)
        }
    }
}

/// Why the dashboard cannot be served.
package enum DashboardServerError: Error, Explained, Equatable {
    case addressTaken(host: String, port: Int)
    case cannotListen(host: String, port: Int, reason: String)
    case unusableCertificate(chain: String, key: String)

    package var phrase: Phrase {
        switch self {
        case .addressTaken(let host, let port):
            Phrase(
                "Another program listens on port \(port) of \(host): choose another port for --listen.",
                "Outro programa usa a porta \(port) de \(host): escolha outra porta para --listen.")
        case .cannotListen(let host, let port, let reason):
            Phrase(
                "The dashboard cannot listen on port \(port) of \(host): \(reason).",
                "O painel não consegue escutar na porta \(port) de \(host): \(reason).")
        case .unusableCertificate(let chain, let key):
            Phrase(
                "The files \(chain) and \(key) are not a certificate and its key in PEM form.",
                "Os arquivos \(chain) e \(key) não são um certificado e sua chave no formato PEM.")
        }
    }
}
