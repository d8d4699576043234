import CampaignCore
import CampaignRunner
import CampaignStore
import Foundation
import Logging
import ZAPI

/// Dials in this process: connects the store, Z-API, clocks and logs, and serves the requests of other commands
/// meanwhile.
struct DialingHost {
    let store: CampaignStore
    let setting: DialingSession.Setting
    /// The connections of all campaigns; closed with the session.
    let pool: ConnectionPool
    let logger: Logger
    /// A socket that systemd has handed over; nil means one of our own.
    var inherited: InheritedSocket?

    /// Runs `body` while the session dials, and ends when no campaign is being dialed.
    func withSession<Result: Sendable>(
        _ body: (DialingSession) async throws -> Result
    ) async throws -> Result {
        let session = DialingSession(store, setting, pool: pool, logger: logger)
        let result: Swift.Result<Result, any Error> = await withTaskGroup(of: Void.self) { group in
            group.addTask { await session.run() }
            let result: Swift.Result<Result, any Error>
            do {
                result = .success(try await body(session))
            } catch {
                result = .failure(error)
            }
            await session.stop(.drain, staysActive: true)
            await session.finish()
            await group.waitForAll()
            return result
        }
        try await pool.shutdown()
        return try result.get()
    }

    /// What operations work with, whoever asks for them.
    func context(_ session: DialingSession, events: EventReceiver? = nil) -> OperationContext {
        var context = OperationContext(store: store, dialing: session)
        if let events { context.onWebhookAddresses = { try? events.reloadAddresses() } }
        return context
    }

    /// Runs `body` while requests of other commands are served. When it returns, the campaigns that others have asked for
    /// are handed over to them, and the operations under way are waited for.
    ///
    /// - Parameter events: what receives webhooks meanwhile; nil: nothing does.
    func servingRequests<Result: Sendable>(
        _ session: DialingSession, events: EventReceiver? = nil, _ body: () async throws -> Result
    ) async throws -> Result {
        await session.reopen()
        let server: ControlServer
        do {
            server = try await ControlServer(
                at: context(session, events: events), logger: logger, inherited: inherited)
        } catch {
            setting.options.output.warn(
                Phrase(
                    "no other command can change the database meanwhile: ",
                    "nenhum outro comando pode mudar o banco de dados enquanto isso: ") + Phrase(of: error)
                    + Phrase(verbatim: "."))
            return try await body()
        }
        async let serving: Void = server.serve()
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await body())
        } catch {
            result = .failure(error)
        }
        await session.close()
        await session.handOver()
        await session.waitForEnd(of: session.campaigns)
        await server.close { requests in
            let names = requests.map { "`\($0)`" }.joined(separator: ", ")
            setting.options.output.note(
                Phrase(
                    "The run has ended, and no call is under way; waiting for \(names), requested by "
                        + "\(requests.count.noun("another command", "other commands")).",
                    "A execução terminou, e nenhuma ligação está em andamento; aguardando \(names), que "
                        + "\(requests.count.noun("outro comando pediu", "outros comandos pediram"))."))
        }
        await serving
        return try result.get()
    }
}
