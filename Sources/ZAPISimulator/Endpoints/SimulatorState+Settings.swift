import Foundation

extension SimulatorState {
    private struct Address: Decodable {
        var value: String
        var notifySentByMe: Bool?
    }

    private struct Flags: Decodable {
        var notifySentByMe: Bool?
        var disableEnqueueWhenDisconnected: Bool?
    }

    private struct Filters: Decodable {
        var messageFilters: [String]?
        var callbackTypeFilters: [String]?
    }

    /// `PUT update-webhook-…` and `PUT update-every-webhooks` (Z-API docs, webhook pages, read 2026); `kind` nil is
    /// every one. An empty address removes it.
    mutating func updateWebhook(_ kind: WebhookKind?, _ body: Data, of instance: String) -> SimulatorResponse {
        guard let given = try? JSONDecoder().decode(Address.self, from: body) else {
            return .error(400, "value must be the address of the webhook")
        }
        guard given.value.isEmpty || Self.isWebhookAddress(given.value) else {
            return .error(400, "value must be an https address")
        }
        change(instance) { settings in
            for kind in kind.map({ [$0] }) ?? WebhookKind.allCases {
                settings.addresses[kind] = given.value.isEmpty ? nil : given.value
            }
            if let notifies = given.notifySentByMe, kind == nil { settings.notifiesSentByMe = notifies }
            if kind == .receivedDelivery { settings.notifiesSentByMe = !given.value.isEmpty }
        }
        return .json(["value": true])
    }

    /// `PUT update-notify-sent-by-me` (Z-API docs, webhook pages, read 2026).
    mutating func updateNotifySentByMe(_ body: Data, of instance: String) -> SimulatorResponse {
        guard let notifies = (try? JSONDecoder().decode(Flags.self, from: body))?.notifySentByMe else {
            return .error(400, "notifySentByMe must be true or false")
        }
        change(instance) { $0.notifiesSentByMe = notifies }
        return .json(["value": true])
    }

    /// `PUT update-filters` (Z-API docs, webhook pages, read 2026): what is in a list is not told; an empty list tells
    /// everything again, one that is left out stays as it is.
    mutating func updateFilters(_ body: Data, of instance: String) -> SimulatorResponse {
        guard let filters = try? JSONDecoder().decode(Filters.self, from: body) else {
            return .error(400, "messageFilters and callbackTypeFilters must be lists of names")
        }
        let unknown =
            Set(filters.messageFilters ?? []).subtracting(InstanceSettings.messageFilters)
            .union(Set(filters.callbackTypeFilters ?? []).subtracting(WebhookKind.allCases.map(\.filter)))
        guard unknown.isEmpty else { return .error(400, "These filters do not exist: \(unknown.sorted())") }
        change(instance) { settings in
            if let names = filters.messageFilters { settings.messageFilters = Set(names) }
            if let names = filters.callbackTypeFilters { settings.callbackTypeFilters = Set(names) }
        }
        return .json(["value": true])
    }

    /// `PUT update-queue-settings` (Z-API docs, queue page, read 2026): whether calls are held while the phone is away.
    mutating func updateQueueSettings(_ body: Data, of instance: String) -> SimulatorResponse {
        guard let refuses = (try? JSONDecoder().decode(Flags.self, from: body))?.disableEnqueueWhenDisconnected else {
            return .error(400, "disableEnqueueWhenDisconnected must be true or false")
        }
        change(instance) { $0.refusesWhileDisconnected = refuses }
        return .json(["success": true])
    }

    private mutating func change(_ instance: String, _ change: (inout InstanceSettings) -> Void) {
        change(&instances[instance, default: Instance()].settings)
    }

    /// Z-API refuses anything but https; a simulator's webhooks may also go to this machine.
    static func isWebhookAddress(_ text: String) -> Bool {
        guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty else { return false }
        switch parts.scheme?.lowercased() {
        case "https": return true
        case "http": return ["localhost", "[::1]", "::1"].contains(host.lowercased()) || isLoopbackNumber(host)
        default: return false
        }
    }

    private static func isLoopbackNumber(_ host: String) -> Bool {
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return numbers.count == 4 && numbers.first == 127 && numbers.allSatisfy { $0 != nil }
    }
}
