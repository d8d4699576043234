import CampaignCore

/// Whether Z-API has an address now, from what it answered and from what it says it has.
enum WebhookConfirmation: Equatable {
    /// It posts every kind of event there.
    case isSet
    /// It certainly has not taken it: the earlier address is the only one that counts.
    case isNotSet(String)
    /// It may have taken it, or for some kinds only: events may come to the new address and to the earlier one.
    case isUnknown(String)

    /// - Parameters:
    ///   - address: what was to be set.
    ///   - error: what went wrong when it was set; nil when Z-API said that it took it.
    ///   - addresses: what Z-API has now, kind by kind; nil when it could not be read.
    ///   - kinds: the kinds that it was to be set for.
    init(_ address: Secret, error: ProviderError?, reading addresses: [CurrentWebhook]?, kinds: [String]) {
        guard let addresses else {
            self = .isUnknown(error.map(\.sentence) ?? "what Z-API has now cannot be read back")
            return
        }
        let set = kinds.filter { kind in addresses.contains { $0.kind == kind && $0.address == address } }
        if set == kinds {
            self = .isSet
        } else if !set.isEmpty {
            let others = kinds.filter { !set.contains($0) }
            self = .isUnknown("Z-API has it for \(set.inWords) only, not for \(others.inWords)")
        } else {
            switch error {
            case .refused, .throttled: self = .isNotSet(error?.sentence ?? "")
            // A request without an answer may still have an effect, and what is read back may be old.
            case .unreachable: self = .isUnknown(error?.sentence ?? "")
            case nil: self = .isUnknown("Z-API says that it took the address, and names another one when it is asked")
            }
        }
    }
}

extension ProviderError {
    /// What happened, to be followed by a period: Z-API's own words may end with one.
    var sentence: String {
        let text = description
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}
