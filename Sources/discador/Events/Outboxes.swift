import CampaignCore
import Logging
import NIOConcurrencyHelpers
import ZAPI

/// Messages on their way to addresses of the user's: what `notify` tells, and events that are passed on. Nobody waits for
/// them.
final class Outboxes: Sendable {
    private struct Key: Hashable {
        var url: String
        var secret: String?
    }

    private let pool: ConnectionPool
    private let logger: Logger
    /// Nil once no more are taken.
    private let outboxes = NIOLockedValueBox<[Key: Outbox<ContinuousClock>]?>([:])
    private let begun: AsyncStream<Outbox<ContinuousClock>>
    private let begin: AsyncStream<Outbox<ContinuousClock>>.Continuation

    init(pool: ConnectionPool, logger: Logger) {
        self.pool = pool
        self.logger = logger
        (begun, begin) = AsyncStream.makeStream(of: Outbox<ContinuousClock>.self)
    }

    /// Posts messages until `end`, and then for some seconds at most.
    func run() async {
        await withDiscardingTaskGroup { group in
            for await outbox in begun { group.addTask { await outbox.run() } }
        }
    }

    /// Takes no more messages.
    func end() {
        let all = outboxes.withLockedValue { outboxes in
            defer { outboxes = nil }
            return outboxes ?? [:]
        }
        for outbox in all.values { outbox.end() }
        begin.finish()
    }

    /// Leaves a message for an address; returns at once. An address that cannot be used is said in the log.
    ///
    /// - Parameter secret: what it is signed with; nil: it is posted as it is.
    func post(_ message: OutgoingMessage, to url: Secret, signedWith secret: Secret?) {
        let key = Key(url: url.reveal(), secret: secret?.reveal())
        let outbox = outboxes.withLockedValue { outboxes -> Outbox<ContinuousClock>? in
            if let known = outboxes?[key] { return known }
            guard outboxes != nil, let new = opened(for: url, secret) else { return nil }
            outboxes?[key] = new
            begin.yield(new)
            return new
        }
        outbox?.send(message)
    }

    private func opened(for url: Secret, _ secret: Secret?) -> Outbox<ContinuousClock>? {
        guard let address = PostAddress(url) else {
            logger.error("an address to notify cannot be used: it must be https, or http to this machine")
            return nil
        }
        var key: SigningKey?
        if let secret {
            key = SigningKey(secret)
            guard key != nil else {
                logger.error("the secret of notify cannot be used", metadata: ["host": "\(address.host)"])
                return nil
            }
        }
        // Whoever gets events passed on knows nothing of Standard Webhooks: one 410 from a proxy must not end it for good.
        var limits = OutboxLimits()
        limits.endsWhenGone = key != nil
        let poster = EventPoster(to: address, signedWith: key, pool: pool, now: SystemEnvironment.now)
        return Outbox(
            poster, limits: limits, clock: SystemEnvironment.clock, random: SystemEnvironment.random,
            tell: { [logger] notice in
                let host: Logger.Metadata = ["host": "\(address.host)"]
                switch notice {
                case .failing(let reason):
                    logger.warning(
                        "messages cannot be delivered", metadata: host.merging(["reason": "\(reason)"]) { $1 })
                case .working: logger.info("messages are delivered again", metadata: host)
                case .dropped(let total):
                    logger.warning(
                        "messages were dropped, since too many wait",
                        metadata: host.merging(["total": "\(total)"]) { $1 })
                case .gone: logger.warning("the receiver wants no more messages (410)", metadata: host)
                case .abandoned(let total):
                    logger.warning("messages were not delivered", metadata: host.merging(["total": "\(total)"]) { $1 })
                }
            })
    }
}
