package import CampaignCore
import Foundation
import NIOCore

extension ZAPIClient {
    /// `GET …/me` (instance data page, read 2026): an instance's payment, settings and webhook addresses.
    ///
    /// - Throws: never with a word of the reply, except of an error of Z-API's own.
    package func account(of instance: Int) async throws(ProviderError) -> InstanceAccount {
        let outcome = await get("me", through: instance, limits: questionLimits)
        guard case .reply(200, _, let bytes) = outcome else {
            throw table.providerError(of: outcome.withoutForeignBody)
        }
        if let account = InstanceAccount(bytes, sanitized: table.sanitized) { return account }
        let body = ZAPIBody(bytes)
        if body.isOwnError, let text = body.error { throw .refused(table.sanitized(text)) }
        throw .unreachable("the reply to /me does not describe an instance")
    }

    /// `PUT …/update-every-webhooks` (webhooks pages, read 2026): has Z-API post all webhooks of an instance to `url`,
    /// also those about what the instance itself sends. A server that does not know that path is told kind by kind.
    ///
    /// Z-API refuses anything but HTTPS. What it has kept, ``account(of:)`` says.
    package func setWebhooks(of instance: Int, to url: Secret) async throws(ProviderError) {
        let table = table.hiding(url)
        let setting = WebhookSetting(value: url.reveal(), notifySentByMe: true)
        let outcome = await put("update-every-webhooks", setting, through: instance)
        guard outcome.isUnknownPath else { return try table.confirm(outcome) }
        for callback in [Callback.delivery, .received, .messageStatus, .disconnected, .connected] {
            let outcome = await put(callback.path, WebhookSetting(value: url.reveal()), through: instance)
            try table.confirm(outcome, of: callback.path)
        }
        let path = Callback.receivedAndDelivery.path
        let received = await put(path, WebhookSetting(value: url.reveal()), through: instance)
        // An older server posts both to the address of `received`.
        if !received.isUnknownPath { try table.confirm(received, of: path) }
        let sentByMe = await put("update-notify-sent-by-me", WebhookSetting(notifySentByMe: true), through: instance)
        if !sentByMe.isUnknownPath { try table.confirm(sentByMe, of: "update-notify-sent-by-me") }
    }

    /// `PUT …/update-filters` with no filters (webhook filters page, read 2026), so that none silences a webhook of an
    /// instance although it has an address. Filters cannot be read: those that somebody has set for a reason, for
    /// example against groups, are gone too. So do this only when asked to.
    package func clearFilters(of instance: Int) async throws(ProviderError) -> SettingOutcome {
        try await set("update-filters", FilterSetting(), of: instance)
    }

    /// `PUT …/update-queue-settings` (queue settings page, read 2026): has Z-API keep nothing for an instance while it is
    /// not connected. Otherwise it sends everything when the phone is back, at any hour.
    package func keepNothingWhileDisconnected(of instance: Int) async throws(ProviderError) -> SettingOutcome {
        try await set("update-queue-settings", QueueSetting(disableEnqueueWhenDisconnected: true), of: instance)
    }

    private func set(
        _ path: String, _ setting: some Encodable, of instance: Int
    ) async throws(ProviderError) -> SettingOutcome {
        let outcome = await put(path, setting, through: instance)
        guard !outcome.isUnknownPath, !outcome.isUnknownSetting else { return .notAvailable }
        try table.confirm(outcome)
        return .set
    }

    private func put(_ path: String, _ setting: some Encodable, through instance: Int) async -> WireOutcome {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        guard let body = try? encoder.encode(setting) else { return .neverLeft("the setting cannot be written") }
        return await put(path, Array(body), through: instance, limits: questionLimits)
    }

    /// For requests that place no call.
    var questionLimits: Limits { (bytes: Self.largestReply, time: min(timeout, pool.rules.questions.one)) }
}

/// Whether Z-API has taken a setting.
package enum SettingOutcome: Hashable, Sendable {
    case set
    /// This server does not know it.
    case notAvailable
}

private struct WebhookSetting: Encodable {
    var value: String?
    var notifySentByMe: Bool?
}

private struct FilterSetting: Encodable {
    var messageFilters: [String] = []
    var callbackTypeFilters: [String] = []
}

private struct QueueSetting: Encodable {
    var disableEnqueueWhenDisconnected: Bool
}
