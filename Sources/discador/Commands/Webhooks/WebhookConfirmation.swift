import CampaignCore

/// Whether Z-API has an address now, from what it answered and from what it says it has.
enum WebhookConfirmation: Equatable {
    /// It posts every kind of event there.
    case isSet
    /// It certainly has not taken it: the earlier address is the only one that counts.
    case isNotSet(Phrase)
    /// It may have taken it, or for some kinds only: events may come to the new address and to the earlier one.
    case isUnknown(Phrase)

    /// - Parameters:
    ///   - address: what was to be set.
    ///   - error: what went wrong when it was set; nil when Z-API said that it took it.
    ///   - addresses: what Z-API has now, kind by kind; nil when it could not be read.
    ///   - kinds: the kinds that it was to be set for.
    init(_ address: Secret, error: ProviderError?, reading addresses: [CurrentWebhook]?, kinds: [Phrase]) {
        guard let addresses else {
            self = .isUnknown(
                error?.clause
                    ?? Phrase(
                        "what Z-API has now cannot be read back", "não é possível ler de volta o que a Z-API tem agora")
            )
            return
        }
        let set = kinds.filter { kind in addresses.contains { $0.kind == kind && $0.address == address } }
        if set == kinds {
            self = .isSet
        } else if !set.isEmpty {
            let others = kinds.filter { !set.contains($0) }
            self = .isUnknown(
                Phrase {
                    $0.text(
                        "Z-API has it for \(set.inWords($0)) only, not for \(others.inWords($0))",
                        "a Z-API só o tem para \(set.inWords($0)), e não para \(others.inWords($0))")
                })
        } else {
            switch error {
            case .refused, .throttled: self = .isNotSet(error?.clause ?? Phrase(verbatim: ""))
            // A request without an answer may still have an effect, and what is read back may be old.
            case .unreachable: self = .isUnknown(error?.clause ?? Phrase(verbatim: ""))
            case nil:
                self = .isUnknown(
                    Phrase(
                        "Z-API says that it took the address, and names another one when it is asked",
                        "a Z-API diz que aceitou o endereço, e indica outro quando perguntada"))
            }
        }
    }
}

extension ProviderError {
    /// What happened, to be followed by a period: Z-API's own words may end with one.
    var clause: Phrase { phrase.withoutPeriod }
}

extension Phrase {
    /// Without a final period, where the sentence goes on or ends after it.
    var withoutPeriod: Phrase { Phrase { self[$0].hasSuffix(".") ? String(self[$0].dropLast()) : self[$0] } }
}
