import CampaignCore
import Foundation

/// `{"value": true}` or `{"success": true}`: the reply to a setting (webhooks and queue pages, read 2026).
private struct SettingAnswer: Decodable {
    var value: Bool?
    var success: Bool?
}

extension VerdictTable {
    /// Returns when Z-API confirms a setting.
    ///
    /// - Parameter path: names the setting in the error; nil when that is plain.
    func confirm(_ outcome: WireOutcome, of path: String? = nil) throws(ProviderError) {
        guard let error = problem(of: outcome) else { return }
        guard let path else { throw error }
        switch error {
        case .throttled: throw error
        case .refused(let text): throw .refused("\(path): \(text)")
        case .unreachable(let text): throw .unreachable("\(path): \(text)")
        }
    }

    private func problem(of outcome: WireOutcome) -> ProviderError? {
        guard case .reply(200..<300, _, let bytes) = outcome else { return providerError(of: outcome) }
        if let text = ZAPIBody(bytes).error { return .refused(sanitized(text)) }
        let answer = try? JSONDecoder().decode(SettingAnswer.self, from: Data(bytes))
        switch answer?.value ?? answer?.success {
        case true?: return nil
        case false?: return .refused("the setting was not taken")
        case nil: return .unreachable("the reply does not say whether the setting was taken")
        }
    }
}

extension WireOutcome {
    /// Whether it is a reply of a server that does not know the path, or not with `PUT`. One about the instance, whose
    /// every path is refused, is not.
    var isUnknownPath: Bool {
        guard case .reply(let status, _, let bytes) = self else { return false }
        let body = ZAPIBody(bytes)
        switch status {
        case 405, 501: return true
        case 404: return body.isAboutPath
        default: return 400..<500 ~= status && body.namesPath
        }
    }

    /// Whether it refuses a setting without naming a problem of the account.
    var isUnknownSetting: Bool {
        guard case .reply(400, _, let bytes) = self else { return false }
        return AccountProblem(ZAPIBody(bytes).errors) == nil
    }

    /// The same without the body, unless that is an error of Z-API's own.
    var withoutForeignBody: WireOutcome {
        guard case .reply(let status, let headers, let bytes) = self, !ZAPIBody(bytes).isOwnError else { return self }
        return .reply(status: status, headers: headers, body: [])
    }
}

extension ZAPIBody {
    /// Whether the error of a 404 is about the path, and not about the instance or the account.
    fileprivate var isAboutPath: Bool {
        guard !mentionsInstance else { return false }
        switch AccountProblem(errors) {
        case nil, .noInstance: return true
        case .subscription, .allowance, .credentials, .disconnected: return false
        }
    }

    /// “Unable to find matching target resource method”.
    fileprivate var namesPath: Bool {
        errors.flatMap(ErrorWords.parts).contains { $0.has(anyOf: AccountWords.noResource) }
    }
}
