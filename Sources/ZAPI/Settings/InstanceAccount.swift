package import CampaignCore
import Foundation

/// What Z-API says about an instance and its settings (`GET …/me`; instance data page, read 2026).
///
/// The reply also contains the instance's token and a proxy's password, in clear: nothing of it is kept but this.
package struct InstanceAccount: Equatable, Sendable {
    /// Whether the instance is connected to WhatsApp.
    package var isConnected: Bool
    /// When what has been paid for ends; nil when Z-API does not say.
    package var due: Timestamp?
    /// Z-API's word for the state of the payment, such as `ACTIVE`; nil when it does not say.
    package var paymentStatus: String?
    /// Whether people who call the instance are rejected; nil when Z-API does not say.
    package var rejectsCalls: Bool?
    /// Whether webhooks also come for what the instance itself sends; nil when Z-API does not say.
    package var receivesSentByMe: Bool?
    /// Where webhooks go, by their kind; those without an address are missing.
    package var callbacks: [Callback: CallbackAddress]
    /// Addresses for kinds that are not known here.
    package var otherCallbacks: [CallbackAddress]
}

extension InstanceAccount {
    private static let addressSuffix = "CallbackUrl"

    /// Nil when the body is not one of `/me`: no connection state, or an address that is not text.
    ///
    /// - Parameter sanitized: makes Z-API's text safe to store and show.
    init?(_ bytes: [UInt8], sanitized: (String) -> String) {
        guard let body = try? JSONDecoder().decode(Body.self, from: Data(bytes)) else { return nil }
        isConnected = body.isConnected
        due = body.due
        let status = sanitized(body.paymentStatus ?? "")
        paymentStatus = status.isEmpty ? nil : status
        rejectsCalls = body.rejectsCalls
        receivesSentByMe = body.receivesSentByMe
        callbacks = [:]
        otherCallbacks = []
        for (field, text) in body.addresses.sorted(by: { $0.key < $1.key }) {
            guard let address = CallbackAddress(text, sanitized: sanitized) else { continue }
            if let callback = Callback(rawValue: String(field.dropLast(Self.addressSuffix.count))) {
                callbacks[callback] = address
            } else {
                otherCallbacks.append(address)
            }
        }
    }

    /// The members that are used, as they are written.
    private struct Body: Decodable {
        var isConnected: Bool
        var due: Timestamp?
        var paymentStatus: String?
        var rejectsCalls: Bool?
        var receivesSentByMe: Bool?
        var addresses: [String: String] = [:]

        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: AnyName.self)
            isConnected = try fields.decode(Bool.self, forKey: AnyName(stringValue: "connected"))
            func value<Value: Decodable>(_ type: Value.Type, _ name: String) -> Value? {
                try? fields.decode(type, forKey: AnyName(stringValue: name))
            }
            let number = value(Double.self, "due") ?? value(String.self, "due").flatMap(Double.init)
            due = number.flatMap(Int64.init(exactly:)).flatMap(Timestamp.init(zapi:))
            paymentStatus = value(String.self, "paymentStatus")
            rejectsCalls = value(Bool.self, "callRejectAuto")
            receivesSentByMe = value(Bool.self, "receiveCallbackSentByMe")
            for key in fields.allKeys where key.stringValue.hasSuffix(InstanceAccount.addressSuffix) {
                // An address that is there and cannot be read must not be taken for none: it would be replaced.
                addresses[key.stringValue] = try fields.decodeIfPresent(String.self, forKey: key)
            }
        }
    }
}
