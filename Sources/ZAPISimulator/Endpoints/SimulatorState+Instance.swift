import Foundation

extension SimulatorState {
    private struct Status: Encodable {
        var connected: Bool
        var smartphoneConnected: Bool
        var error: String
    }

    /// `GET status` (Z-API docs, instance page, read 2026): `error` has a sentence even when nothing is wrong.
    func status(of name: String) -> SimulatorResponse {
        let isConnected = instances[name]?.isConnected ?? true
        let sentence = isConnected ? "You are already connected." : "You are not connected."
        return .json(Status(connected: isConnected, smartphoneConnected: isConnected, error: sentence))
    }

    private struct Me: Encodable {
        var id: String
        var name: String
        /// Seconds since 1970.
        var due: Int64
        var connected: Bool
        var paymentStatus: String
        var connectedCallbackUrl: String
        var deliveryCallbackUrl: String
        var disconnectedCallbackUrl: String
        var messageStatusCallbackUrl: String
        var receivedCallbackUrl: String
    }

    /// `GET me` (Z-API docs, instance page, read 2026): what the instance is and where its webhooks go.
    func me(_ name: String, at now: Int64) -> SimulatorResponse {
        let instance = instances[name] ?? Instance()
        let thirtyDays: Int64 = 30 * 86_400
        return .json(
            Me(
                id: name,
                name: "Simulated \(name)",
                due: now / 1_000 + thirtyDays,
                connected: instance.isConnected,
                paymentStatus: "PAID",
                connectedCallbackUrl: instance.webhooks["update-webhook-connected"] ?? "",
                deliveryCallbackUrl: instance.webhooks["update-webhook-delivery"] ?? "",
                disconnectedCallbackUrl: instance.webhooks["update-webhook-disconnected"] ?? "",
                messageStatusCallbackUrl: instance.webhooks["update-webhook-message-status"] ?? "",
                receivedCallbackUrl: instance.webhooks["update-webhook-received"] ?? ""
            )
        )
    }

    private struct Webhook: Decodable {
        var value: String
    }

    /// `PUT update-webhook-…` (Z-API docs, webhook pages, read 2026). `me` shows the address; nothing is ever posted to it.
    mutating func updateWebhook(_ name: String, _ body: Data, of instance: String) -> SimulatorResponse {
        guard let webhook = try? JSONDecoder().decode(Webhook.self, from: body) else {
            return .error(400, "value must be the address of the webhook")
        }
        let all = ["connected", "delivery", "disconnected", "message-status", "received"].map { "update-webhook-\($0)" }
        for webhookName in name == "update-every-webhooks" ? all : [name] {
            instances[instance, default: Instance()].webhooks[webhookName] = webhook.value
        }
        return .json(["value": true])
    }
}
