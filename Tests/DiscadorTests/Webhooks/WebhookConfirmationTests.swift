import CampaignCore
import Testing

@testable import discador

/// Whether Z-API has an address, and which tokens must stay valid.
@Suite(.fewAtATime) struct `The confirmation of an address` {
    private static let address = Secret("https://calls.example.com/z/A/new")
    private static let earlier = Secret("https://calls.example.com/z/A/old")

    private static let kinds = [Phrase(verbatim: "delivery"), Phrase(verbatim: "received")]

    private static func webhooks(_ delivery: Secret?, _ received: Secret?) -> [CurrentWebhook] {
        [("delivery", delivery), ("received", received)].compactMap { kind, address in
            address.map {
                CurrentWebhook(kind: Phrase(verbatim: kind), address: $0, host: "calls.example.com", isOurs: true)
            }
        }
    }

    private enum Expected { case isSet, isNotSet, isUnknown }

    private static let rows: [(String, ProviderError?, [CurrentWebhook]?, Expected)] = [
        ("taken and read back", nil, webhooks(address, address), .isSet),
        ("no answer, but it is there", .unreachable("timed out"), webhooks(address, address), .isSet),
        ("refused, but it is there", .refused("busy"), webhooks(address, address), .isSet),
        ("taken for one kind only", nil, webhooks(address, earlier), .isUnknown),
        ("refused after one kind", .refused("no"), webhooks(address, nil), .isUnknown),
        ("refused", .refused("value must be https"), webhooks(earlier, earlier), .isNotSet),
        ("asked to wait", .throttled(retryAfter: nil), webhooks(nil, nil), .isNotSet),
        ("no answer, and not there yet", .unreachable("timed out"), webhooks(earlier, earlier), .isUnknown),
        ("taken, and an old answer read back", nil, webhooks(earlier, earlier), .isUnknown),
        ("refused, and it cannot be read back", .refused("no"), nil, .isUnknown),
        ("taken, and it cannot be read back", nil, nil, .isUnknown),
    ]

    @Test(arguments: rows.indices) func `a token stays valid while Z-API may have it`(index: Int) {
        let (name, error, addresses, expected) = Self.rows[index]
        let confirmation = WebhookConfirmation(
            Self.address, error: error, reading: addresses, kinds: Self.kinds)
        switch (confirmation, expected) {
        case (.isSet, .isSet), (.isNotSet, .isNotSet), (.isUnknown, .isUnknown): break
        default: Issue.record("\(name): \(confirmation)")
        }
    }

    @Test func `a partial success names the kinds`() {
        let confirmation = WebhookConfirmation(
            Self.address, error: nil, reading: Self.webhooks(Self.address, nil), kinds: Self.kinds)
        #expect(
            confirmation
                == .isUnknown(
                    Phrase(
                        "Z-API has it for delivery only, not for received",
                        "a Z-API só o tem para delivery, e não para received")))
    }

    @Test func `what Z-API has said comes without its last period, in both languages`() {
        let refused = WebhookConfirmation(
            Self.address, error: .refused("HTTP 404, not found (check baseURL)."), reading: [], kinds: Self.kinds)
        guard case .isNotSet(let why) = refused else {
            Issue.record("\(refused)")
            return
        }
        #expect(why.english == "Z-API refused the request: HTTP 404, not found (check baseURL)")
        #expect(
            why.portuguese.hasPrefix("a Z-API recusou o pedido: HTTP 404, not found (")
                && !why.portuguese.hasSuffix("."))
    }
}
