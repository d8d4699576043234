import Foundation

extension SimulatorState {
    private struct Status: Encodable {
        var connected: Bool
        var smartphoneConnected: Bool
        var error: String
    }

    static let notConnected = "You are not connected."

    /// `GET status` (Z-API docs, instance page, read 2026): `error` has a sentence even when nothing is wrong.
    func status(of name: String) -> SimulatorResponse {
        let isConnected = instances[name]?.isConnected ?? true
        let sentence = isConnected ? "You are already connected." : Self.notConnected
        return .json(Status(connected: isConnected, smartphoneConnected: isConnected, error: sentence))
    }

    private struct Me: Encodable {
        /// Z-API tells secrets here in clear, and so does the simulator.
        struct Proxy: Encodable {
            var host = "proxy.example.com"
            var port = 1_080
            var username = "simulated"
            var password = "simulated-proxy-password"
        }

        var id: String
        var token: String
        var name: String
        /// Seconds since 1970.
        var due: Int64
        var created: String
        var connected: Bool
        var paymentStatus: String
        var proxy = Proxy()
        var callRejectAuto: Bool
        var callRejectMessage = ""
        var autoReadMessage = false
        var receiveCallbackSentByMe: Bool
        var connectedCallbackUrl: String
        var deliveryCallbackUrl: String
        var disconnectedCallbackUrl: String
        var messageStatusCallbackUrl: String
        var presenceChatCallbackUrl: String
        var receivedCallbackUrl: String
        var receivedAndDeliveryCallbackUrl: String
    }

    /// `GET me` (Z-API docs, instance page, read 2026): what the instance is and where its webhooks go.
    func me(_ route: Route, at now: Int64) -> SimulatorResponse {
        let instance = instances[route.instance] ?? Instance()
        let settings = instance.settings
        func address(_ kind: WebhookKind) -> String { settings.addresses[kind] ?? "" }
        let thirtyDays: Int64 = 30 * 86_400
        return .json(
            Me(
                id: route.instance,
                token: route.token,
                name: "Simulated \(route.instance)",
                due: scenario.account.due ?? now / 1_000 + thirtyDays,
                created: "2026-01-02T03:04:05.000Z",
                connected: instance.isConnected,
                paymentStatus: scenario.account.paymentStatus,
                callRejectAuto: scenario.account.callRejectAuto,
                receiveCallbackSentByMe: settings.notifiesSentByMe,
                connectedCallbackUrl: address(.connected),
                deliveryCallbackUrl: address(.delivery),
                disconnectedCallbackUrl: address(.disconnected),
                messageStatusCallbackUrl: address(.messageStatus),
                presenceChatCallbackUrl: address(.chatPresence),
                receivedCallbackUrl: address(.received),
                receivedAndDeliveryCallbackUrl: address(.receivedDelivery)
            )
        )
    }
}
