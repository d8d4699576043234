package import CampaignCore
import Foundation
import NIOCore

extension ZAPIClient {
    /// `GET …/status` (status page, read 2026). Its `error` is set even when nothing is wrong.
    package func health(of instance: Int) async -> InstanceHealth {
        let outcome = await status(of: instance)
        if case .reply(200, _, let bytes) = outcome, let status = StatusBody(bytes) {
            return status.health(table.sanitized)
        }
        let reply = table.reply(to: outcome)
        return switch reply.verdict {
        case .disconnected: .disconnected(reply.summary)
        case .misconfigured, .refused: .misconfigured(reply.summary)
        case .accepted, .inDoubt, .notSent, .heldBack, .throttled: .unreachable(reply.summary)
        }
    }

    /// Whether Z-API certainly sends nothing from an instance's queue: `/status` says that it is not connected to
    /// WhatsApp. A phone that is merely offline proves nothing, since WhatsApp works without it.
    package func sendsNothing(from instance: Int) async -> Bool {
        guard case .reply(200, _, let bytes) = await status(of: instance) else { return false }
        return StatusBody(bytes)?.connected == false
    }

    private func status(of instance: Int) async -> WireOutcome {
        await get("status", through: instance, limits: questionLimits)
    }
}

/// The reply to `GET …/status`.
private struct StatusBody: Decodable {
    var connected: Bool
    var smartphoneConnected: Bool?
    var error: String?

    init?(_ bytes: [UInt8]) {
        guard let body = try? JSONDecoder().decode(StatusBody.self, from: Data(bytes)) else { return nil }
        self = body
    }

    /// - Parameter sanitized: makes Z-API's text safe to store and show.
    func health(_ sanitized: (String) -> String) -> InstanceHealth {
        guard connected else {
            let text = sanitized(error ?? "")
            return .disconnected(text.isEmpty ? "not connected" : text)
        }
        guard smartphoneConnected ?? true else { return .disconnected("the phone is not connected to the internet") }
        return .connected
    }
}
