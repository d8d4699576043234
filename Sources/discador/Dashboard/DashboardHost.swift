import CampaignCore
import CampaignStore
import Dashboard
import Logging

/// Serves the dashboard for the process that holds the database.
struct DashboardHost {
    let session: DialingSession
    let options: GlobalOptions
    let environmentFile: String?
    let measurements: ServiceMeasurements
    let logger: Logger

    /// Runs `body` while the dashboard is served; it begins once it is.
    ///
    /// - Parameters:
    ///   - configuration: nil: it is not served.
    ///   - onListening: told the port.
    func serving<Value: Sendable>(
        _ configuration: DashboardConfiguration?, _ context: OperationContext,
        onListening: @escaping @Sendable (Int) async -> Void, _ body: () async throws -> Value
    ) async throws -> Value {
        guard let configuration else { return try await body() }
        let reads = StoreReads(context.store)
        let result: Result<Value, any Error>
        do {
            let server = try server(configuration, context, reads)
            result = .success(try await running(server, onListening: onListening, body))
        } catch {
            result = .failure(error)
        }
        // Before the database is closed: its connections read it.
        try await reads.close()
        return try result.get()
    }

    /// The server, joined with the database and the dialer; it does not listen yet.
    func server(
        _ configuration: DashboardConfiguration, _ context: OperationContext, _ reads: StoreReads
    ) throws -> DashboardServer {
        let parts = DashboardParts(
            operations: DashboardOperations(context: context), session: session, reads: reads, options: options,
            environmentFile: environmentFile, measurements: measurements)
        let clock = SystemEnvironment.clock
        let dependencies = DashboardDependencies(
            access: StoredAccess(store: context.store, reads: reads), sections: parts.sections,
            now: SystemEnvironment.now, sleep: { try await clock.sleep(for: $0) },
            uptime: { SystemEnvironment.uptime().duration }, randomBytes: SystemEnvironment.randomBytes, logger: logger,
            onResponse: { [pages = measurements.pages] route, status, duration in
                pages.add(duration, route, "\(status)")
            })
        return try DashboardServer(configuration, dependencies)
    }

    private func running<Value: Sendable>(
        _ server: DashboardServer, onListening: @escaping @Sendable (Int) async -> Void,
        _ body: () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Void.self) { group in
            let (listening, sink) = AsyncStream.makeStream(of: Int.self)
            group.addTask {
                defer { sink.finish() }
                try await server.run { port in
                    sink.yield(port)
                    sink.finish()
                }
            }
            var port: Int?
            for await number in listening { port = number }
            // Without a port the server has ended, with an error that says why.
            guard let port else {
                try await group.waitForAll()
                throw Failure(
                    .unexpected,
                    Phrase(
                        "The dashboard has ended before it began.", "O painel terminou antes de começar."))
            }
            await onListening(port)
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
}
