import AsyncHTTPClient
import Foundation
import Glibc
import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1
import NIOPosix

extension ZAPISimulator {
    /// How many webhooks wait to be sent, or are under way.
    package var waitingWebhooks: Int { outbox.count }

    /// How many webhooks were dropped because too many waited.
    package var droppedWebhooks: Int { outbox.dropped }

    /// Returns when no webhook waits any more: those of every call whose reply has been sent are told.
    package func webhooksAreSent() async { await outbox.becomesEmpty() }

    /// Takes places for a plan that has no request to wait for, and begins it.
    func tell(_ plan: WebhookPlan) {
        if outbox.reserve(plan) { outbox.send(plan) }
    }

    /// Sends what is in the outbox until it is cancelled; what is left then is dropped.
    func sendWebhooks() async {
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: .webhooks)
        await withDiscardingTaskGroup { group in
            for await plan in outbox.plans {
                group.addTask { await self.play(plan, client) }
            }
        }
        outbox.close()
        do {
            try await client.shutdown()
        } catch {
            logger.error("the webhooks' connections cannot be closed", metadata: ["error": "\(error)"])
        }
    }

    /// Sends the webhooks of a plan, one after the other, each when it is due.
    private func play(_ plan: WebhookPlan, _ client: HTTPClient) async {
        var elapsed = Duration.zero
        for webhook in plan.webhooks {
            let wait = (webhook.delay - elapsed) * scenario.timeScale
            if wait > .zero { try? await configuration.clock.sleep(for: wait) }
            elapsed = max(elapsed, webhook.delay)
            if !Task.isCancelled { await sendCopies(of: webhook, of: plan.instance, client) }
            plan.firstIsSent?.finish()
            outbox.finishOne()
        }
    }

    private func sendCopies(of webhook: PlannedWebhook, of instance: String, _ client: HTTPClient) async {
        let body = webhook.body(at: configuration.wallClock())
        await withDiscardingTaskGroup { group in
            for _ in 0..<webhook.copies {
                group.addTask { await self.send(webhook, body, of: instance, client) }
            }
        }
    }

    /// Sends a webhook, also again as the scenario says.
    private func send(
        _ webhook: PlannedWebhook, _ body: WebhookBody, of instance: String, _ client: HTTPClient
    ) async {
        for earlier in 0...scenario.webhookRepeats {
            let address = state.withLockedValue { state in
                state.instances[instance]?.settings.address(for: webhook.kind, of: body)
            }
            guard let address, !Task.isCancelled else { return }
            let answer = await post(body, to: address, client)
            note(webhook, body, of: instance, answer)
            if case .success(let status) = answer, (200..<300).contains(status) { return }
            guard earlier < scenario.webhookRepeats else { return }
            try? await configuration.clock.sleep(for: .seconds(1 << earlier) * scenario.timeScale)
        }
    }

    private func note(
        _ webhook: PlannedWebhook, _ body: WebhookBody, of instance: String, _ answer: Result<Int, MissingAnswer>
    ) {
        var entry = LedgerEntry(
            at: configuration.wallClock(), instance: instance, method: "POST", endpoint: "webhook")
        entry.phone = webhook.phone ?? body.phone
        switch answer {
        case .success(let status): entry.httpStatus = status
        case .failure(let missing): entry.noAnswer = missing
        }
        entry.content = WebhookContent(body).digest
        entry.zaapId = webhook.zaapId
        entry.messageId = body.messageId ?? body.ids?.first
        entry.webhook = body.type
        entry.event = body.event
        entry.fault = webhook.fault
        do {
            try state.withLockedValue { try $0.ledger.append([entry]) }
        } catch {
            logger.error("the ledger cannot be written", metadata: ["error": "\(error)"])
        }
    }

    /// - Returns: the status that the receiver answered.
    private func post(
        _ body: WebhookBody, to address: String, _ client: HTTPClient
    ) async -> Result<Int, MissingAnswer> {
        do {
            var request = HTTPClientRequest(url: address)
            request.method = .POST
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: try body.encoded()))
            let timeout = TimeAmount.milliseconds(configuration.webhookTimeout.milliseconds)
            let response = try await client.execute(request, timeout: timeout)
            // Read, so that the connection can be used again; the status counts whatever becomes of the rest.
            _ = try? await response.body.collect(upTo: 64 * 1_024)
            return .success(Int(response.status.code))
        } catch {
            // Not the error itself, which may have the address in it.
            logger.debug("a webhook was not answered", metadata: ["type": "\(body.type)"])
            return .failure(MissingAnswer(error))
        }
    }
}

extension MissingAnswer {
    fileprivate init(_ error: any Error) {
        switch error {
        case is NIOConnectionError: self = .unreachable
        case let error as IOError where error.errnoCode == ECONNREFUSED: self = .unreachable
        case let error as HTTPClientError where error == .connectTimeout: self = .unreachable
        case let error as HTTPClientError where [.deadlineExceeded, .readTimeout].contains(error): self = .late
        default: self = .cut
        }
    }
}

extension HTTPClient.Configuration {
    /// One request for each webhook: no redirect, no second try.
    fileprivate static var webhooks: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
        return configuration
    }
}
