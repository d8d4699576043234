import CampaignCore
import Testing

@testable import discador

/// What `webhooks set` does with the addresses that Z-API has already.
@Suite(.fewAtATime) struct `The decision of webhooks set` {
    private static let crm = Secret("https://crm.example.com/hook?key=4711")
    private static let shop = Secret("https://shop.example.com/in")

    private static func ours(_ kind: String) -> CurrentWebhook {
        CurrentWebhook(
            kind: Phrase(verbatim: kind), address: Secret("https://calls.example.com/z/A/token"),
            host: "calls.example.com", isOurs: true)
    }

    private static func other(_ kind: String, _ address: Secret = crm, host: String = "crm.example.com")
        -> CurrentWebhook
    {
        CurrentWebhook(kind: Phrase(verbatim: kind), address: address, host: host, isOurs: false)
    }

    private static let plain = CurrentWebhook(
        kind: Phrase(verbatim: "delivery"), address: Secret("http://10.0.0.7/in"), host: "10.0.0.7", isOurs: false,
        canReceive: false)

    struct Row: CustomTestStringConvertible {
        var name: String
        var addresses: [CurrentWebhook]
        var known: Secret?
        var expected: [OtherAddressChoice: WebhookDecision]
        var testDescription: String { name }
    }

    private static let rows: [Row] = [
        Row(
            name: "nothing is set", addresses: [],
            expected: [
                .ask: .set(forwardingTo: nil), .replace: .set(forwardingTo: nil), .forward: .set(forwardingTo: nil),
            ]),
        Row(
            name: "ours everywhere", addresses: [ours("delivery"), ours("received")],
            expected: [
                .ask: .set(forwardingTo: nil), .replace: .set(forwardingTo: nil), .forward: .set(forwardingTo: nil),
            ]),
        Row(
            name: "ours, and events are passed on already", addresses: [ours("delivery")], known: crm,
            expected: [
                .ask: .set(forwardingTo: crm), .replace: .set(forwardingTo: nil), .forward: .set(forwardingTo: crm),
            ]),
        Row(
            name: "another program's everywhere", addresses: [other("delivery"), other("received")],
            expected: [
                .ask: .refuse(.notOurs([other("delivery"), other("received")])),
                .replace: .set(forwardingTo: nil), .forward: .set(forwardingTo: crm),
            ]),
        Row(
            name: "another program's for one kind only", addresses: [ours("delivery"), other("received")],
            expected: [
                .ask: .refuse(.notOurs([other("received")])),
                .replace: .set(forwardingTo: nil), .forward: .set(forwardingTo: crm),
            ]),
        Row(
            name: "two other programs",
            addresses: [other("delivery"), other("received", shop, host: "shop.example.com")],
            expected: [
                .ask: .refuse(.notOurs([other("delivery"), other("received", shop, host: "shop.example.com")])),
                .replace: .set(forwardingTo: nil),
                .forward: .refuse(
                    .severalAddresses([other("delivery"), other("received", shop, host: "shop.example.com")])),
            ]),
        Row(
            name: "another program's, reached without encryption", addresses: [plain],
            expected: [
                .ask: .refuse(.notOurs([plain])), .replace: .set(forwardingTo: nil),
                .forward: .refuse(.notEncrypted([plain])),
            ]),
        Row(
            name: "the address that events are passed on to was set again", addresses: [other("delivery")], known: crm,
            expected: [
                .ask: .refuse(.notOurs([other("delivery")])), .replace: .set(forwardingTo: nil),
                .forward: .set(forwardingTo: crm),
            ]),
        Row(
            name: "another address than the one that events are passed on to",
            addresses: [other("delivery", shop, host: "shop.example.com")], known: crm,
            expected: [
                .ask: .refuse(.notOurs([other("delivery", shop, host: "shop.example.com")])),
                .replace: .set(forwardingTo: nil), .forward: .set(forwardingTo: shop),
            ]),
    ]

    @Test(arguments: rows) func `never replaces another program's address without being asked`(row: Row) {
        #expect(row.expected.count == 3)
        for (choice, expected) in row.expected {
            #expect(WebhookDecision(row.addresses, forwardingTo: row.known, choice) == expected, "\(choice)")
        }
    }

    @Test func `a refusal names the kinds and the hosts, what to do, and nothing else of the address`() {
        let text = WebhookRefusal.notOurs([
            Self.other("delivery"), Self.other("received"),
            Self.other("connected", Self.shop, host: "shop.example.com"),
        ]).text.english
        #expect(
            text.hasPrefix(
                "Z-API posts delivery and received to crm.example.com, connected to shop.example.com, which are not "))
        #expect(text.contains("--forward") && text.contains("--replace") && !text.contains("4711"))
        let several = WebhookRefusal.severalAddresses([Self.other("delivery"), Self.other("received", Self.shop)])
            .text.english
        #expect(!several.contains("--forward") && several.contains("--replace"))
        #expect(WebhookRefusal.notEncrypted([Self.plain]).text.english.contains("10.0.0.7"))
    }

    @Test func `a refusal is told in Portuguese, too`() {
        #expect(
            WebhookRefusal.notOurs([Self.other("delivery"), Self.other("received")]).text.portuguese
                == "a Z-API envia delivery e received a crm.example.com, que não é um endereço nosso. Acrescente --forward "
                + "para repassar cada evento a ele, ou --replace se ninguém mais precisa dele.")
        let several = WebhookRefusal.severalAddresses([
            Self.other("delivery"), Self.other("received", Self.shop, host: "shop.example.com"),
        ]).text.portuguese
        #expect(several.contains("que não são endereços nossos") && !several.contains("--forward"))
        #expect(several.contains("--replace"))
        #expect(WebhookRefusal.notEncrypted([Self.plain]).text.portuguese.contains("sem criptografia"))
    }
}
