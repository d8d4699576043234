import CampaignCore
import CampaignStore
import Testing
import Webhooks

@testable import ZAPI
@testable import discador

@Suite(.fewAtATime) struct `What an instance's account means for a campaign` {
    private static let now = Timestamp(milliseconds: 1_764_000_000_000)
    private static let instance = Instance(name: "iA", id: "A", token: Secret("t"))

    private static func account(_ change: (inout InstanceAccount) -> Void = { _ in }) -> InstanceAccount {
        var account = InstanceAccount(
            isConnected: true, due: now.advanced(by: .seconds(86_400)), paymentStatus: "PAID", rejectsCalls: false,
            receivesSentByMe: true, callbacks: [:], otherCallbacks: [])
        change(&account)
        return account
    }

    private static func rule(
        endsAt: Timestamp? = nil, known: KnownWebhooks = KnownWebhooks([]),
        _ change: (inout Campaign) -> Void = { _ in }
    ) -> AccountRule {
        var campaign = Campaign(name: "camp", instances: [instance])
        change(&campaign)
        return AccountRule(
            campaign: campaign, endsAt: endsAt, now: now, known: known, suggested: SuggestedCommands())
    }

    private static func findings(
        _ rule: AccountRule, _ account: InstanceAccount, queue: Result<SettingOutcome, ProviderError>? = .success(.set)
    ) -> [AccountFinding] {
        rule.findings(AccountAnswers(queue: queue, account: .success(account)), of: instance)
    }

    private static func level(_ findings: [AccountFinding], _ subject: String) -> AccountFinding.Level? {
        findings.first { $0.subject.english == subject }?.level
    }

    @Test(
        arguments: [
            (86_400, nil, "PAID", AccountFinding.Level.ok), (86_400, 86_399, "PAID", .ok),
            (86_400, 86_401, "PAID", .warning),
            (-1, nil, "PAID", .warning), (0, nil, nil, .warning), (nil, 86_401, "PAID", .ok), (nil, nil, nil, .ok),
            (86_400, nil, "OVERDUE", .warning), (nil, nil, "past_due", .warning), (86_400, nil, "TRIAL", .ok),
        ] as [(Int?, Int?, String?, AccountFinding.Level)])
    func `payment that ends before the campaign is a warning`(
        due: Int?, end: Int?, status: String?, level: AccountFinding.Level
    ) {
        let account = Self.account {
            $0.due = due.map { Self.now.advanced(by: .seconds($0)) }
            $0.paymentStatus = status
        }
        let rule = Self.rule(endsAt: end.map { Self.now.advanced(by: .seconds($0)) })
        #expect(Self.level(Self.findings(rule, account), "payment") == level)
    }

    @Test(
        arguments: [(true, AccountFinding.Level.warning), (false, .ok), (nil, nil)] as [(Bool?, AccountFinding.Level?)])
    func `rejecting people who call back is a warning`(rejects: Bool?, level: AccountFinding.Level?) {
        let account = Self.account { $0.rejectsCalls = rejects }
        #expect(Self.level(Self.findings(Self.rule(), account), "incoming calls") == level)
    }

    @Test(
        arguments: [
            (Result<SettingOutcome, ProviderError>.success(.set), AccountFinding.Level.ok, "keeps no call"),
            (.success(.notAvailable), .ok, "has no setting"), (nil, .ok, "queueWhileDisconnected: allow"),
            (.failure(.refused("no.")), .warning, "at any hour"),
        ] as [(Result<SettingOutcome, ProviderError>?, AccountFinding.Level, String)])
    func `the queue is as the campaign wants it, or a warning says so`(
        outcome: Result<SettingOutcome, ProviderError>?, level: AccountFinding.Level, text: String
    ) {
        let findings = Self.findings(Self.rule(), Self.account(), queue: outcome)
        #expect(Self.level(findings, "queue") == level)
        #expect(findings.first?.text.english.contains(text) == true, "\(findings)")
    }

    @Test func `an account that cannot be read is one warning`() {
        let failure = ProviderError.unreachable("timeout")
        let both = AccountAnswers(queue: .failure(failure), account: .failure(failure))
        #expect(Self.rule().findings(both, of: Self.instance).map(\.level) == [.warning])
        let one = AccountAnswers(queue: .success(.set), account: .failure(failure))
        #expect(Self.rule().findings(one, of: Self.instance).map(\.level) == [.ok, .warning])
    }

    @Test func `webhooks that are missing are as bad as what the campaign needs them for`() throws {
        let redial: (inout Campaign) -> Void = { $0.redial = RedialPolicy(attempts: 1, after: .seconds(60)) }
        #expect(Self.level(Self.findings(Self.rule(), Self.account()), "webhooks") == .ok)
        let needed = Self.findings(Self.rule(redial), Self.account())
        #expect(Self.level(needed, "webhooks") == .error)
        #expect(needed.last?.text.english.contains("redial never happens without webhooks") == true)
        let unanswered = Self.rule { $0.perPerson = PersonLimit(unansweredInARow: 3) }
        #expect(Self.level(Self.findings(unanswered, Self.account()), "webhooks") == .warning)

        let token = try #require(WebhookToken(randomBytes: Array(repeating: 7, count: WebhookToken.byteCount)))
        let base = try PublicURL("https://calls.example.com")
        let ours = try #require(WebhookURL(base, instance: "A", token: token)).url
        let known = KnownWebhooks([
            WebhookAddressEntry(
                address: WebhookAddress(instance: "A", tokenHash: token.hash), name: "iA", publicURL: base.text,
                createdAt: .epoch)
        ])
        func set(_ url: Secret, _ kinds: [Callback] = Callback.needed) throws -> InstanceAccount {
            let address = try #require(CallbackAddress(url.reveal(), sanitized: { $0 }))
            return Self.account { account in for kind in kinds { account.callbacks[kind] = address } }
        }
        #expect(Self.level(Self.findings(Self.rule(known: known, redial), try set(ours)), "webhooks") == .ok)
        // Once set, and no more.
        let partly = Self.findings(Self.rule(known: known), try set(ours, [.delivery, .received]))
        #expect(
            partly.last?.level == .warning && partly.last?.text.english.contains("disconnected and connected") == true)
        let crm = try set(Secret("https://crm.example.com/in?key=4711"))
        let elsewhere = Self.findings(Self.rule(redial), crm)
        #expect(elsewhere.last?.level == .error && elsewhere.last?.text.english.contains("crm.example.com") == true)
        #expect(elsewhere.last?.text.english.contains("4711") == false)
        #expect(
            elsewhere.last?.text.english.contains("--forward`") == true
                && needed.last?.text.english.contains("--forward") == false)
        // The address of another instance of ours: its events are refused.
        let other = try #require(WebhookURL(base, instance: "B", token: token)).url
        #expect(Self.level(Self.findings(Self.rule(known: known, redial), try set(other)), "webhooks") == .error)
    }
}
